"""Paints one line of a transcript: its time, and its words in as many lines as they need."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_search.models.transcript_model import LineRole
from desktop_search.ui.style.theme import tokens

_MARGIN, _GAP, _WIDEST_TIME = 8, 10, "00:00:00:00"
_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


class LineDelegate(QStyledItemDelegate):
    """The line that is being said stands out by a bar and by brighter words."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as the words are in the width there is."""
        words = _words_rect(option, QRect(0, 0, self._width(option), 10_000))
        bounds = option.fontMetrics.boundingRect(words, _WRAPPED, str(index.data()))
        return QSize(120, bounds.height() + _MARGIN)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the line in the colours of the theme."""
        is_current = bool(index.data(LineRole.IS_CURRENT))
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, tokens().selection)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, tokens().raised)
        if is_current:
            painter.fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), tokens().accent)
        painter.setFont(option.font)
        painter.setPen(tokens().accent_text if is_current else tokens().muted)
        top = option.rect.top() + _MARGIN // 2
        painter.drawText(
            QRect(option.rect.left() + _MARGIN, top, _time_width(option), option.fontMetrics.height()),
            int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop),
            str(index.data(LineRole.TIME)),
        )
        painter.setPen(tokens().text)
        painter.drawText(_words_rect(option, option.rect), _WRAPPED, str(index.data()))
        painter.restore()

    def _width(self, option: QStyleOptionViewItem) -> int:
        view = option.widget
        viewport = view.viewport() if hasattr(view, "viewport") else None
        return viewport.width() if viewport is not None else option.rect.width()


def _time_width(option: QStyleOptionViewItem) -> int:
    return option.fontMetrics.horizontalAdvance(_WIDEST_TIME)


def _words_rect(option: QStyleOptionViewItem, row: QRect) -> QRect:
    left = row.left() + _MARGIN + _time_width(option) + _GAP
    return QRect(left, row.top() + _MARGIN // 2, row.right() - _MARGIN - left, row.height() - _MARGIN // 2)
