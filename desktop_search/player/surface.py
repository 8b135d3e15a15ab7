"""Where the picture is: a native window that libVLC draws into, and over it the exact frame while held."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_search.core.language import _
from desktop_search.player.frame_store import FrameStore

_LARGEST_PX = 16_384  # of a still at 100 %
_SMALLEST = QSize(240, 135)
BEHIND = QColor(0, 0, 0)


class _VideoWindow(QWidget):
    """libVLC draws into it. Elsewhere than on X it is libVLC's alone; were Qt to paint too, the picture would flicker.

    On X libVLC's own window in it is as large as the picture, and nobody else clears what lies beside that.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DontCreateNativeAncestors)
        self.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setUpdatesEnabled(QGuiApplication.platformName() == "xcb")

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), BEHIND)


class _Still(QWidget):
    """One picture, as large as fits, on black. Native, since it lies over a native window.

    Signals:
        painted(serial): the picture with this serial has gone to the screen.
    """

    painted = Signal(int)

    def __init__(self, parent: Surface) -> None:
        super().__init__(parent)
        self._surface = parent
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
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), BEHIND)
            if self._image is not None and not self._image.isNull():
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(self._surface.place_of_still(self._image.size()), self._image)
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
        self.setAccessibleName(_("Picture of the clip"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._is_actual_size = False
        self._centre = QPointF(0.5, 0.5)  # which place of a still at 100 % is in the middle, as a share of it
        self._still_size = QSize()
        self._taken_at = QPointF()

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

    @property
    def is_actual_size(self) -> bool:
        """Whether stills are shown pixel by pixel."""
        return self._is_actual_size

    def set_actual_size(self, *, is_actual: bool) -> None:
        """Show stills at 100 %, to be moved by the mouse, or as large as fits. Video always fits."""
        self._is_actual_size, self._centre = is_actual, QPointF(0.5, 0.5)
        self.setCursor(Qt.CursorShape.OpenHandCursor if is_actual else Qt.CursorShape.ArrowCursor)
        self.update_still()

    def update_still(self) -> None:
        """Paint the still again."""
        raise NotImplementedError

    def place_of_still(self, picture: QSize) -> QRect:
        """Where a still of this size goes."""
        self._still_size = QSize(picture)
        if not self._is_actual_size:
            return fitted(picture, self.rect())
        size = picture / self.devicePixelRatioF()
        left = _start(self.width(), size.width(), self._centre.x())
        top = _start(self.height(), size.height(), self._centre.y())
        return QRect(left, top, size.width(), size.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the picture at 100 %."""
        self._taken_at = event.position()
        event.setAccepted(self._is_actual_size)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it."""
        if self._is_actual_size and event.buttons() & Qt.MouseButton.LeftButton and self._still_size.isValid():
            way, self._taken_at = event.position() - self._taken_at, event.position()
            size = self._still_size / self.devicePixelRatioF()
            x, y = self._centre.x() - way.x() / size.width(), self._centre.y() - way.y() / size.height()
            self._centre = QPointF(max(0.0, min(1.0, x)), max(0.0, min(1.0, y)))
            self.update_still()

    def longest_side_px(self) -> int:
        """How large a picture can usefully be: as large as the screen, or as it is."""
        if self._is_actual_size:
            return _LARGEST_PX
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

    def update_still(self) -> None:
        """Paint the still again."""
        self._still.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Both fill the surface."""
        super().resizeEvent(event)
        self._video.setGeometry(self.rect())
        self._still.setGeometry(self.rect())

    def _cover(self) -> None:
        self._still.show()
        self._still.raise_()


def _start(room: int, length: int, centre: float) -> int:
    """Where a picture begins of which `centre` is to be in the middle; it leaves no room free that it can fill."""
    if length <= room:
        return (room - length) // 2
    return max(room - length, min(0, round(room / 2 - centre * length)))


def fitted(picture: QSize, into: QRect) -> QRect:
    """The largest rectangle of the picture's shape in the middle of `into`."""
    size = picture.scaled(into.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(0, 0, size.width(), size.height())
    place.moveCenter(into.center())
    return place
