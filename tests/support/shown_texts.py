"""Every text of a window that comes from the program, whether it is on show now or will be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt, QTimeZone
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QCalendarWidget,
    QComboBox,
    QDateTimeEdit,
    QDialogButtonBox,
    QDoubleSpinBox,
    QGroupBox,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSpinBox,
    QTabBar,
    QTextEdit,
    QWidget,
)

_TAG = re.compile(r"<[^>]*>")
_QTS_OWN = (QCalendarWidget, QDateTimeEdit, QKeySequenceEdit)
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)


def shown_texts(window: QWidget) -> Iterator[str]:
    """The texts, names, descriptions and tool tips of a window and of everything in it; Qt's own texts left out."""
    for widget in (window, *window.findChildren(QWidget)):
        if not is_qts_own(widget):
            texts = (widget.windowTitle(), widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
            yield from (_TAG.sub("", text) for text in (*texts, *_own(widget)) if text)
    for action in window.findChildren(QAction):
        parent = action.parent()
        if isinstance(parent, QWidget) and is_qts_own(parent):
            continue
        yield from (text for text in (action.text().split("\t")[0], action.toolTip()) if text)


def is_qts_own(widget: QWidget | None) -> bool:
    """Whether Qt makes the texts of the widget: parts of compound controls, standard buttons."""
    if isinstance(widget, QAbstractButton) and isinstance(widget.parent(), QDialogButtonBox):
        box = widget.parent()
        return isinstance(box, QDialogButtonBox) and box.standardButton(widget) != box.StandardButton.NoButton
    if widget is not None and (widget.objectName().startswith("qt_") or isinstance(widget.parent(), QTabBar)):
        return True
    while widget is not None:  # what pages and scrolled areas are in has such names too
        if isinstance(widget, _QTS_OWN):
            return True
        widget = widget.parentWidget()
    return False


def _own(widget: QWidget) -> Iterator[str]:
    """What the widget shows."""
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QGroupBox | QMenu):
        yield widget.title()
    elif isinstance(widget, QTabBar):
        for place in range(widget.count()):
            yield from (widget.tabText(place), widget.tabToolTip(place))
    elif isinstance(widget, QAbstractSpinBox):
        yield widget.specialValueText()
        if isinstance(widget, QSpinBox | QDoubleSpinBox):
            yield from (widget.prefix(), widget.suffix())
    elif isinstance(widget, QComboBox):
        yield from _cells(widget.model())
    elif isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView) and widget.model() is not None:
        yield from _cells(widget.model())
        yield from _headings(widget.model())


def _columns(model: QAbstractItemModel) -> int:
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())  # private in a list


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(model.rowCount(QModelIndex())):
        for column in range(_columns(model)):
            for role in _ROLES:
                text = model.data(model.index(row, column), role)
                if isinstance(text, str) and not QTimeZone.isTimeZoneIdAvailable(text.encode()):
                    yield _TAG.sub("", text)


def _headings(model: QAbstractItemModel) -> Iterator[str]:
    for column in range(_columns(model)):
        heading = model.headerData(column, Qt.Orientation.Horizontal)
        if isinstance(heading, str):
            yield heading
