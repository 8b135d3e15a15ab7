"""Says in the picture's place what is going on: nothing chosen, fetching, failed, no player, a still image."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop_search.core.language import _, number
from desktop_search.ui.style.theme import tokens

_PERMILLE, _BAR_WIDTH_PX, _TEXT_WIDTH_PX, _MARGIN_PX = 1000, 260, 420, 16
_MB = 1_000_000


class MessagePage(QWidget):
    """A heading, a line or two, and a bar while something is fetched.

    Signals:
        stop_asked(): it need not be fetched.
        retry_asked(): the same again.
        find_asked(): the user knows where the file is now.
    """

    stop_asked = Signal()
    retry_asked = Signal()
    find_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.text, self.bar = QLabel(), QLabel(), QProgressBar()
        self.title.setProperty("role", "heading")
        self.text.setProperty("role", "caption")
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar.setRange(0, _PERMILLE)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(_BAR_WIDTH_PX)
        self.bar.setAccessibleName(_("Fetched so far"))
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        self._column.addWidget(self.title)
        self._column.addWidget(self.text)
        self._column.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignHCenter)
        self.stop = QPushButton(_("Stop"))
        self.stop.setAccessibleName(_("Stop fetching the clip"))
        self.stop.clicked.connect(self.stop_asked)
        self.find_file, self.retry = QPushButton(_("Find…")), QPushButton(_("Try again"))
        self.find_file.setToolTip(_("Choose the file where it is now"))
        self.find_file.setAccessibleName(_("Find the file of the clip"))
        self.find_file.clicked.connect(self.find_asked)
        self.retry.clicked.connect(self.retry_asked)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.stop, self.find_file, self.retry):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._column.addLayout(buttons)
        self._column.addStretch(1)
        self.show_message("", "")

    def show_message(self, title: str, text: str, *, can_retry: bool = False, can_find: bool = False) -> None:
        """Words, with the next steps that there are."""
        self.title.setText(title)
        self.text.setText(text)
        self.bar.hide()
        self.stop.hide()
        self.retry.setVisible(can_retry)
        self.find_file.setVisible(can_find)
        self.setAccessibleName(f"{title} {text}".strip())

    def show_progress(self, received_bytes: int, total_bytes: int | None) -> None:
        """How much of the clip is here; the bar runs to and fro where the total is unknown."""
        if total_bytes:
            self.bar.setRange(0, _PERMILLE)
            self.bar.setValue(min(_PERMILLE, received_bytes * _PERMILLE // total_bytes))
        else:
            self.bar.setRange(0, 0)
        self.show_message(_("Fetching the clip"), so_far(received_bytes, total_bytes))
        self.bar.show()
        self.stop.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines stay short enough to be read."""
        super().resizeEvent(event)
        side = max(_MARGIN_PX, (self.width() - _TEXT_WIDTH_PX) // 2)
        self._column.setContentsMargins(side, _MARGIN_PX, side, _MARGIN_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The calm ground that is around every picture."""
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), tokens().panel)


def so_far(received_bytes: int, total_bytes: int | None) -> str:
    """Such as "12.3 of 45.0 MB"."""
    received = number(received_bytes / _MB, 1)
    if not total_bytes:
        return _("{size} MB").format(size=received)
    return _("{some} of {all} MB").format(some=received, all=number(total_bytes / _MB, 1))


class PicturePage(QWidget):
    """A still image, as large as fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Picture"))
        self._pixmap = QPixmap()

    @property
    def pixmap(self) -> QPixmap:
        """What is shown."""
        return self._pixmap

    def set_pixmap(self, pixmap: QPixmap) -> None:
        """Show this picture."""
        self._pixmap = pixmap
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture in the middle."""
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), tokens().video)
            if self._pixmap.isNull():
                return
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            size = self._pixmap.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
            painter.drawPixmap(left, top, size.width(), size.height(), self._pixmap)
