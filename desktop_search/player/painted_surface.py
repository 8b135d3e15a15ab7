"""The picture painted by Qt, for where libVLC has no window to draw into: Wayland, and whoever wants it so."""

from __future__ import annotations

import logging

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QShowEvent

from desktop_search.player.frame_store import FrameStore
from desktop_search.player.surface import BEHIND, Surface, fitted

_log = logging.getLogger(__name__)


class PaintedSurface(Surface):
    """Paints the still while held, and else the newest frame that libVLC wrote into memory."""

    _frame_came = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._frames = FrameStore(self._tell)
        self._still: QImage | None = None
        self._shape: QSize | None = None  # of the still: it knows of pixels that are not square
        self._serial = self._told = 0
        self._shows_video, self._frames_before = False, 0
        self._frame_came.connect(self._on_frame, Qt.ConnectionType.QueuedConnection)
        self._flushed = QTimer(self, singleShot=True, interval=0)
        self._flushed.timeout.connect(self._on_flushed)

    def outlet(self) -> FrameStore:
        """The memory that libVLC is to write into."""
        return self._frames

    def show_still(self, image: QImage, serial: int) -> None:
        """Show this picture in place of the video."""
        self._still, self._serial = image, serial
        self._shape = image.size()
        self._shows_video = False
        self.update()

    def show_black(self) -> None:
        """Show nothing, and no frame that was there before."""
        self._still = self._shape = None
        self._shows_video = False
        self._frames_before = self._frames.count
        self.update()

    def expect_video(self) -> None:
        """Only a frame that comes after this is of the video that plays now."""
        self._frames_before = self._frames.count

    def show_video(self) -> None:
        """Show the video as soon as there is a frame of it."""
        self._shows_video = True
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Frames need not be larger than the screen."""
        super().showEvent(event)
        self._frames.max_side_px = self.longest_side_px()

    def paintEvent(self, event: QPaintEvent) -> None:
        """One picture, as large as fits, on black."""
        is_video = self._shows_video and self._frames.count > self._frames_before
        image = self._frames.take() if is_video else self._still
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), BEHIND)
            if image is not None and not image.isNull():
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                size = self._shape or image.size()
                painter.drawImage(fitted(size, self.rect()) if is_video else self.place_of_still(size), image)
            if not is_video and image is not None:
                self._flushed.start()  # the backing store goes to the screen right after this

    def update_still(self) -> None:
        """Paint the still again."""
        self.update()

    def _tell(self) -> None:
        """Called on libVLC's threads."""
        try:
            self._frame_came.emit()
        except RuntimeError:
            _log.debug("a frame came after the surface was gone")

    def _on_frame(self) -> None:
        if self._shows_video:
            self.update()
        else:
            self._frames.take()  # so that the next one is told too

    def _on_flushed(self) -> None:
        if self._told != self._serial:
            self._told = self._serial
            self.still_painted.emit(self._serial)
