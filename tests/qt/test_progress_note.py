"""What takes long says so in its place, can be stopped, and is gone at its end."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report
from desktop_search.ui.notices import NoticeBar
from desktop_search.ui.progress_note import ProgressNote
from tests.support.focus import wait_exposed

pytestmark = pytest.mark.display


class Place:
    """A window with a note in it, and work that goes on until it is let go or stopped."""

    def __init__(self) -> None:
        self.runner = JobRunner()
        self.let_go = threading.Event()
        self.ends: list[str] = []
        self.window = QWidget()
        self.note, self.bar = ProgressNote("Counting"), NoticeBar()
        column = QVBoxLayout(self.window)
        column.addWidget(self.note)
        column.addWidget(self.bar)
        self.note.hide()

    def work(self, token: CancelToken, report: Report) -> None:
        report("begun")
        while not self.let_go.is_set():
            token.check()
            token.wait(0.01)

    def start(self, lane: str = "one") -> None:
        job = self.runner.start(
            self.work,
            lane=lane,
            done=lambda _: self.ends.append("done"),
            cancelled=lambda: self.ends.append("cancelled"),
        )
        self.note.follow(job, "Counting…")


@pytest.fixture
def place(qtbot: QtBot) -> Iterator[Place]:
    made = Place()
    qtbot.addWidget(made.window)
    made.window.show()
    wait_exposed(qtbot, made.window)
    yield made
    made.let_go.set()
    assert made.runner.shut_down() == []


def test_long_work_appears_says_how_far_it_is_and_goes_at_its_end(place: Place, qtbot: QtBot) -> None:
    place.start()
    assert not place.note.isVisible()
    qtbot.waitUntil(place.note.isVisible)
    place.note.say("12 counted")
    assert place.note.label.text() == "12 counted"
    with qtbot.waitSignal(place.note.over):
        place.let_go.set()
    assert not place.note.isVisible()
    assert place.ends == ["done"]


def test_short_work_is_never_mentioned(place: Place, qtbot: QtBot) -> None:
    place.let_go.set()
    with qtbot.waitSignal(place.note.over):
        place.start()
    assert not place.note._timer.isActive()
    assert not place.note.isVisible()


def test_what_was_overtaken_is_not_mentioned(place: Place, qtbot: QtBot) -> None:
    place.start()
    place.runner.cancel_lane("one")
    assert place.note._timer.isActive()
    place.note._timer.timeout.emit()
    assert not place.note.isVisible()
    qtbot.waitUntil(lambda: place.ends == ["cancelled"])


def test_stop_stops_everything_that_the_note_is_about(place: Place, qtbot: QtBot) -> None:
    place.start("one")
    place.start("two")
    qtbot.waitUntil(place.note.isVisible)
    with qtbot.waitSignal(place.note.over):
        qtbot.mouseClick(place.note.stop, Qt.MouseButton.LeftButton)
    assert place.ends == ["cancelled", "cancelled"]
    assert not place.note.isVisible()


def test_above_the_panes_too_and_without_a_trace_afterwards(place: Place, qtbot: QtBot) -> None:
    job = place.runner.start(place.work, lane="one")
    note = place.bar.show_progress(job, "Connecting to memories.ai…")
    assert not note.isVisible()
    qtbot.waitUntil(note.isVisible)
    with qtbot.waitSignal(note.destroyed):
        qtbot.keyClick(note.stop, Qt.Key.Key_Space)
    assert place.bar.findChildren(ProgressNote) == []
