"""While another program waits for clips that were dropped there, making them can be stopped, and nothing else done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_search.core.footage_range import FootageRange
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner
from desktop_search.ui.dragging_out import URLS, Dragged, DragOut, OutgoingData
from desktop_search.ui.notices import NoticeBar
from desktop_search.ui.progress_note import ProgressNote
from tests.support.focus import wait_exposed

pytestmark = pytest.mark.display
DRAGGED = Dragged("application/x-own", "1 clip", "a.mp4", (FootageRange(Path("/footage/a.mp4"), 0, 1000),))


class Endless:
    """Makes clips until it is stopped."""

    def make(
        self, ranges: Sequence[FootageRange], token: CancelToken, report: Callable[[tuple[int, int]], object]
    ) -> tuple[Path, ...]:
        token.wait(60)
        token.check()
        return tuple(each.path for each in ranges)


@pytest.fixture
def place(qtbot: QtBot) -> Iterator[tuple[DragOut, NoticeBar, QPushButton]]:
    around, other, notices = QWidget(), QPushButton("other"), NoticeBar()
    column = QVBoxLayout(around)
    column.addWidget(notices)
    column.addWidget(other)
    runner = JobRunner()
    drag_out = DragOut(runner, Endless(), around)
    drag_out.is_trimmed = True
    drag_out.busy.connect(notices.show_progress)
    qtbot.addWidget(around)
    around.show()
    wait_exposed(qtbot, around)
    yield drag_out, notices, other
    assert runner.shut_down() == []
    runner.deleteLater()


@pytest.mark.parametrize("by_key", [True, False], ids=["Esc", "Stop"])
def test_only_stopping_is_possible(
    qtbot: QtBot, place: tuple[DragOut, NoticeBar, QPushButton], *, by_key: bool
) -> None:
    drag_out, notices, other = place
    clicked: list[bool] = []
    other.clicked.connect(lambda: clicked.append(True))

    def act() -> None:
        note = notices.findChild(ProgressNote)
        if note is None or not note.isVisible():
            return
        hand.stop()
        qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
        if by_key:
            qtbot.keyClick(other, Qt.Key.Key_Escape)
        else:
            qtbot.mouseClick(note.stop, Qt.MouseButton.LeftButton)

    hand = QTimer()
    hand.timeout.connect(act)
    hand.start(20)
    data = OutgoingData(DRAGGED, lambda: drag_out._files(DRAGGED))
    assert bytes(data.data(URLS).data()) == b""
    assert clicked == []
    qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    assert clicked == [True]
