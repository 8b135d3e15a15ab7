"""The clip, or a part of it: where the picture is, its shots, what is said, its hits, the marked range."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QToolTip, QWidget

from desktop_search.core.language import _
from desktop_search.core.outline import Outline
from desktop_search.ui.style.theme import tokens
from desktop_search.ui.watch.timeline_paint import (
    HEIGHT_PX,
    MARGIN_PX,
    RANGE_BOTTOM,
    SHOTS_BOTTOM,
    SHOTS_TOP,
    SPEECH_BOTTOM,
    SPEECH_TOP,
    Lanes,
    LanesPainter,
    Span,
)
from desktop_search.ui.watch.timeline_tips import tip_at
from desktop_search.ui.watch.timeline_view import TimelineView

__all__ = ["MARGIN_PX", "Timeline"]
_HEAD_PX, _GRIP_PX = 5, 6
_SCRUB_MS = 60  # at most so often a seek while dragging
_KEY_STEP_MS = 1000
ZOOM_STEP = 1.6
_LARGEST_INT = 2**31 - 1  # a damaged file may claim any length
_NOTCH = 120  # of a mouse wheel
_HELP = _(
    "Up and Down go by a second, plus and minus zoom. Below the shots is what is said: a click goes to where a line "
    "begins. Triangles are hits; the ends of the marked range can be dragged."
)


class Timeline(QAbstractSlider):
    """Click or drag to seek. For a screen reader it is a slider in ms, with the timecode in its description.

    Signals:
        seek_asked(ms): coalesced while dragging, always once more when the mouse is let go.
        range_dragged(in_ms, out_ms): the user drags an end of the marked range; the open one is `None`.
    """

    seek_asked = Signal(object)
    range_dragged = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setAccessibleName(_("Timeline"))
        self.setAccessibleDescription(_HELP)
        self.setToolTip(_("Click or drag to seek. ▲ a hit of this clip"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self._view, self._lanes = TimelineView(), Lanes()
        self._format: Callable[[int], str] = str
        self._position_ms = 0
        self._drawn: QPixmap | None = None
        self._wanted_ms: int | None = None
        self._dragged: int | None = None  # an end of the range
        self._dragging = False
        self._scrub = QTimer(self, singleShot=True, interval=_SCRUB_MS)
        self._scrub.timeout.connect(self._on_scrub)

    @property
    def view(self) -> TimelineView:
        """The part of the clip that is shown."""
        return self._view

    @property
    def lanes(self) -> Lanes:
        """What is drawn beside the playhead."""
        return self._lanes

    @property
    def marks(self) -> tuple[int, ...]:
        """The starts of the hits, in milliseconds."""
        return self._lanes.hits

    def set_format(self, timecode: Callable[[int], str]) -> None:
        """How a time in ms is written."""
        self._format = timecode

    def set_duration(self, duration_ms: int) -> None:
        """How long the clip is; 0 when unknown."""
        self.setRange(0, max(0, min(duration_ms - 1, _LARGEST_INT)))
        self.setValue(min(self._position_ms, _LARGEST_INT))
        self._set_view(TimelineView.of(duration_ms))

    def set_position(self, position_ms: int) -> None:
        """Where the picture is. While the user drags, the drag is what is shown."""
        if self._dragging or position_ms == self._position_ms:
            return
        self._move_head(position_ms)
        self._set_view(self._view.following(position_ms))

    def set_marks(self, starts_ms: Sequence[int]) -> None:
        """The starts of this clip's hits."""
        self._set_lanes(replace(self._lanes, hits=tuple(sorted(set(starts_ms)))))

    def set_hit(self, hit: Span | None, handles: Span | None = None) -> None:
        """From where to where the chosen hit is, and with its handles."""
        self._set_lanes(replace(self._lanes, hit=hit, handles=handles))

    def set_range(self, in_ms: int | None, out_ms: int | None) -> None:
        """The marked range; either end may be open."""
        self._set_lanes(replace(self._lanes, marked=(in_ms, out_ms)))

    def set_outline(self, outline: Outline) -> None:
        """The clip's shots and speech."""
        self._set_lanes(replace(self._lanes, outline=outline))

    def zoom(self, factor: float) -> None:
        """Closer, or farther below 1, around the playhead."""
        self._set_view(self._view.zoomed(factor, self._position_ms))

    def zoom_to_hit(self) -> None:
        """The chosen hit with its handles, and some room around it; the whole clip when that is in view already."""
        shown = self._lanes.handles or self._lanes.hit
        near = self._view.showing(*shown) if shown is not None else None
        self._set_view(TimelineView.of(self._view.duration_ms) if near is None or near == self._view else near)

    def zoom_to_clip(self) -> None:
        """The whole clip."""
        self._set_view(TimelineView.of(self._view.duration_ms))

    def x_of(self, time_ms: float) -> float:
        """Where a time is drawn, in pixels from the left; beyond the ends when it is out of view."""
        return MARGIN_PX + self._view.share_of(time_ms) * (self.width() - 2 * MARGIN_PX)

    def time_at(self, x: float) -> int:
        """The time that is drawn there, in ms."""
        return self._view.time_at((x - MARGIN_PX) / max(1, self.width() - 2 * MARGIN_PX))

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(320, HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        """Narrow, but never flat."""
        return QSize(80, HEIGHT_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The lanes as they were drawn once, and the playhead over them."""
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._lanes_drawn())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            if self._view.duration_ms:
                x = self.x_of(self._position_ms)
                painter.setBrush(tokens().text)
                painter.drawRect(QRectF(x - 0.75, 2, 1.5, SPEECH_BOTTOM))
                painter.drawEllipse(QPointF(x, (SHOTS_TOP + SHOTS_BOTTOM) / 2), _HEAD_PX, _HEAD_PX)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(tokens().accent)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything lies elsewhere now."""
        super().resizeEvent(event)
        self._draw_anew()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has other colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw_anew()

    def event(self, event: QEvent) -> bool:
        """The tool tip is told by the mouse's movements."""
        return True if event.type() is QEvent.Type.ToolTip else super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take an end of the range, go to where a line begins, or go there at once."""
        if event.button() is not Qt.MouseButton.LeftButton or not self._view.duration_ms:
            return
        QToolTip.hideText()
        place = event.position()
        self._dragged = self._end_at(place)
        if self._dragged is not None:
            return
        line = self._lanes.outline.said_at(self.time_at(place.x()), self._grip_ms()) if _is_speech(place) else None
        if line is not None:
            self.seek_asked.emit(line.start_ms)
            return
        self._dragging = True
        self._want(place.x(), at_once=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse: a seek now and then, an end of the range, or what is to be known of the place."""
        place = event.position()
        if self._dragged is not None:
            self._drag_end(self.time_at(place.x()))
        elif self._dragging:
            self._want(place.x(), at_once=False)
        elif self._view.duration_ms:
            is_grip = self._end_at(place) is not None
            self.setCursor(Qt.CursorShape.SizeHorCursor if is_grip else Qt.CursorShape.ArrowCursor)
            tip = tip_at(self._lanes, self.time_at(place.x()), self._grip_ms(), self._format)
            QToolTip.showText(event.globalPosition().toPoint(), tip, self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End exactly where the mouse was let go."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._dragged = None
        if self._dragging:
            self._want(event.position().x(), at_once=False)
            self._dragging = False
            self._scrub.stop()
            self._on_scrub()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl closer or farther, around the mouse; without it along the clip when it is not all in view."""
        notches = (event.angleDelta().y() or event.angleDelta().x()) / _NOTCH
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._set_view(self._view.zoomed(ZOOM_STEP**notches, self.time_at(event.position().x())))
        elif not self._view.is_whole:
            self._set_view(self._view.moved(-notches / 8))
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go by a second, plus and minus zoom; everything else is the pane's."""
        key = Qt.Key(event.key())
        step = {Qt.Key.Key_Up: _KEY_STEP_MS, Qt.Key.Key_Down: -_KEY_STEP_MS}.get(key)
        if not self._view.duration_ms or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif step is not None:
            self.seek_asked.emit(max(0, min(self._view.duration_ms - 1, self._position_ms + step)))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom(1 / ZOOM_STEP if key is Qt.Key.Key_Minus else ZOOM_STEP)
        else:
            event.ignore()

    def _set_view(self, view: TimelineView) -> None:
        if view != self._view:
            self._view = view
            self._draw_anew()

    def _set_lanes(self, lanes: Lanes) -> None:
        if lanes != self._lanes:
            self._lanes = lanes
            self._draw_anew()

    def _draw_anew(self) -> None:
        self._drawn = None
        self.update()

    def _lanes_drawn(self) -> QPixmap:
        """The lanes change seldom, the playhead many times a second."""
        ratio = self.devicePixelRatioF()
        if self._drawn is None or self._drawn.devicePixelRatio() != ratio:
            self._drawn = QPixmap(self.size() * ratio)
            self._drawn.setDevicePixelRatio(ratio)
            self._drawn.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._drawn)
            LanesPainter(painter, self._view, self.width()).paint(self._lanes)
            painter.end()
        return self._drawn

    def _move_head(self, position_ms: int) -> None:
        before, after = self.x_of(self._position_ms), self.x_of(position_ms)
        self._position_ms = position_ms
        for x in (before, after):
            if -_HEAD_PX < x < self.width() + _HEAD_PX:
                self.update(QRect(int(x) - _HEAD_PX - 2, 0, 2 * _HEAD_PX + 4, self.height()))
        if position_ms // _KEY_STEP_MS != self.value() // _KEY_STEP_MS:  # a screen reader need not hear of every frame
            self.setValue(min(position_ms, _LARGEST_INT))
            self.setAccessibleDescription(f"{self._format(position_ms)}. {_HELP}")

    def _grip_ms(self) -> int:
        """How much time a finger's breadth is."""
        return round(_GRIP_PX * self._view.span_ms / max(1, self.width() - 2 * MARGIN_PX))

    def _end_at(self, place: QPointF) -> int | None:
        """The end of the marked range that can be taken there: 0 for in, 1 for out."""
        if place.y() > RANGE_BOTTOM:
            return None
        near = [
            (abs(self.x_of(time_ms) - place.x()), end)
            for end, time_ms in enumerate(self._lanes.marked)
            if time_ms is not None
        ]
        distance, end = min(near, default=(_GRIP_PX + 1.0, 0))
        return end if distance <= _GRIP_PX else None

    def _drag_end(self, time_ms: int) -> None:
        start, end = self._lanes.marked
        if self._dragged == 0:
            start = time_ms if end is None else min(time_ms, end)
        else:
            end = time_ms if start is None else max(time_ms, start)
        self.range_dragged.emit(start, end)

    def _want(self, x: float, *, at_once: bool) -> None:
        self._wanted_ms = self.time_at(x)
        self._move_head(self._wanted_ms)
        if at_once:
            self._on_scrub()
        elif not self._scrub.isActive():
            self._scrub.start()

    def _on_scrub(self) -> None:
        wanted, self._wanted_ms = self._wanted_ms, None
        if wanted is not None:
            self.seek_asked.emit(wanted)


def _is_speech(place: QPointF) -> bool:
    return SPEECH_TOP - 1 <= place.y() <= SPEECH_BOTTOM + 1
