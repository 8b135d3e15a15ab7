from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_search.core.uploads import Priority, UploadItem, UploadState
from desktop_search.ui.uploads.mailbox import PART_ROWS, Mailbox
from tests.qt.uploads.conftest import row

S = UploadState


class Box:
    """A mailbox, what it delivered, and how often it asked to be woken."""

    def __init__(self) -> None:
        self._parent = QObject()
        self.mailbox = Mailbox(self._parent)
        self.delivered: list[list[UploadItem]] = []
        self.woken = 0
        self.mailbox.delivered.connect(self.delivered.append)
        self.report = self.mailbox.gather(self._wake)

    def _wake(self, _nothing: object) -> None:
        self.woken += 1
        self.mailbox.wake()


@pytest.fixture
def box(qapp: object) -> Iterator[Box]:
    made = Box()
    yield made
    made.mailbox.empty()


def test_many_reports_come_together_each_row_once(qtbot: QtBot, box: Box) -> None:
    for sent in range(100):
        for item_id in (1, 2):
            box.report(replace(row(item_id, S.SENDING), sent_bytes=sent))
    assert box.woken == 1
    qtbot.waitUntil(lambda: bool(box.delivered))
    assert [[(item.item_id, item.sent_bytes) for item in items] for items in box.delivered] == [[(1, 99), (2, 99)]]
    box.report(row(1))
    assert box.woken == 2


def test_very_many_come_in_parts_and_the_newest_counts(qtbot: QtBot, box: Box) -> None:
    count = PART_ROWS * 2 + 5
    box.mailbox.change(lambda: [row(item_id) for item_id in range(1, count + 1)])
    box.mailbox.empty()
    box.report(row(count, S.SENDING))
    assert box.woken == 0  # the rest comes by itself
    qtbot.waitUntil(lambda: len(box.delivered) == 3)
    assert [len(items) for items in box.delivered] == [PART_ROWS, PART_ROWS, 5]
    assert [item.item_id for items in box.delivered for item in items] == list(range(1, count + 1))
    assert box.delivered[-1][-1].state is S.SENDING


def test_progress_that_comes_after_the_user_has_halted_a_row_is_not_shown(box: Box) -> None:
    box.mailbox.change(lambda: [row(1, S.PAUSED)])
    box.report(row(1, S.SENDING))
    box.mailbox.empty()
    assert [item.state for item in box.delivered.pop()] == [S.PAUSED]
    box.mailbox.change(lambda: [row(1, S.WAITING)])
    box.report(row(1, S.SENDING))
    box.mailbox.empty()
    assert [item.state for item in box.delivered.pop()] == [S.SENDING]


def test_what_the_user_decided_outlives_reports_from_before(box: Box) -> None:
    box.mailbox.change(lambda: [replace(row(1, S.PAUSED), position=-1.0, priority=Priority.HIGH)])
    box.report(replace(row(1, S.PAUSED), position=4.0))
    box.mailbox.empty()
    assert [(item.position, item.priority) for item in box.delivered[0]] == [(-1.0, Priority.HIGH)]
