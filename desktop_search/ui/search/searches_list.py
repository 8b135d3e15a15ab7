"""A list of searches: what each looks for, how, and how many hits are new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_search.core.language import ngettext
from desktop_search.ui.style.theme import tokens

_ROW_PX, _PAD_PX, _LINE_PX = 44, 10, 18
_SMALL_PX = 12
_LIST_MAX_PX = 320


@dataclass(frozen=True, slots=True)
class SearchRow:
    """One row; `key` tells it from others, `fresh` is the number of new hits."""

    key: int
    title: str
    details: str = ""
    fresh: int = 0


class _Role(IntEnum):
    KEY = Qt.ItemDataRole.UserRole + 1
    DETAILS = Qt.ItemDataRole.UserRole + 2
    FRESH = Qt.ItemDataRole.UserRole + 3


class _RowDelegate(QStyledItemDelegate):
    """Two lines and a badge; plain text only."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(160, _ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = tokens()
        row: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(row, theme.selection)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(row, theme.raised)
        area = row.adjusted(_PAD_PX, 4, -_PAD_PX, -4)
        area.setRight(area.right() - self._paint_badge(painter, area, index.data(_Role.FRESH)))
        details = str(index.data(_Role.DETAILS))
        title = area if not details else QRect(area.topLeft(), QSize(area.width(), _LINE_PX))
        self._paint_line(painter, title, str(index.data()), theme.text)
        if details:
            small = QFont(painter.font())
            small.setPixelSize(_SMALL_PX)
            painter.setFont(small)
            self._paint_line(painter, title.translated(0, _LINE_PX), details, theme.muted)
        painter.restore()

    @staticmethod
    def _paint_line(painter: QPainter, area: QRect, text: str, colour: object) -> None:
        painter.setPen(QPen(colour))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)

    @staticmethod
    def _paint_badge(painter: QPainter, area: QRect, fresh: int) -> int:
        """The number of new hits at the right; how much room it takes, in pixels."""
        if not fresh:
            return 0
        theme, words = tokens(), ngettext("{count} new", "{count} new", fresh)
        width = painter.fontMetrics().horizontalAdvance(words) + 2 * _PAD_PX
        place = QRect(area.right() - width, area.center().y() - 9, width, 20)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.accent)
        painter.drawRoundedRect(place, 10, 10)
        painter.setPen(QPen(theme.on_accent))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
        return width + _PAD_PX


class SearchesView(QListView):
    """Signals:
    run(int): Enter or a click: the search with this key.
    delete_asked(int): Delete.
    typed(QKeyEvent): a key that means nothing here.
    """

    run = Signal(int)
    delete_asked = Signal(int)
    typed = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._rows = QStandardItemModel(self)
        self.setModel(self._rows)
        self.setItemDelegate(_RowDelegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._on_chosen)

    def show_rows(self, rows: Sequence[SearchRow]) -> None:
        """Show these; the same one stays chosen where it is there, else the first."""
        key, place = self.key, self.currentIndex().row()
        keys = [row.key for row in rows]
        if keys == [self._rows.item(at).data(_Role.KEY) for at in range(self._rows.rowCount())]:
            for at, row in enumerate(rows):  # the list stays where it was scrolled to, and a click is not lost
                _fill(self._rows.item(at), row)
            return
        self._rows.clear()
        for row in rows:
            item = QStandardItem()
            _fill(item, row)
            self._rows.appendRow(item)
        chosen = keys.index(key) if key in keys else min(max(place, 0), len(keys) - 1)
        self.setCurrentIndex(self._rows.index(chosen, 0))
        self.setFixedHeight(min(max(1, len(rows)) * _ROW_PX + 2, _LIST_MAX_PX))

    @property
    def titles(self) -> list[str]:
        """What is listed."""
        return [self._rows.item(row).text() for row in range(self._rows.rowCount())]

    @property
    def key(self) -> int | None:
        """The key of the chosen row."""
        key = self.currentIndex().data(_Role.KEY)
        return key if isinstance(key, int) else None

    def choose(self, key: int) -> None:
        """Choose the row of that key."""
        for row in range(self._rows.rowCount()):
            if self._rows.item(row).data(_Role.KEY) == key:
                self.setCurrentIndex(self._rows.index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Enter runs, Delete deletes; what is typed is handed on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_chosen(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete:
            if self.key is not None:
                self.delete_asked.emit(self.key)
        elif event.key() == Qt.Key.Key_Backspace or (event.text().isprintable() and event.text()):
            self.typed.emit(event)
        else:
            super().keyPressEvent(event)

    def _on_chosen(self, index: QModelIndex) -> None:
        key = index.data(_Role.KEY)
        if isinstance(key, int):
            self.run.emit(key)


def _fill(item: QStandardItem, row: SearchRow) -> None:
    item.setText(row.title)
    item.setData(row.key, _Role.KEY)
    item.setData(row.details, _Role.DETAILS)
    item.setData(row.fresh, _Role.FRESH)
    fresh = ngettext("{count} new", "{count} new", row.fresh) if row.fresh else ""
    spoken = ", ".join(filter(None, (row.title, row.details, fresh)))
    item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)


class DropDown(QFrame):
    """A frame that drops down below something, over whatever is there, and goes when one clicks elsewhere."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAccessibleName(name)
        self.setProperty("role", "palette")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(6, 6, 6, 6)
        self.column.setSpacing(6)

    def drop_below(self, widget: QWidget, width_px: int) -> None:
        """Show it with its left edge at the widget's, but inside the window."""
        window = widget.window()
        place = widget.mapTo(window, QPoint(0, widget.height() + 2))
        width_px = min(width_px, window.width() - 16)
        place.setX(max(8, min(place.x(), window.width() - width_px - 8)))
        self.setFixedWidth(width_px)
        self.adjustSize()
        self.move(window.mapToGlobal(place))
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
