"""The map itself: moved by dragging and arrows, zoomed by wheel and keys; a click chooses the clips of a circle."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from desktop_search.core.areas import Area
from desktop_search.core.language import _, ngettext
from desktop_search.core.map_filters import ground_around
from desktop_search.core.map_points import Cluster, PointField
from desktop_search.core.map_projection import Flat, MapView, fitting, place_at
from desktop_search.core.places import Place, described
from desktop_search.ui.places.map_painting import MapPainter, radius_of
from desktop_search.ui.places.world import World
from desktop_search.ui.style.theme import tokens

CELL_PX = 44  # clips that are closer than about this are one circle
_STEP = 1.6  # of a key's zoom
_WHEEL_STEP = 1.25
_FITTED_PX = 16_000.0  # how close the map goes by itself
_NOTCH, _PAN_PX = 120, 60
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class MapCanvas(QWidget):
    """Signals:
    chosen(object): the cluster that is chosen, `None` for none.
    opened(): its clips are wanted.
    area_drawn(Area): a rectangle was drawn.
    near_asked(Place | Area): this was chosen from the menu.
    moved(): another part of the map is on show.
    """

    chosen = Signal(object)
    opened = Signal()
    area_drawn = Signal(object)
    near_asked = Signal(object)
    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._world: World | None = None
        self._field = PointField()
        self._on_show: tuple[tuple[MapView, int, int], tuple[Cluster, ...]] | None = None
        self._ground: Place | Area | None = None
        self._view = MapView()
        self._is_fitted = True  # the user has not moved it yet
        self._cluster: Cluster | None = None
        self._pressed: QPointF | None = None
        self._dragged: QPointF | None = None
        self._box: QRectF | None = None
        self.is_drawing = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(200, 140)
        self.setAccessibleName(_("Map of the footage"))
        self._describe()

    @property
    def view(self) -> MapView:
        """What is on show."""
        return self._view

    @property
    def cluster(self) -> Cluster | None:
        """The one that is chosen."""
        return self._cluster

    def set_world(self, world: World) -> None:
        """Draw these outlines."""
        self._world = world
        self.update()

    def set_field(self, field: PointField) -> None:
        """Show these clips; until the user moves the map it shows all of them. What is chosen stays, if it is there."""
        self._field, self._on_show = field, None
        if self._is_fitted:
            self._fit()
        self._choose(self._again(self._cluster))
        self._describe()
        self.update()

    def set_ground(self, ground: Place | Area | None) -> None:
        """Show where a search looks."""
        self._ground = ground
        self.update()

    def set_drawing(self, *, is_drawing: bool) -> None:
        """Whether a drag draws a rectangle; else it moves the map."""
        self.is_drawing, self._box = is_drawing, None
        self.setCursor(Qt.CursorShape.CrossCursor if is_drawing else Qt.CursorShape.ArrowCursor)
        self.update()

    def clusters(self) -> tuple[Cluster, ...]:
        """What is on show, west to east."""
        key = self._view, self.width(), self.height()
        if self._on_show is None or self._on_show[0] != key:
            self._on_show = key, self._clusters()
        return self._on_show[1]

    def _clusters(self) -> tuple[Cluster, ...]:
        margin = CELL_PX
        left, top = self._view.to_flat(-margin, -margin, self.width(), self.height())
        right, bottom = self._view.to_flat(self.width() + margin, self.height() + margin, self.width(), self.height())
        shown = self._field.clusters(_level(self._view), left, right)
        return tuple(each for each in shown if top <= each.at[1] <= bottom)

    def area(self) -> Area:
        """The part of the globe that is on show."""
        return self._area(QRectF(0, 0, self.width(), self.height()))

    def ground(self) -> Place | Area:
        """What the chosen circle covers; else the place in the middle."""
        return place_at(self._view.x, self._view.y) if self._cluster is None else ground_around(self._cluster)

    def point_of(self, at: Flat) -> QPointF:
        """Where in the widget a point of the map is."""
        return QPointF(*self._view.to_screen(*at, self.width(), self.height()))

    def zoom_in(self) -> None:
        """Closer, around the middle."""
        self._show(self._view.zoomed(_STEP, self._least_px()))

    def zoom_out(self) -> None:
        """Farther."""
        self._show(self._view.zoomed(1 / _STEP, self._least_px()))

    def show_all(self) -> None:
        """All clips, as close as they allow."""
        self._is_fitted = True
        self._fit()
        self._moved()

    def step(self, by: int) -> None:
        """Choose the next circle, or the one before, of those on show."""
        seen = QRectF(self.rect())
        shown = [each for each in self.clusters() if seen.contains(self.point_of(each.at))]
        if shown:
            at = next((place for place, each in enumerate(shown) if each is self._cluster), None)
            self._choose(shown[(0 if by > 0 else -1) if at is None else (at + by) % len(shown)])

    def unchoose(self) -> None:
        """No circle is chosen any longer, and no rectangle is drawn."""
        self._box = self._pressed = None
        self._choose(None)

    def sizeHint(self) -> QSize:
        """Room for a world."""
        return QSize(640, 420)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Until the user moves the map, it shows all."""
        super().resizeEvent(event)
        if self._is_fitted:
            self._fit()
        else:
            self._view = self._view.zoomed(1, self._least_px())
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the map."""
        step = _ARROWS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self._show(self._view.moved(step[0] * _PAN_PX, step[1] * _PAN_PX))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Closer or farther; what is under the pointer stays there."""
        notches = event.angleDelta().y() / _NOTCH
        right, down = event.position().x() - self.width() / 2, event.position().y() - self.height() / 2
        self._show(self._view.zoomed(_WHEEL_STEP**notches, self._least_px(), right, down))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A drag may begin."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = self._dragged = event.position()
            is_box = self.is_drawing or bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._box = QRectF(self._pressed, self._pressed) if is_box else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the map, or draw the rectangle."""
        if self._pressed is None or self._dragged is None:
            return
        if self._box is not None:
            self._box = QRectF(self._pressed, event.position()).normalized()
            self.update()
        elif self._is_far(event.position()):
            step = self._dragged - event.position()
            self._dragged = event.position()
            self._show(self._view.moved(step.x(), step.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses; a rectangle is done."""
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed is None:
            return
        is_click, box = not self._is_far(event.position()) and self._pressed == self._dragged, self._box
        self._pressed = self._dragged = self._box = None
        self.update()
        if box is not None and box.width() > 3 and box.height() > 3:
            self.area_drawn.emit(self._area(box))
        elif is_click:
            self._choose(self._at(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Into the circle, or closer to where there is none."""
        if self._at(event.position()) is not None:
            self.opened.emit()
        else:
            right, down = event.position().x() - self.width() / 2, event.position().y() - self.height() / 2
            self._show(self._view.zoomed(_STEP, self._least_px(), right, down))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the place under the pointer, or by the key with the chosen one."""
        ground = self.ground()
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            circle = self._at(QPointF(event.pos()))
            at = self._view.to_flat(event.pos().x(), event.pos().y(), self.width(), self.height())
            ground = place_at(*at) if circle is None else ground_around(circle)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = _("Search only within 20 km of {place}") if isinstance(ground, Place) else _("Search only in {place}")
        menu.addAction(words.format(place=described(ground)), lambda: self.near_asked.emit(ground))
        menu.popup(event.globalPos())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: draw it."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), tokens().field)
            width, height = self.width(), self.height()
            paint = MapPainter(painter, self._view, width, height)
            if self._world is not None:
                self._world.outlines(self._view).paint(painter, self._view, width, height)
                paint.names(self._world.names)
            paint.ground(self._ground)
            paint.clusters(self.clusters(), self._cluster)
            if self._box is not None:
                paint.drawn(self._box)
            paint.scale()
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(tokens().accent)
                painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def _show(self, view: MapView) -> None:
        self._is_fitted = False
        if view != self._view:
            is_same_level, self._view = _level(view) == _level(self._view), view
            if not is_same_level:
                self._choose(None)
            self._moved()

    def _moved(self) -> None:
        self._describe()
        self.update()
        self.moved.emit()

    def _fit(self) -> None:
        self._view = fitting(self._field.points, self.width(), self.height(), self._least_px(), _FITTED_PX)

    def _least_px(self) -> float:
        return float(max(self.width(), 256))

    def _is_far(self, at: QPointF) -> bool:
        """Whether this is a drag by now."""
        assert self._pressed is not None
        moved = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        return moved or self._dragged != self._pressed

    def _area(self, box: QRectF) -> Area:
        size = self.width(), self.height()
        first = place_at(*self._view.to_flat(box.left(), box.bottom(), *size))
        last = place_at(*self._view.to_flat(box.right(), box.top(), *size))
        return Area(first.latitude, first.longitude, last.latitude, last.longitude)

    def _at(self, at: QPointF) -> Cluster | None:
        """The circle there; the last drawn is above the others."""
        for cluster in reversed(self.clusters()):
            away = self.point_of(cluster.at) - at
            if math.hypot(away.x(), away.y()) <= max(radius_of(cluster), 8) + 2:
                return cluster
        return None

    def _again(self, before: Cluster | None) -> Cluster | None:
        """The circle that has most of the clips which this one had."""
        clips = {clip.clip for clip in before.clips} if before is not None else set()
        shared = [(sum(clip.clip in clips for clip in each.clips), each) for each in (self.clusters() if clips else ())]
        count, cluster = max(shared, key=lambda pair: pair[0], default=(0, None))
        return cluster if count else None

    def _choose(self, cluster: Cluster | None) -> None:
        if cluster is not self._cluster:
            self._cluster = cluster
            self._describe()
            self.chosen.emit(cluster)
        self.update()

    def _describe(self) -> None:
        """What a screen reader says."""
        if self._cluster is not None:
            words = cluster_words(self._cluster)
        else:
            shown = self.clusters()
            words = ngettext("{count} place on show", "{count} places on show", len(shown))
        self.setAccessibleDescription(words)


def _level(view: MapView) -> int:
    """How finely clips are gathered at this scale."""
    return max(0, math.floor(math.log2(view.world_px / CELL_PX)))


def cluster_words(cluster: Cluster) -> str:
    """How many clips, and where."""
    clips = ngettext("{count} clip", "{count} clips", len(cluster.clips))
    words = _("{clips} near {place}").format(clips=clips, place=cluster.place.described)
    if not cluster.hits:
        return words
    found = ngettext("{count} of them found", "{count} of them found", cluster.hits)
    return f"{words}, {found}"
