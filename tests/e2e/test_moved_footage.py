"""Footage that was moved away stays searchable, and is found again from the window."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.services import engine_process
from tests.clips import Scene, make_clip
from tests.e2e.acting import drop, query_field, type_query
from tests.e2e.conftest import wait_until_done

pytestmark = pytest.mark.display
LOOKED_MS = 60_000


@pytest.fixture(autouse=True)
def watchful_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks at the files each second; by itself it does so twice a minute."""
    usual = engine_process.engine_command
    monkeypatch.setattr(engine_process, "engine_command", lambda *folders: [*usual(*folders), "--look-every", "1"])


def test_a_moved_clip_is_said_to_be_away_and_found_again(program: Composition, qtbot: QtBot, tmp_path: Path) -> None:
    strip = program.engine_strip
    (tmp_path / "card").mkdir()
    film = make_clip(tmp_path / "card" / "red field.mp4", [Scene(3, "red")], size=(320, 180))
    drop(program.uploads_pane, film.path)
    wait_until_done(qtbot, program, 1)
    shelf = tmp_path / "archive" / "2026" / "reel 7"
    shelf.mkdir(parents=True)
    shutil.move(film.path, shelf / "A001.mp4")
    qtbot.waitUntil(lambda: "1 clip offline" in strip.words, timeout=LOOKED_MS)
    assert strip.find_files.isVisible()
    assert type_query(program, qtbot, "red")  # still found
    program.clip_tabs.setCurrentWidget(program.clip_tabs.captions)
    qtbot.keyClick(query_field(program), Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: bool(program.clip_tabs.captions.model.lines), timeout=LOOKED_MS)  # and still told of
    assert program.player_pane.message.isVisible()
    with qtbot.waitSignal(program.engine.noticed, timeout=LOOKED_MS) as said:
        strip.relink_asked.emit(tmp_path / "archive")
    assert said.args == ["1 clip was found again."]
    qtbot.waitUntil(lambda: not strip.isVisible(), timeout=LOOKED_MS)
