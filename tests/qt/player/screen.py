"""What is really on the X screen, libVLC's window included (which `QWidget.grab` cannot see)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop_search.media.frame_code import FrameCode, find


def grab(widget: QWidget) -> QImage:
    """The part of the screen where `widget` is."""
    place = widget.mapToGlobal(QPoint(0, 0))
    shot = widget.screen().grabWindow(0, place.x(), place.y(), widget.width(), widget.height())
    return shot.toImage().convertToFormat(QImage.Format.Format_RGB32)


def pixels(image: QImage) -> NDArray[np.uint8]:
    """Height × width × 4 (blue, green, red, unused)."""
    flat = np.frombuffer(image.constBits(), np.uint8)
    return flat.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width()].copy()


def frame_on_screen(widget: QWidget) -> FrameCode | None:
    """The strip of the largest clip picture that is seen where `widget` is."""
    return next(iter(find(pixels(grab(widget)))), None)
