"""Looking at the real screen: the video is in it, which a grab of a widget alone would leave out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from desktop_search.core.errors import AppError, FileProblem
from desktop_search.core.language import _
from desktop_search.media import frame_code


def grab(widget: QWidget) -> QImage:
    """What the screen shows where `widget` is, as RGB."""
    screen = widget.screen()
    area = QRect(widget.mapToGlobal(widget.rect().topLeft()), widget.size()).intersected(screen.geometry())
    area.translate(-screen.geometry().topLeft())
    shot = screen.grabWindow(0, area.x(), area.y(), area.width(), area.height())
    if shot.isNull():
        raise AppError(
            _("The screen could not be read."), hint=_("Pictures of the screen need X11 or a virtual display.")
        )
    return shot.toImage().convertToFormat(QImage.Format.Format_RGB888)


def paint(widget: QWidget) -> None:
    """Paint what is due, and wait until the screen has it."""
    QApplication.sendPostedEvents()
    widget.repaint()
    QApplication.processEvents()
    QApplication.sync()


def save_screen(widget: QWidget, target: Path) -> None:
    """Save what the screen shows of the window as a PNG."""
    if not grab(widget).save(str(target)):
        raise FileProblem(_("{target} could not be written.").format(target=target))


def frame_on_screen(widget: QWidget) -> frame_code.FrameCode | None:
    """The number of the frame that is on the screen within `widget`, or `None` when it shows none."""
    return next(iter(frame_code.find(_pixels(grab(widget)))), None)


def is_blank(widget: QWidget) -> bool:
    """Whether the screen shows one colour only where `widget` is: it has not been painted yet."""
    pixels = _pixels(grab(widget))
    return bool((pixels == pixels[0, 0]).all())


def _pixels(image: QImage) -> frame_code.Pixels:
    """Height × width × 3, RGB; a copy, because the image will go."""
    rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()
