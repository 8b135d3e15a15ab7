"""Paints one row of the result list: picture, name, in and out, score, and the words that were found."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_search.core.hits import Hit, ImageHit
from desktop_search.models.results_model import Found, Role, one_line
from desktop_search.ui.style.icons import icon
from desktop_search.ui.style.theme import tokens

PICTURE = QSize(128, 72)
_MARGIN, _GAP, _LINE_PX = 8, 10, 18
_SCORE_PX, _NUMBER_PX, _ROOMY_PX = 56, 30, 280
_BADGE_PX = 19
_MARK_PX, _MARK_PAD_PX = 11, 6
_COMMON = frozenset(
    {"and", "are", "but", "for", "from", "into", "that", "the", "then", "they", "this", "was", "with", "you"}
)
_ICONS = {"seen": "eye", "said": "speech", "picture": "picture", "image": "picture"}


class HitDelegate(QStyledItemDelegate):
    """Plain text only: a name from a library is never taken for markup."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words: tuple[str, ...] = ()  # of the query, to be emphasised in the excerpt

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Every row is as high as its picture."""
        return QSize(PICTURE.width() + 2 * _MARGIN + 160, PICTURE.height() + 2 * _MARGIN)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Qt: draw the row."""
        found = index.data(Role.FOUND)
        if not isinstance(found, Hit | ImageHit):
            return
        painter.save()
        row: QRect = option.rect
        state: QStyle.StateFlag = option.state
        self._paint_ground(painter, row, state)
        picture = QRect(row.topLeft(), PICTURE).translated(_MARGIN, _MARGIN)
        self._paint_picture(painter, picture, index)
        text = row.adjusted(_MARGIN + PICTURE.width() + _GAP, _MARGIN - 1, -_MARGIN, -_MARGIN)
        self._paint_words(painter, text, index, found)
        painter.restore()

    def _paint_ground(self, painter: QPainter, row: QRect, state: QStyle.StateFlag) -> None:
        theme = tokens()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(row, theme.selection)
            painter.fillRect(QRect(row.topLeft(), QSize(3, row.height())), theme.accent)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(row, theme.raised)
        painter.fillRect(QRect(row.left(), row.bottom(), row.width(), 1), theme.line)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.accent)
            painter.drawRect(row.adjusted(0, 0, -1, -1))

    def _paint_picture(self, painter: QPainter, area: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        painter.fillRect(area, tokens().video)
        image = index.data(Role.THUMBNAIL)
        if isinstance(image, QImage):
            size = image.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRect(area.topLeft(), size)
            target.moveCenter(area.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(target, image)
            return
        name = "warning" if index.data(Role.THUMBNAIL_PROBLEM) else "film"
        place = QRect(0, 0, 24, 24)
        place.moveCenter(area.center())
        icon(name, QColor("#7a7a82")).paint(painter, place)

    def _paint_words(
        self, painter: QPainter, area: QRect, index: QModelIndex | QPersistentModelIndex, found: Found
    ) -> None:
        theme = tokens()
        strong = QFont(painter.font())
        strong.setWeight(QFont.Weight.DemiBold)
        marks_px = _paint_marks(painter, area, found.marks)
        name = str(index.data(Qt.ItemDataRole.DisplayRole))
        _line(painter, area.adjusted(0, 0, -marks_px, 0), 0, name, theme.text, strong)
        reasons: tuple[str, ...] = index.data(Role.BADGES)
        for number, reason in enumerate(reasons):
            left = area.left() + number * _BADGE_PX
            icon(_ICONS[reason], theme.muted).paint(painter, QRect(left, area.top() + _LINE_PX + 2, 14, 14))
        times = index.data(Role.TIMES) or "image"
        score_px = 0 if found.score is None else _SCORE_PX if area.width() >= _ROOMY_PX else _NUMBER_PX
        place = area.adjusted(len(reasons) * _BADGE_PX, 0, -score_px - 6, 0)
        if painter.fontMetrics().horizontalAdvance(str(times)) > place.width():
            times = str(times).split(" – ", maxsplit=1)[0]  # where it begins matters more than where it ends
        _line(painter, place, 1, str(times), theme.muted)
        if found.score is not None:
            place = QRect(area.right() - score_px, area.top() + _LINE_PX, score_px, _LINE_PX)
            _paint_score(painter, place, found.score)
        rest = area.adjusted(0, 2 * _LINE_PX + 2, 0, 0)
        if isinstance(found, ImageHit):
            for number, line in enumerate(_about(found)):
                _line(painter, rest, number, line, theme.muted)
        elif found.excerpt:
            self._paint_excerpt(painter, rest, one_line(found.excerpt))

    def _paint_excerpt(self, painter: QPainter, area: QRect, excerpt: str) -> None:
        """Two lines of what was said, the query's words emphasised."""
        text = f"“{excerpt}”"
        layout = QTextLayout(text, painter.font())
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        layout.setFormats(_emphasis(text, self.words))
        metrics = QFontMetrics(painter.font())
        layout.beginLayout()
        y = 0.0
        lines = 0
        while lines < 2 and (line := layout.createLine()).isValid():
            line.setLineWidth(area.width())
            line.setPosition(QPointF(0, y))
            y += metrics.height()
            lines += 1
        layout.endLayout()
        painter.setPen(QPen(tokens().text))
        layout.draw(painter, QPointF(area.topLeft()))


def _line(painter: QPainter, area: QRect, number: int, text: str, colour: QColor, font: QFont | None = None) -> None:
    painter.save()
    if font is not None:
        painter.setFont(font)
    painter.setPen(QPen(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, area.width())
    place = QRect(area.left(), area.top() + number * _LINE_PX, area.width(), _LINE_PX)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
    painter.restore()


def _paint_marks(painter: QPainter, area: QRect, marks: tuple[str, ...]) -> int:
    """The libraries that have it, at the right of the first line; how much room of the name they take, in pixels."""
    if not marks:
        return 0
    painter.save()
    small = QFont(painter.font())
    small.setPixelSize(_MARK_PX)
    painter.setFont(small)
    metrics = painter.fontMetrics()
    words = metrics.elidedText(" + ".join(marks), Qt.TextElideMode.ElideRight, area.width() // 2 - 2 * _MARK_PAD_PX)
    width = metrics.horizontalAdvance(words) + 2 * _MARK_PAD_PX
    place = QRect(area.right() - width + 1, area.top() + 1, width, _LINE_PX - 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(tokens().raised)
    painter.setPen(QPen(tokens().line))
    painter.drawRoundedRect(place, 3, 3)
    painter.setPen(QPen(tokens().text))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, words)
    painter.restore()
    return width + _GAP


def _paint_score(painter: QPainter, area: QRect, score: float) -> None:
    theme = tokens()
    if area.width() >= _SCORE_PX:
        bar = QRect(area.left(), area.center().y() - 1, 26, 4)
        painter.fillRect(bar, theme.line)
        painter.fillRect(QRect(bar.topLeft(), QSize(round(bar.width() * min(1.0, max(0.0, score))), 4)), theme.accent)
    painter.setPen(QPen(theme.muted))
    painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{score:.2f}")


def _about(image: ImageHit) -> tuple[str, ...]:
    """Camera and time of a picture, and its place, as far as they are known."""
    taken = "" if image.taken_ms is None else f"{datetime.fromtimestamp(image.taken_ms / 1000, UTC):%Y-%m-%d %H:%M}"
    place = ""
    if image.latitude is not None and image.longitude is not None:
        place = f"{image.latitude:.4f}, {image.longitude:.4f}"
    made = " · ".join(part for part in (image.camera, taken) if part)
    return tuple(line for line in (made, place) if line)


def _emphasis(text: str, words: tuple[str, ...]) -> list[QTextLayout.FormatRange]:
    """Formats for every place where a word of the text begins like a word of the query."""
    ranges = []
    for match in re.finditer(r"\w+", text):
        word = match.group().casefold()
        if any(word.startswith(asked[:5]) or (asked.startswith(word) and len(word) > 3) for asked in words):
            one = QTextLayout.FormatRange()
            one.start, one.length = match.start(), len(match.group())
            style = QTextCharFormat()
            style.setForeground(tokens().accent_text)
            style.setFontWeight(QFont.Weight.DemiBold)
            one.format = style
            ranges.append(one)
    return ranges


def emphasised_words(query: str) -> tuple[str, ...]:
    """The words of a query that are worth marking in an excerpt."""
    return tuple(word for word in re.findall(r"\w+", query.casefold()) if len(word) > 2 and word not in _COMMON)
