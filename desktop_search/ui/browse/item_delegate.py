"""Paints the items of a library: cells of a grid with a large poster, lines of a table with a small one, headings."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_search.core.language import _
from desktop_search.core.library_items import ItemKind, ItemState, LibraryItem
from desktop_search.core.library_rows import Heading, ItemSort
from desktop_search.models import item_words as words
from desktop_search.models.library_model import COLUMNS, ItemRole, LibraryModel
from desktop_search.ui.search.hit_parts import CELL_PX, LINE_PX, fitted, paint_line
from desktop_search.ui.style.icons import icon
from desktop_search.ui.style.theme import tokens

HEADING_PX = 30
_MARGIN, _SIGN_PX = 8, 24
_SMALL = QSize(40, 22)
_SIGN = QColor("#7a7a82")  # posters stand on black in both themes
_Index = QModelIndex | QPersistentModelIndex


def cell_size(width_px: int) -> tuple[int, int]:
    """Width and height of a cell where the grid is so wide, in pixels: the cells share the width."""
    across = width_px // max(1, width_px // CELL_PX)
    return across, _poster_of(across).height() + 2 * LINE_PX + 2 * _MARGIN + 4


class ItemDelegate(QStyledItemDelegate):
    """A heading, or what a delegate of its kind paints of an item, on a ground that says whether it is chosen."""

    def __init__(self, model: LibraryModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Qt: draw the cell."""
        row, area = self._rows.row_at(index.row()), QRect(option.rect)
        painter.save()
        if isinstance(row, Heading):
            paint_heading(painter, area, row)
        elif row is not None:
            _paint_ground(painter, area, option.state, is_first=index.column() == 0)
            self._paint_item(painter, area, index, row)
        painter.restore()

    def _paint_item(self, painter: QPainter, area: QRect, index: _Index, item: LibraryItem) -> None:
        raise NotImplementedError


class CellDelegate(ItemDelegate):
    """A cell: poster with the length on it, name, and what is to be known of the item. Plain text only."""

    def _paint_item(self, painter: QPainter, area: QRect, index: _Index, item: LibraryItem) -> None:
        poster = QRect(area.topLeft(), _poster_of(area.width())).translated(_MARGIN, _MARGIN)
        paint_poster(painter, poster, index, item)
        _paint_length(painter, poster, words.length_words(item))
        text = QRect(poster.left(), poster.bottom() + 4, poster.width(), 2 * LINE_PX)
        strong = QFont(painter.font())
        strong.setWeight(QFont.Weight.DemiBold)
        paint_line(painter, text, 0, words.item_name(item), tokens().text, strong)
        below = text.adjusted(0, LINE_PX, 0, 0)
        if item.state is not ItemState.SEARCHABLE:
            _paint_words(painter, below, words.state_words(item), state_colour(item.state))
            return
        rate = words.rate_words(item)
        rate = _("{rate} fps").format(rate=rate) if rate else ""
        facts = [part for part in (words.resolution_words(item), rate, words.item_size(item)) if part]
        known = _fitting(painter, facts, text.width()) or words.day_words(item.taken_ms or item.created_ms)
        paint_line(painter, text, 1, known, tokens().muted)


class LineDelegate(ItemDelegate):
    """A line of the table, cell by cell: a small poster before the name, then facts; or a heading across the line.

    The words come from the rows themselves: asking the model for each role of each cell takes twice as long.
    """

    def _paint_item(self, painter: QPainter, area: QRect, index: _Index, item: LibraryItem) -> None:
        column = COLUMNS[index.column()]
        text = QRect(area.left() + 8, area.top() + (area.height() - LINE_PX) // 2, area.width() - 16, LINE_PX)
        if index.column() == 0:
            poster = QRect(area.left() + 4, area.center().y() - _SMALL.height() // 2, _SMALL.width(), _SMALL.height())
            paint_poster(painter, poster, index, item)
            text.setLeft(poster.right() + 8)
        is_state = column.sort is ItemSort.STATE and item.state is not ItemState.SEARCHABLE
        colour = state_colour(item.state) if is_state else tokens().text
        if column.is_number:
            painter.setPen(QPen(colour))
            painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, column.words(item))
        elif is_state:
            _paint_words(painter, text, column.words(item), colour)
        else:
            paint_line(painter, text, 0, column.words(item), colour)


def _fitting(painter: QPainter, facts: list[str], width: int) -> str:
    """As many of the facts as there is room for; the first one always."""
    lines = [" · ".join(facts[:count]) for count in range(len(facts), 0, -1)]
    metrics = QFontMetricsF(painter.font())  # a part of a pixel too much would cut the line in its middle
    return next((line for line in lines if metrics.horizontalAdvance(line) <= width), "".join(facts[:1]))


def state_colour(state: ItemState) -> QColor:
    """What is wrong is seen by its colour, and said in words beside."""
    theme = tokens()
    colours = {ItemState.FAILED: theme.bad, ItemState.OFFLINE: theme.warn, ItemState.INDEXING: theme.accent_text}
    return colours.get(state, theme.muted)


def paint_heading(painter: QPainter, area: QRect, heading: Heading) -> None:
    """The name of a group, and how many items it has."""
    text = area.adjusted(_MARGIN, (area.height() - LINE_PX) // 2, -_MARGIN, 0)
    paint_line(painter, text, 0, words.heading_words(heading), tokens().accent_text)


def paint_poster(painter: QPainter, area: QRect, index: _Index, item: LibraryItem) -> None:
    """The item's picture, or the sign of its kind where there is none (yet)."""
    painter.fillRect(area, tokens().video)
    image = index.data(ItemRole.POSTER)
    if isinstance(image, QImage):
        size = image.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(area.topLeft(), size)
        target.moveCenter(area.center())
        painter.drawPixmap(target, fitted(image, size, painter.device().devicePixelRatioF()))
        return
    side = min(_SIGN_PX, area.height() - 4)
    place = QRect(0, 0, side, side)
    place.moveCenter(area.center())
    icon("picture" if item.kind is ItemKind.IMAGE else "film", _SIGN).paint(painter, place)


def _paint_words(painter: QPainter, area: QRect, text: str, colour: QColor) -> None:
    """A line whose beginning matters most."""
    painter.setPen(QPen(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    place = QRect(area.left(), area.top(), area.width(), LINE_PX)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)


def _paint_ground(painter: QPainter, area: QRect, state: QStyle.StateFlag, *, is_first: bool) -> None:
    theme = tokens()
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(area, theme.selection)
        if is_first:
            painter.fillRect(QRect(area.topLeft(), QSize(3, area.height())), theme.accent)
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(area, theme.raised)
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(theme.accent)
        painter.drawRect(area.adjusted(0, 0, -1, -1))


def _paint_length(painter: QPainter, poster: QRect, text: str) -> None:
    if not text:
        return
    width = painter.fontMetrics().horizontalAdvance(text) + 10
    chip = QRect(poster.right() - width - 3, poster.bottom() - LINE_PX - 3, width, LINE_PX)
    painter.fillRect(chip, QColor(0, 0, 0, 190))
    painter.setPen(QPen(QColor("#ffffff")))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)


def _poster_of(width: int) -> QSize:
    across = width - 2 * _MARGIN
    return QSize(across, across * 9 // 16)
