"""The rows of the command palette, and how they are painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_search.ui.style.theme import tokens

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_MARGIN_PX, _GAP_PX, _ROW_PX = 8, 12, 30
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class PaletteRole(IntEnum):
    """What a row gives besides its name."""

    COMMAND_ID = Qt.ItemDataRole.UserRole + 1
    GROUP = Qt.ItemDataRole.UserRole + 2
    KEYS = Qt.ItemDataRole.UserRole + 3
    WHY_NOT = Qt.ItemDataRole.UserRole + 4


@dataclass(frozen=True, slots=True)
class Row:
    """One command as it is now; `why_not` says why it cannot be done, "" when it can."""

    command_id: str
    name: str
    group: str
    keys: str
    why_not: str

    @property
    def spoken(self) -> str:
        """The row for those who hear it."""
        return ", ".join(filter(None, (self.name, self.group, self.keys, self.why_not)))


class PaletteList(QAbstractListModel):
    """Rows as they are given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """These, and no others."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Qt: how many."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: what a row says."""
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        said: dict[int, str] = {
            Qt.ItemDataRole.DisplayRole: row.name,
            Qt.ItemDataRole.AccessibleTextRole: row.spoken,
            PaletteRole.COMMAND_ID: row.command_id,
            PaletteRole.GROUP: row.group,
            PaletteRole.KEYS: row.keys,
            PaletteRole.WHY_NOT: row.why_not,
        }
        return said.get(role)


class PaletteDelegate(QStyledItemDelegate):
    """Name and menu to the left, keys to the right; what cannot be done is greyed and says why."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """One line."""
        return QSize(200, max(_ROW_PX, option.fontMetrics.height() + 12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the row in the colours of the theme."""
        name, why_not = str(index.data()), str(index.data(PaletteRole.WHY_NOT))
        keys, group = str(index.data(PaletteRole.KEYS)), str(index.data(PaletteRole.GROUP))
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, tokens().selection)
            painter.fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), tokens().accent)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, tokens().raised)
        painter.setFont(option.font)
        metrics = option.fontMetrics
        room = option.rect.adjusted(_MARGIN_PX, 0, -_MARGIN_PX, 0)
        painter.setPen(tokens().muted)
        painter.drawText(room, _RIGHT, keys)
        room.setRight(room.right() - (metrics.horizontalAdvance(keys) + _GAP_PX if keys else 0))
        painter.setPen(tokens().muted if why_not else tokens().text)
        painter.drawText(room, _LEFT, metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width()))
        room.setLeft(room.left() + metrics.horizontalAdvance(name) + _GAP_PX)
        if room.width() > 0:
            painter.setPen(tokens().muted)
            painter.drawText(
                room, _LEFT, metrics.elidedText(why_not or group, Qt.TextElideMode.ElideRight, room.width())
            )
        painter.restore()
