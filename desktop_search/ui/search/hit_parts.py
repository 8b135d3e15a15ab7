"""The parts of a painted result: lines of text, the score, and what was said with the query's words marked."""

from __future__ import annotations

import re

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QImage,
    QPainter,
    QPen,
    QPixmap,
    QPixmapCache,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from desktop_search.core.language import _, number
from desktop_search.ui.style.theme import tokens
from desktop_search.ui.style.tokens import DARK

LINE_PX, SCORE_PX, NUMBER_PX = 18, 56, 30
CELL_PX = 176  # as wide as a cell of a grid is at least: a timecode and a score fit below its picture
_MARK_PX, _MARK_PAD_PX, _MARK_GAP_PX = 11, 6, 10
_COMMON = frozenset(
    {"and", "are", "but", "for", "from", "into", "that", "the", "then", "they", "this", "was", "with", "you"}
)


def fitted(image: QImage, size: QSize, scale: float) -> QPixmap:
    """A picture at the size at which it is drawn; scaling it smoothly at every paint takes most of the time of one.

    `scale`: pixels of the screen to one of `size`.
    """
    key = f"fitted {image.cacheKey()} {size.width()}x{size.height()} {scale}"
    made = QPixmap()
    if not QPixmapCache.find(key, made):
        pixels = size * scale
        made = QPixmap.fromImage(
            image.scaled(pixels, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        )
        made.setDevicePixelRatio(scale)
        QPixmapCache.insert(key, made)
    return made


def paint_line(
    painter: QPainter, area: QRect, number: int, text: str, colour: QColor, font: QFont | None = None
) -> None:
    """One line of text, shortened in its middle where there is no room."""
    painter.save()
    if font is not None:
        painter.setFont(font)
    painter.setPen(QPen(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, area.width())
    place = QRect(area.left(), area.top() + number * LINE_PX, area.width(), LINE_PX)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
    painter.restore()


def paint_libraries(painter: QPainter, area: QRect, titles: tuple[str, ...]) -> int:
    """The libraries that have it, at the right of the first line; how much room of the name they take, in pixels."""
    if not titles:
        return 0
    painter.save()
    small = QFont(painter.font())
    small.setPixelSize(_MARK_PX)
    painter.setFont(small)
    metrics = painter.fontMetrics()
    words = metrics.elidedText(" + ".join(titles), Qt.TextElideMode.ElideRight, area.width() // 2 - 2 * _MARK_PAD_PX)
    width = metrics.horizontalAdvance(words) + 2 * _MARK_PAD_PX
    place = QRect(area.right() - width + 1, area.top() + 1, width, LINE_PX - 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(tokens().raised)
    painter.setPen(QPen(tokens().line))
    painter.drawRoundedRect(place, 3, 3)
    painter.setPen(QPen(tokens().text))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, words)
    painter.restore()
    return width + _MARK_GAP_PX


def paint_score(painter: QPainter, area: QRect, score: float, *, is_below: bool) -> None:
    """The score as a number, with a bar where there is room for one."""
    theme = tokens()
    if area.width() >= SCORE_PX:
        bar = QRect(area.left(), area.center().y() - 1, 22, 4)
        painter.fillRect(bar, theme.line)
        full = QSize(round(bar.width() * min(1.0, max(0.0, score))), 4)
        painter.fillRect(QRect(bar.topLeft(), full), theme.muted if is_below else theme.accent)
    painter.setPen(QPen(theme.muted))
    painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number(score, 2))


def paint_waiting(painter: QPainter, picture: QRect) -> None:
    """A line over the lower edge of a picture: its frames are being read."""
    place = QRect(picture.left(), picture.bottom() - LINE_PX + 1, picture.width(), LINE_PX)
    painter.fillRect(place, DARK.raised)  # pictures stand on black in both themes
    painter.setPen(QPen(DARK.text))
    words = painter.fontMetrics().elidedText(_("Reading frames…"), Qt.TextElideMode.ElideRight, place.width() - 8)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)


def paint_excerpt(painter: QPainter, area: QRect, excerpt: str, words: tuple[str, ...], colour: QColor) -> None:
    """Two lines of what was said, the query's words emphasised."""
    text = f"“{excerpt}”"
    layout = QTextLayout(text, painter.font())
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.setFormats(_emphasis(text, words))
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
    painter.setPen(QPen(colour))
    layout.draw(painter, QPointF(area.topLeft()))


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
