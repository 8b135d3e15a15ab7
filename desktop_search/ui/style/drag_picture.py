"""What hangs on the mouse while rows are dragged."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from desktop_search.ui.style.theme import tokens

PAD_PX = 10
_HEIGHT_PX = 28


def drag_picture(view: QWidget, words: str) -> QPixmap:
    """A small plate with these words, in the theme's colours, `PAD_PX` off the mouse."""
    ratio = view.devicePixelRatioF()
    width = view.fontMetrics().horizontalAdvance(words) + 2 * PAD_PX
    pixmap = QPixmap(round(width * ratio), round(_HEIGHT_PX * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(tokens().raised)
    painter = QPainter(pixmap)
    painter.setFont(view.font())
    painter.setPen(tokens().accent)
    painter.drawRect(0, 0, width - 1, _HEIGHT_PX - 1)
    painter.setPen(tokens().text)
    painter.drawText(QRect(0, 0, width, _HEIGHT_PX), int(Qt.AlignmentFlag.AlignCenter), words)
    painter.end()
    return pixmap
