"""The window never stands still while all that can be slow is slow."""

from __future__ import annotations

from pathlib import Path

import keyring
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.accounts import Server
from desktop_search.settings.folders import Folders
from desktop_search.settings.preferences import Preferences, PreferencesStore
from tests.clips import Clip, Scene, make_clip
from tests.e2e.acting import drop, query_field, type_query
from tests.e2e.conftest import active_window, items, wait_until_done
from tests.e2e.test_keyring_trouble import Hanging
from tests.e2e.test_servers import answering, remember
from tests.support.watchdog import Watchdog

pytestmark = pytest.mark.display


@pytest.fixture
def watchdog(qtbot: QtBot) -> Watchdog:
    return Watchdog()


def next_hit(program: Composition, qtbot: QtBot, row: int) -> None:
    with qtbot.waitSignal(program.watch.shown, timeout=20_000):
        program.results.select(row)


def test_while_footage_is_added_searched_and_jumped_through(
    profile: Folders, qtbot: QtBot, watchdog: Watchdog, tmp_path: Path
) -> None:
    scenes = [Scene(4, "red"), Scene(4, "green"), Scene(4, "red"), Scene(4, "green")]
    for number in range(4):
        make_clip(tmp_path / "shoot" / f"take {number}.mp4", scenes, clip_id=number)
    with active_window(profile, qtbot) as program:
        with watchdog.watching():
            drop(program.uploads_pane, tmp_path / "shoot")
            wait_until_done(qtbot, program, 4)
            hits = type_query(program, qtbot, "green")
            for row in range(len(hits)):
                next_hit(program, qtbot, row)
            type_query(program, qtbot, "red")
            for row in (3, 0, 2):
                next_hit(program, qtbot, row)
        watchdog.assert_lively()


def test_while_the_keyring_hangs(profile: Folders, qtbot: QtBot, watchdog: Watchdog, footage: Clip) -> None:
    ring = Hanging()
    keyring.set_keyring(ring)
    url = "http://127.0.0.1:9"
    PreferencesStore(profile.preferences_file).save(Preferences(library_id=url, servers=(Server(url),)))
    with active_window(profile, qtbot) as program, watchdog.watching():
        drop(program.uploads_pane, footage.path)
        wait_until_done(qtbot, program, 1)
        type_query(program, qtbot, "green")
        next_hit(program, qtbot, 0)
        qtbot.waitUntil(lambda: bool(program.notices.notices), timeout=20_000)
    ring.released.set()
    watchdog.assert_lively()


def test_while_a_server_does_not_answer(profile: Folders, qtbot: QtBot, watchdog: Watchdog, footage: Clip) -> None:
    with answering(None) as url:
        remember(profile, url)
        with active_window(profile, qtbot) as program, watchdog.watching():
            qtbot.waitUntil(lambda: program.switch.library.library_id == url, timeout=20_000)
            drop(program.uploads_pane, footage.path)
            field = query_field(program)
            field.setFocus()
            qtbot.keyClicks(field, "green")
            qtbot.keyClick(field, Qt.Key.Key_Return)
            qtbot.waitUntil(lambda: len(items(program)) == 1, timeout=20_000)
            program.library.choose("local")
            type_query(program, qtbot, "green")
    watchdog.assert_lively()
