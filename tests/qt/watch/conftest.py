"""A clip, a player, and the pane that shows the one by the other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop_search.jobs.runner import JobRunner
from desktop_search.player.create import SILENT, create_player
from desktop_search.player.vlc_player import VlcPlayer
from desktop_search.ui.watch.player_pane import PlayerPane
from desktop_search.ui.watch.watch_controller import WatchController
from tests.clips.fixtures import ClipCache
from tests.clips.make import Clip
from tests.qt.watch.desk import BASE, Files, shown


@pytest.fixture
def clip(clips: ClipCache) -> Clip:
    return clips.harbour()


@pytest.fixture
def player(qtbot: QtBot) -> Iterator[VlcPlayer]:
    made = create_player(options=SILENT)
    assert isinstance(made, VlcPlayer)
    yield made
    made.shut_down()
    made.deleteLater()


@pytest.fixture
def pane(qtbot: QtBot, player: VlcPlayer) -> PlayerPane:
    return shown(qtbot, PlayerPane(player))


@pytest.fixture
def watch(qtbot: QtBot, pane: PlayerPane, player: VlcPlayer, clip: Clip) -> Iterator[WatchController]:
    runner = JobRunner()
    controller = WatchController(runner, Files(clip), pane, player, lambda _path, _token: BASE)
    yield controller
    assert runner.shut_down() == []
    controller.deleteLater()
    runner.deleteLater()
