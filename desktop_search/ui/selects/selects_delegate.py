"""Paints a row of the selects: its colour along the left edge, a sign while it plays, words of missing files."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyleOptionViewItem

from desktop_search.core.selects import Select
from desktop_search.models.selects_model import Column, SelectRole
from desktop_search.ui.list_parts import KeepingDelegate
from desktop_search.ui.selects.colours import PAINTED
from desktop_search.ui.style.icons import icon
from desktop_search.ui.style.theme import tokens

_EDGE_PX, _EDGE_GAP_PX = 4, 3
_Index = QModelIndex | QPersistentModelIndex


class SelectsDelegate(KeepingDelegate):
    """Words, colours and signs of one cell."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: N802 - Qt's own
        """What is away is told by its colour too; what plays carries a sign."""
        super().initStyleOption(option, index)
        if index.column() != Column.CLIP:
            return
        if index.data(SelectRole.IS_AWAY):
            for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
                option.palette.setColor(role, tokens().bad)
        sign = "play" if index.data(SelectRole.IS_PLAYING) else "warning" if index.data(SelectRole.IS_AWAY) else ""
        if sign:
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.icon = icon(sign, tokens().accent if sign == "play" else tokens().bad)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """The cell, and the colour of its row before the first one."""
        super().paint(painter, option, index)
        select = index.data(SelectRole.SELECT)
        if index.column() == Column.CLIP and isinstance(select, Select) and select.colour in PAINTED:
            rect: QRect = option.rect
            edge = QRect(rect.left(), rect.top() + _EDGE_GAP_PX, _EDGE_PX, rect.height() - 2 * _EDGE_GAP_PX)
            painter.fillRect(edge, PAINTED[select.colour])
