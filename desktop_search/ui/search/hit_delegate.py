"""Paints the rows of the result list: picture, name, in and out, score, the words that were found, and openers."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_search.core.hits import Found, ImageHit
from desktop_search.core.result_rows import MomentRow, Opener
from desktop_search.models.result_words import REASON_TITLES, about_image, one_line
from desktop_search.models.results_model import ResultsModel, Role
from desktop_search.ui.search.hit_parts import (
    CELL_PX,
    LINE_PX,
    NUMBER_PX,
    SCORE_PX,
    fitted,
    paint_excerpt,
    paint_libraries,
    paint_line,
    paint_score,
    paint_waiting,
)
from desktop_search.ui.search.mark_painting import paint_mark
from desktop_search.ui.style.icons import icon
from desktop_search.ui.style.theme import tokens
from desktop_search.ui.style.tokens import DARK

PICTURE = QSize(128, 72)
OPENER_PX = 30
_MARGIN, _GAP, _INDENT = 8, 10, 24
_ROOMY_PX = 280
_BADGE_PX = 19
_FAINT = 0.45
_SCRUB = DARK.accent  # pictures stand on black in both themes
_ICONS = {"seen": "eye", "said": "speech", "read": "text", "picture": "picture", "image": "picture", "public": "globe"}
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Scrub:
    """What the picture of a row shows while the mouse is over it; `at` is where that is, 0 to 1 from left to right."""

    found: Found
    picture: QImage
    at: float


class HitDelegate(QStyledItemDelegate):
    """Plain text only: a name from a library is never taken for markup."""

    def __init__(self, model: ResultsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.scrub: Scrub | None = None
        self.waiting: Found | None = None  # whose frames for the mouse are still on their way
        self.words: tuple[str, ...] = ()  # of the query, to be emphasised in the excerpt
        self._is_grid = False
        self._moment_size = self._opener_size = QSize()
        self.fit(300, is_grid=False)

    def fit(self, width: int, *, is_grid: bool) -> None:
        """How wide the list is, in pixels, and whether its rows are cells of a grid."""
        self._is_grid = is_grid
        self._opener_size = QSize(width, OPENER_PX)
        self._moment_size = QSize(width, PICTURE.height() + 2 * _MARGIN)
        if is_grid:
            room = width - 1  # a row of cells that fills the last pixel is broken
            across = room // max(1, room // CELL_PX)
            down = _picture_of_cell(across).height() + 2 * LINE_PX + 2 * _MARGIN + 4
            self._moment_size = QSize(across, down)

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """A row is as high as its picture; an opener is a line of its own, in the grid too."""
        return self._opener_size if isinstance(self._rows.row_at(index.row()), Opener) else self._moment_size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Qt: draw the row."""
        row, area = index.data(Role.ROW), QRect(option.rect)
        painter.save()
        self._paint_ground(painter, area, option.state)
        if isinstance(row, Opener):
            self._paint_opener(painter, area, row, str(index.data()))
        elif isinstance(row, MomentRow):
            self._paint_moment(painter, area, index, row)
        painter.restore()

    def picture_rect(self, area: QRect, row: MomentRow) -> QRect:
        """Where the picture of a row is that fills `area`."""
        if self._is_grid:
            return QRect(area.topLeft(), _picture_of_cell(area.width())).translated(_MARGIN, _MARGIN)
        return QRect(area.topLeft(), PICTURE).translated(_MARGIN + (_INDENT if row.is_inner else 0), _MARGIN)

    def chip_rect(self, area: QRect, row: MomentRow) -> QRect:
        """Where the number of what a row stands for is, which opens it; empty where it stands for nothing more."""
        if row.is_inner or len(row.entry.every) == 1:
            return QRect()
        chip = QRect(0, 0, 34, 20)
        chip.moveBottomRight(self.picture_rect(area, row).bottomRight())
        return chip

    def _paint_ground(self, painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
        theme = tokens()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.selection)
            painter.fillRect(QRect(area.topLeft(), QSize(3, area.height())), theme.accent)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.raised)
        if not self._is_grid:
            painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), theme.line)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.accent)
            painter.drawRect(area.adjusted(0, 0, -1, -1))

    def _paint_opener(self, painter: QPainter, area: QRect, opener: Opener, words: str) -> None:
        theme = tokens()
        sign = QRect(area.left() + _MARGIN, area.top() + (area.height() - 14) // 2, 14, 14)
        icon("up" if opener.is_open else "down", theme.muted).paint(painter, sign)
        text = area.adjusted(_MARGIN + 22, (area.height() - LINE_PX) // 2, -_MARGIN, 0)
        colour = theme.accent_text if opener.clip_name else theme.muted
        paint_line(painter, text, 0, words, colour)
        if not opener.clip_name:  # the line at the floor goes across the list
            left = text.left() + painter.fontMetrics().horizontalAdvance(words) + _GAP
            painter.fillRect(QRect(left, area.center().y(), max(0, area.right() - _MARGIN - left), 1), theme.muted)

    def _paint_moment(self, painter: QPainter, area: QRect, index: _Index, row: MomentRow) -> None:
        picture = self.picture_rect(area, row)
        self._paint_picture(painter, picture, index, row)
        if self.waiting is not None and self.waiting == row.found:
            paint_waiting(painter, picture)
        paint_mark(painter, picture, index.data(Role.MARK))
        self._paint_chip(painter, area, row)
        if self._is_grid:
            text = QRect(picture.left(), picture.bottom() + 4, picture.width(), 2 * LINE_PX)
            self._paint_head(painter, text, index, row)
            return
        text = QRect(picture.right() + _GAP, picture.top() - 1, area.right() - picture.right() - _GAP - _MARGIN, 74)
        self._paint_head(painter, text, index, row)
        self._paint_rest(painter, text.adjusted(0, 2 * LINE_PX + 2, 0, 0), row)

    def _paint_picture(self, painter: QPainter, area: QRect, index: _Index, row: MomentRow) -> None:
        painter.fillRect(area, tokens().video)
        scrub = self.scrub if self.scrub is not None and self.scrub.found == row.found else None
        image = index.data(Role.THUMBNAIL) if scrub is None else scrub.picture
        if isinstance(image, QImage):
            size = image.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRect(area.topLeft(), size)
            target.moveCenter(area.center())
            painter.setOpacity(_FAINT if row.is_below else 1.0)
            painter.drawPixmap(target, fitted(image, size, painter.device().devicePixelRatioF()))
            painter.setOpacity(1.0)
            if scrub is not None:
                painter.fillRect(
                    QRect(area.left() + round(scrub.at * area.width()), area.top(), 2, area.height()), _SCRUB
                )
            return
        name = "warning" if index.data(Role.THUMBNAIL_PROBLEM) else "film"
        place = QRect(0, 0, 24, 24)
        place.moveCenter(area.center())
        icon(name, QColor("#7a7a82")).paint(painter, place)

    def _paint_chip(self, painter: QPainter, area: QRect, row: MomentRow) -> None:
        chip = self.chip_rect(area, row)
        if chip.isEmpty():
            return
        theme = tokens()
        painter.fillRect(chip, theme.raised)
        painter.setPen(QPen(theme.text))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, f"+{len(row.entry.every) - 1}")

    def _paint_head(self, painter: QPainter, area: QRect, index: _Index, row: MomentRow) -> None:
        """Two lines: the name; why it is there, in and out, and the score."""
        theme, found = tokens(), row.found
        strong = QFont(painter.font())
        strong.setWeight(QFont.Weight.DemiBold)
        colour = theme.muted if row.is_below else theme.text
        libraries_px = paint_libraries(painter, area, found.found_in)
        name = str(index.data(Qt.ItemDataRole.DisplayRole))
        paint_line(painter, area.adjusted(0, 0, -libraries_px, 0), 0, name, colour, strong)
        reasons: tuple[str, ...] = index.data(Role.BADGES)
        for number, reason in enumerate(reasons):
            left = area.left() + number * _BADGE_PX
            icon(_ICONS[reason], theme.muted).paint(painter, QRect(left, area.top() + LINE_PX + 2, 14, 14))
        times = str(index.data(Role.TIMES) or REASON_TITLES["image"])
        score_px = 0 if found.score is None else SCORE_PX if area.width() >= _ROOMY_PX else NUMBER_PX
        place = area.adjusted(len(reasons) * _BADGE_PX, 0, -score_px - 6, 0)
        if painter.fontMetrics().horizontalAdvance(times) > place.width():
            times = times.split(" – ", maxsplit=1)[0]  # where it begins matters more than where it ends
        has_room = painter.fontMetrics().horizontalAdvance(times) <= place.width()
        if not has_room:  # and more than how good it is
            place.setRight(area.right())
        paint_line(painter, place, 1, times, theme.muted)
        if found.score is not None and has_room:
            place = QRect(area.right() - score_px, area.top() + LINE_PX, score_px, LINE_PX)
            paint_score(painter, place, found.score, is_below=row.is_below)

    def _paint_rest(self, painter: QPainter, area: QRect, row: MomentRow) -> None:
        """What was said, or what is known of a picture."""
        if isinstance(row.found, ImageHit):
            for number, line in enumerate(about_image(row.found)):
                paint_line(painter, area, number, line, tokens().muted)
        elif excerpt := next((hit.words_there for hit in (row.found, *row.entry.beside) if hit.words_there), ""):
            colour = tokens().muted if row.is_below else tokens().text
            paint_excerpt(painter, area, one_line(row.found.words_there or excerpt), self.words, colour)


def _picture_of_cell(width: int) -> QSize:
    across = width - 2 * _MARGIN
    return QSize(across, across * 9 // 16)
