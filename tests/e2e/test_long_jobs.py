"""Whatever takes longer than 600 ms says so where one looks, can be stopped there, and is gone afterwards."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.arranging import Sort
from desktop_search.core.result_rows import Arrangement
from desktop_search.core.token import CancelToken
from desktop_search.services.clip_facts import ClipFacts
from desktop_search.services.clip_texts import ClipTexts
from desktop_search.services.likeness import Likeness
from desktop_search.services.usage import UsageLedger
from desktop_search.transfers.downloads import FootageFiles
from desktop_search.ui.progress_note import ProgressNote
from desktop_search.ui.search import picture_jobs
from tests.clips import Clip
from tests.e2e.acting import drop, query_field, type_query
from tests.e2e.conftest import wait_until_done

pytestmark = pytest.mark.display
TIMEOUT_MS = 20_000


@contextmanager
def held(owner: Any, name: str) -> Iterator[None]:
    """As long as this lasts, the function does not get on: until its token is cancelled, where it has one."""
    let_go, real = threading.Event(), getattr(owner, name)

    def waiting(*args: Any, **named: Any) -> Any:
        token = next((each for each in args if isinstance(each, CancelToken)), CancelToken())
        while not let_go.is_set():
            token.wait(0.01)
        return real(*args, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, waiting)
        yield
        let_go.set()


def stop(qtbot: QtBot, note: ProgressNote, words: str) -> None:
    """Wait until the line is there, stop by a click, and wait until it is gone."""
    qtbot.waitUntil(lambda: note.isVisible() and note.label.text() == words, timeout=TIMEOUT_MS)
    qtbot.mouseClick(note.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not note.isVisible(), timeout=TIMEOUT_MS)


@pytest.fixture
def found(program: Composition, qtbot: QtBot, footage: Clip) -> Composition:
    """The window with a moment in the list."""
    drop(program.uploads_pane, footage.path)
    wait_until_done(qtbot, program, 1)
    assert type_query(program, qtbot, "green")
    return program


def go_button(program: Composition) -> QPushButton:
    buttons = program.search_pane.findChildren(QPushButton)
    return next(each for each in buttons if each.isVisible() and each.text() in {"Search", "Stop"})


def test_what_is_done_with_a_result(found: Composition, qtbot: QtBot, tmp_path: Path) -> None:
    pane, tabs = found.player_pane, found.clip_tabs
    with held(FootageFiles, "video"):
        qtbot.keyClick(query_field(found), Qt.Key.Key_Down)
        stop(qtbot, pane.opening, "Opening the clip…")
    assert pane.message.title.text() == "Stopped"
    assert pane.message.retry.hasFocus()
    with qtbot.waitSignal(found.watch.shown, timeout=TIMEOUT_MS):
        qtbot.keyClick(pane.message.retry, Qt.Key.Key_Space)
    assert not pane.opening.isVisible()

    for number, (name, note) in enumerate((("captions", tabs.captions.reading), ("record", tabs.details.reading)), 1):
        with held(ClipTexts, name):
            tabs.setCurrentIndex(number)
            stop(qtbot, note, "This takes longer than usual…")
    tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: bool(tabs.transcript.model.lines), timeout=TIMEOUT_MS)
    with held(Path, "write_text"):
        tabs.transcript.save_as(tmp_path / "said.srt")
        qtbot.waitUntil(tabs.transcript.reading.isVisible, timeout=TIMEOUT_MS)
        assert tabs.transcript.reading.label.text() == "Saving “said.srt”…"
    qtbot.waitUntil(lambda: not tabs.transcript.reading.isVisible(), timeout=TIMEOUT_MS)

    assert found.player is not None
    hit = found.results.hits()[0]
    with held(found.player._stills, "_read_still"):
        found.watch.cue(replace(hit, start_ms=hit.start_ms + 760))
        stop(qtbot, pane.opening, "Reading the frame…")
    assert pane.message.title.text() == "Stopped"
    with qtbot.waitSignal(found.watch.shown, timeout=TIMEOUT_MS):
        found.watch.cue(hit)

    with held(Likeness, "frame"):
        pane.setFocus()
        qtbot.keyClick(pane, Qt.Key.Key_Y)
        assert go_button(found).text() == "Stop"
        qtbot.mouseClick(go_button(found), Qt.MouseButton.LeftButton)
        assert go_button(found).text() == "Search"


def test_what_is_done_with_a_search(found: Composition, qtbot: QtBot) -> None:
    with held(picture_jobs, "_save"):
        QGuiApplication.clipboard().setImage(QImage(64, 36, QImage.Format.Format_RGB32))
        query_field(found).setFocus()
        qtbot.keyClick(query_field(found), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert go_button(found).text() == "Stop"
        qtbot.keyClick(query_field(found), Qt.Key.Key_Escape)
        assert go_button(found).text() == "Search"
    assert found.search_pane.query().picture is None

    with held(ClipFacts, "taken_ms"):
        found.results.set_arrangement(Arrangement(sort=Sort.TAKEN))
        (note,) = found.notices.findChildren(ProgressNote)
        qtbot.waitUntil(note.isVisible, timeout=TIMEOUT_MS)
        assert note.label.text() == "Reading when the clips were captured…"
        with qtbot.waitSignal(note.destroyed, timeout=TIMEOUT_MS):
            qtbot.mouseClick(note.stop, Qt.MouseButton.LeftButton)
        found.results.set_arrangement(Arrangement())

    with held(UsageLedger, "months"):
        found.commands.run("file.usage")
        dialog = found.account.usage.dialog
        assert dialog is not None
        qtbot.waitUntil(dialog.reading.isVisible, timeout=TIMEOUT_MS)
        qtbot.mouseClick(dialog.reading.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.reading.isVisible(), timeout=TIMEOUT_MS)
    dialog.close()
