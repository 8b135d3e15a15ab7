"""Where the picture is: a native window that libVLC draws into, and over it the exact frame while held."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_search.player.frame_store import FrameStore

_SMALLEST = QSize(240, 135)
BEHIND = QColor(0, 0, 0)


class _VideoWindow(QWidget):
    """Belongs to libVLC alone; were Qt to paint here too, the picture would flicker."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DontCreateNativeAncestors)
        self.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setUpdatesEnabled(False)


class _Still(QWidget):
    """One picture, as large as fits, on black. Native, since it lies over a native window.

    Signals:
        painted(serial): the picture with this serial has gone to the screen.
    """

    painted = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DontCreateNativeAncestors)
        self.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._image: QImage | None = None
        self._serial = self._told = 0
        self._flushed = QTimer(self, singleShot=True, interval=0)
        self._flushed.timeout.connect(self._on_flushed)

    def show_image(self, image: QImage | None, serial: int) -> None:
        self._image, self._serial = image, serial
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), BEHIND)
        if self._image is not None and not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(fitted(self._image.size(), self.rect()), self._image)
            self._flushed.start()  # the backing store goes to the screen right after this

    def _on_flushed(self) -> None:
        if self._told != self._serial:
            self._told = self._serial
            self.painted.emit(self._serial)


class Surface(QWidget):
    """The player's picture, whoever draws it.

    Signals:
        still_painted(serial): the still given with this serial is on screen.
    """

    still_painted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Picture of the clip")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def outlet(self) -> int | FrameStore:
        """What libVLC is to draw into."""
        raise NotImplementedError

    def show_still(self, image: QImage, serial: int) -> None:
        """Show this picture over the video."""
        raise NotImplementedError

    def show_black(self) -> None:
        """Show nothing."""
        raise NotImplementedError

    def expect_video(self) -> None:
        """The video goes on from here; what it showed before is of the past."""

    def show_video(self) -> None:
        """Let the video be seen."""
        raise NotImplementedError

    def longest_side_px(self) -> int:
        """How large a picture can usefully be: as large as the screen."""
        size = self.screen().size() * self.devicePixelRatio()
        return max(size.width(), size.height())

    def minimumSizeHint(self) -> QSize:
        """Small, but still a picture."""
        return _SMALLEST


class WindowSurface(Surface):
    """libVLC draws into a native window; Qt lays the still over it in another."""

    def __init__(self) -> None:
        super().__init__()
        self._video = _VideoWindow(self)
        self._still = _Still(self)
        self._still.raise_()
        self._still.painted.connect(self.still_painted)

    def outlet(self) -> int:
        """The native window to draw into."""
        return int(self._video.winId())

    def show_still(self, image: QImage, serial: int) -> None:
        """Show this picture over the video."""
        self._still.show_image(image, serial)
        self._cover()

    def show_black(self) -> None:
        """Show nothing."""
        self._still.show_image(None, 0)
        self._cover()

    def show_video(self) -> None:
        """Let the video be seen."""
        self._still.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Both fill the surface."""
        super().resizeEvent(event)
        self._video.setGeometry(self.rect())
        self._still.setGeometry(self.rect())

    def _cover(self) -> None:
        self._still.show()
        self._still.raise_()


def fitted(picture: QSize, into: QRect) -> QRect:
    """The largest rectangle of the picture's shape in the middle of `into`."""
    size = picture.scaled(into.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(0, 0, size.width(), size.height())
    place.moveCenter(into.center())
    return place
