"""The clip from start to end: where the picture is, where the hits are, and the marked range."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_search.ui.style.theme import tokens

_HEIGHT_PX, MARGIN_PX, _BAR_PX, _MARK_PX = 30, 6, 3, 5
_SCRUB_MS = 60  # at most so often a seek while dragging
_KEY_STEP_MS = 1000


class Timeline(QWidget):
    """Click or drag to seek.

    Signals:
        seek_asked(ms): coalesced while dragging, always once more when the mouse is let go.
    """

    seek_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Timeline")
        self.setAccessibleDescription("Click or drag to go to another time; marks show the hits of this clip.")
        self.setToolTip("Click or drag to seek. ▲ a hit of this clip")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._duration_ms = self._position_ms = 0
        self._marks: tuple[int, ...] = ()
        self._range: tuple[int | None, int | None] = (None, None)
        self._wanted_ms: int | None = None
        self._dragging = False
        self._scrub = QTimer(self, singleShot=True, interval=_SCRUB_MS)
        self._scrub.timeout.connect(self._on_scrub)

    @property
    def marks(self) -> tuple[int, ...]:
        """The starts of the hits, in milliseconds."""
        return self._marks

    def set_duration(self, duration_ms: int) -> None:
        """How long the clip is; 0 when unknown."""
        self._duration_ms = duration_ms
        self.update()

    def set_position(self, position_ms: int) -> None:
        """Where the picture is. While the user drags, the drag is what is shown."""
        if not self._dragging:
            self._position_ms = position_ms
            self.update()

    def set_marks(self, starts_ms: Sequence[int]) -> None:
        """The starts of this clip's hits."""
        self._marks = tuple(sorted(set(starts_ms)))
        self.update()

    def set_range(self, in_ms: int | None, out_ms: int | None) -> None:
        """The marked range; either end may be open."""
        self._range = (in_ms, out_ms)
        self.update()

    def x_of(self, time_ms: int) -> float:
        """Where a time is drawn, in pixels from the left."""
        share = min(1.0, time_ms / self._duration_ms) if self._duration_ms else 0.0
        return MARGIN_PX + share * (self.width() - 2 * MARGIN_PX)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(320, _HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        """Narrow, but never flat."""
        return QSize(80, _HEIGHT_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bar, marked range, hits, playhead."""
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle = self.height() / 2
        bar = QRectF(MARGIN_PX, middle - _BAR_PX / 2, self.width() - 2 * MARGIN_PX, _BAR_PX)
        painter.setBrush(colours.line if self.isEnabled() else colours.raised)
        painter.drawRoundedRect(bar, 2, 2)
        if not self._duration_ms:
            return
        self._paint_range(painter, bar)
        painter.setBrush(colours.accent)
        for mark in self._marks:
            x, top = self.x_of(mark), middle + _BAR_PX
            painter.drawPolygon(QPolygonF([QPointF(x, top), QPointF(x - 4, top + 7), QPointF(x + 4, top + 7)]))
        x = self.x_of(self._position_ms)
        painter.setBrush(colours.text)
        painter.drawRect(QRectF(x - 0.75, 3, 1.5, self.height() - 6))
        painter.drawEllipse(QPointF(x, middle), _MARK_PX, _MARK_PX)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(colours.accent)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there at once."""
        if event.button() is Qt.MouseButton.LeftButton and self._duration_ms:
            self._dragging = True
            self._want(event.position().x(), at_once=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse, a seek now and then."""
        if self._dragging:
            self._want(event.position().x(), at_once=False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End exactly where the mouse was let go."""
        if self._dragging and event.button() is Qt.MouseButton.LeftButton:
            self._want(event.position().x(), at_once=False)
            self._dragging = False
            self._scrub.stop()
            self._on_scrub()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go by a second; everything else is the pane's."""
        step = {Qt.Key.Key_Up: _KEY_STEP_MS, Qt.Key.Key_Down: -_KEY_STEP_MS}.get(Qt.Key(event.key()))
        if step is None or not self._duration_ms:
            event.ignore()
            return
        self.seek_asked.emit(max(0, min(self._duration_ms - 1, self._position_ms + step)))

    def _paint_range(self, painter: QPainter, bar: QRectF) -> None:
        start, end = self._range
        if start is None and end is None:
            return
        left = self.x_of(start) if start is not None else bar.left()
        right = self.x_of(end) if end is not None else bar.right()
        painter.setBrush(tokens().good)
        painter.drawRect(QRectF(left, bar.top() - 3, max(2.0, right - left), 3))
        for x in [left] * (start is not None) + [right] * (end is not None):
            painter.drawRect(QRectF(x - 1, bar.top() - 7, 2, 10))

    def _want(self, x: float, *, at_once: bool) -> None:
        share = (x - MARGIN_PX) / max(1, self.width() - 2 * MARGIN_PX)
        self._wanted_ms = round(max(0.0, min(1.0, share)) * (self._duration_ms - 1))
        self._position_ms = self._wanted_ms
        self.update()
        if at_once:
            self._on_scrub()
        elif not self._scrub.isActive():
            self._scrub.start()

    def _on_scrub(self) -> None:
        wanted, self._wanted_ms = self._wanted_ms, None
        if wanted is not None:
            self.seek_asked.emit(wanted)
