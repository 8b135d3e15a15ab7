"""Paints a mark over the picture of a result: stars and note sign below, tags above, rejected ones darkened."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from desktop_search.core.marks import Mark
from desktop_search.ui.style.icons import icon
from desktop_search.ui.style.tokens import DARK

_STAR_PX, _NOTE_PX, _BAND_PX, _INSET_PX = 10, 12, 17, 4
_GROUND, _DARKENED = QColor(0, 0, 0, 190), QColor(0, 0, 0, 150)


def paint_mark(painter: QPainter, picture: QRect, mark: Mark) -> None:
    """Over `picture`, in the colours of the dark theme: pictures stand on black in both."""
    if mark.is_rejected:
        painter.fillRect(picture, _DARKENED)
        sign = QRect(0, 0, 24, 24)
        sign.moveCenter(picture.center())
        icon("close", DARK.bad).paint(painter, sign)
    _paint_rating_and_note(painter, picture, mark)
    if mark.tags:
        _paint_tags(painter, picture, ", ".join(mark.tags))


def _paint_rating_and_note(painter: QPainter, picture: QRect, mark: Mark) -> None:
    wide = mark.rating * _STAR_PX + (_NOTE_PX + 2 if mark.note else 0)
    if not wide:
        return
    band = QRect(picture.left(), picture.bottom() + 1 - _BAND_PX, wide + 2 * _INSET_PX, _BAND_PX)
    painter.fillRect(band, _GROUND)
    left = band.left() + _INSET_PX
    for _star in range(mark.rating):
        icon("star", DARK.accent).paint(painter, QRect(left, band.center().y() - _STAR_PX // 2 + 1, _STAR_PX, _STAR_PX))
        left += _STAR_PX
    if mark.note:
        place = QRect(left + 2, band.center().y() - _NOTE_PX // 2 + 1, _NOTE_PX, _NOTE_PX)
        icon("note", DARK.text).paint(painter, place)


def _paint_tags(painter: QPainter, picture: QRect, tags: str) -> None:
    painter.save()
    font = QFont(painter.font())
    font.setPixelSize(11)
    painter.setFont(font)
    metrics = painter.fontMetrics()
    words = metrics.elidedText(tags, Qt.TextElideMode.ElideRight, picture.width() - 2 * _INSET_PX)
    band = QRect(picture.topLeft(), picture.topLeft())
    band.setSize(metrics.size(Qt.TextFlag.TextSingleLine, words))
    band.setWidth(band.width() + 2 * _INSET_PX)
    band.setHeight(_BAND_PX)
    painter.fillRect(band, _GROUND)
    painter.setPen(QPen(DARK.text))
    painter.drawText(band, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, words)
    painter.restore()
