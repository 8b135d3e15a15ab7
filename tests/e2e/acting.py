"""What a user does with the window, and what the screen then shows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.bootstrap.screen import frame_on_screen
from desktop_search.core.hits import Hit
from desktop_search.media import frame_code
from desktop_search.media.frames import frame_at


def drop(target: QWidget, *paths: Path) -> None:
    """A drop of files as Qt delivers it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place, none = QPoint(20, 20), Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(target, enter)
    let_go = QDropEvent(QPointF(place), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(target, let_go)
    assert let_go.isAccepted()


def query_field(program: Composition) -> QLineEdit:
    fields = program.search_pane.findChildren(QLineEdit)
    return next(field for field in fields if field.accessibleName() == "Search words")


def type_query(program: Composition, qtbot: QtBot, words: str) -> tuple[Hit, ...]:
    field = query_field(program)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, words)
    with qtbot.waitSignal(program.search.answered, timeout=20_000):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    return program.results.hits()


def jump(program: Composition, qtbot: QtBot) -> tuple[int, int]:
    """Choose the best hit by key; the clip and frame that the screen shows then."""
    with qtbot.waitSignal(program.watch.shown, timeout=20_000):
        qtbot.keyClick(query_field(program), Qt.Key.Key_Down)
    assert [index.row() for index in program.results.view.selectionModel().selectedRows()] == [0]
    return on_screen(program)


def on_screen(program: Composition) -> tuple[int, int]:
    seen = frame_on_screen(program.player_pane)
    assert seen is not None
    return seen.clip, seen.frame


def in_file(path: Path, hit: Hit) -> tuple[int, int]:
    """The clip and frame that PyAV decodes at the hit's start."""
    code = frame_code.find(np.asarray(frame_at(path, hit.start_ms)))[0]
    return code.clip, code.frame
