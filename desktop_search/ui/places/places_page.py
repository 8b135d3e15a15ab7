"""The page of places and times: a map, the clips that were chosen on it, and the time line of capture dates."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout

from desktop_search.core.areas import Area
from desktop_search.core.commands import Place as KeyPlace
from desktop_search.core.date_bins import days_between, days_of, instants_of
from desktop_search.core.language import _, ngettext, number
from desktop_search.core.map_filters import is_in_time, is_within
from desktop_search.core.map_points import Cluster, PlacedClip, PointField
from desktop_search.core.places import Place, ground_in, with_ground
from desktop_search.core.query import ClipKey, SearchFilters
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.places.chosen_clips import ChosenClips
from desktop_search.ui.places.date_plot import DatePlot, Days
from desktop_search.ui.places.map_bar import MapBar
from desktop_search.ui.places.map_canvas import MapCanvas
from desktop_search.ui.places.world import World
from desktop_search.ui.progress_note import ProgressNote
from desktop_search.ui.style.labels import say, wrapped_label


class PlacesPage(QFrame):
    """Signals:
    came_up(): the page is on show; what it knows may be read.
    filters_chosen(SearchFilters): a place or a span was chosen here; the rest is as it was.
    clip_opened(PlacedClip): show this clip.
    retry_asked(): read the library again.
    """

    came_up = Signal()
    filters_chosen = Signal(object)
    clip_opened = Signal(object)
    retry_asked = Signal()

    def __init__(self, commands: CommandSet) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._commands = commands
        self._clips: tuple[PlacedClip, ...] | None = None
        self._hits: frozenset[ClipKey] = frozenset()
        self._filters = SearchFilters()
        self._is_outdated = True
        self.bar, self.map, self.chosen, self.plot = MapBar(commands), MapCanvas(), ChosenClips(), DatePlot()
        self.note = ProgressNote(_("Reading where clips were captured"))
        self._problem, self._empty = wrapped_label("problem"), wrapped_label("caption")
        self._empty.setContentsMargins(8, 0, 8, 6)
        self.retry = QPushButton(_("Try again"))
        self.retry.setAutoDefault(False)
        self._lay_out()
        self._connect()
        self._connect_commands()
        self.say_problem("")

    @property
    def clips(self) -> tuple[PlacedClip, ...]:
        """What the library has, as far as it is known."""
        return self._clips or ()

    def set_world(self, world: World) -> None:
        """The outlines of the map."""
        self.map.set_world(world)

    def set_clips(self, clips: Sequence[PlacedClip] | None) -> None:
        """What the library has; `None` while nobody knows."""
        self._clips = None if clips is None else tuple(clips)
        self._show()

    def set_hits(self, hits: Collection[ClipKey]) -> None:
        """The clips that the search on show has found."""
        if self._hits != frozenset(hits):
            self._hits = frozenset(hits)
            self._show()

    def set_filters(self, filters: SearchFilters) -> None:
        """What a search is narrowed to now, wherever that was said."""
        before, self._filters = self._filters, filters
        if _where_and_when(before) != _where_and_when(filters):
            self._show()

    def say_problem(self, words: str) -> None:
        """Why the library could not be read; "" when it could."""
        say(self._problem, words)
        self.retry.setVisible(bool(words))

    def enter(self) -> None:
        """Go to the map."""
        self.map.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Now what the library has is of use."""
        super().showEvent(event)
        self.came_up.emit()
        if self._is_outdated:
            self._show()

    def _choose_span(self, span: Days | None) -> None:
        start, end = (None, None) if span is None else instants_of(*span, None)
        self.filters_chosen.emit(self._filters.with_taken(start, end))

    def _choose_area(self, area: Area) -> None:
        self.bar.draw.setChecked(False)
        self.filters_chosen.emit(with_ground(self._filters, area))

    def _choose_near(self, ground: Place | Area) -> None:
        self.filters_chosen.emit(with_ground(self._filters, ground))

    def _choose_all(self) -> None:
        self.filters_chosen.emit(with_ground(self._filters, None).with_taken(None, None))

    def _show(self) -> None:
        """Count and place all clips anew; many take a moment, so not while nobody looks."""
        self._is_outdated = not self.isVisible()
        if self._is_outdated:
            return
        in_time = (clip for clip in self.clips if is_in_time(clip, self._filters))
        self.map.set_field(PointField(in_time, self._hits))
        filters, ground = self._filters, ground_in(self._filters)
        self.map.set_ground(ground)
        taken_ms = (clip.taken_ms for clip in self.clips if clip.taken_ms is not None and is_within(clip, ground))
        days = days_of(taken_ms, None)
        self.plot.set_days(days, has_others=any(clip.taken_ms is not None for clip in self.clips))
        self.plot.set_span(days_between(filters.taken_after, filters.taken_before, None, days))
        placed = sum(clip.place is not None for clip in self.clips)
        clips = ngettext("{count} clip", "{count} clips", len(self.clips))
        self.bar.words.setText(_("{clips}, {number} with a place").format(clips=clips, number=number(placed)))
        say(self._empty, "" if self._clips is None else _empty_words(len(self.clips), placed))

    def _on_chosen(self, cluster: Cluster | None) -> None:
        self.chosen.show_cluster(cluster, self._hits)

    def _open(self) -> None:
        """Into the list of clips; where there is one alone it is shown at once."""
        cluster = self.map.cluster
        if cluster is None:
            self.map.step(1)
        elif len(cluster.clips) == 1:
            self.clip_opened.emit(cluster.clips[0])
        else:
            self.chosen.view.setFocus()

    def _why_no_circle(self) -> str:
        return "" if self.map.clusters() else _("There is no clip on this part of the map.")

    def _lay_out(self) -> None:
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setAccessibleName(_("Map and clips"))
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(1)
        parts.addWidget(self.map)
        parts.addWidget(self.chosen)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 1)
        told = QHBoxLayout()
        told.setContentsMargins(8, 0, 8, 0)
        told.addWidget(self._problem, 1)
        told.addWidget(self.retry)
        told.addWidget(self.note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(told)
        column.addWidget(self._empty)
        column.addWidget(parts, 1)
        column.addWidget(self.plot)

    def _connect(self) -> None:
        self.bar.drawing_toggled.connect(lambda on: self.map.set_drawing(is_drawing=on))
        self.map.chosen.connect(self._on_chosen)
        self.map.opened.connect(self._open)
        self.map.area_drawn.connect(self._choose_area)
        self.map.near_asked.connect(self._choose_near)
        self.chosen.clip_opened.connect(self.clip_opened)
        self.plot.span_chosen.connect(self._choose_span)
        self.retry.clicked.connect(self.retry_asked)

    def _connect_commands(self) -> None:
        slots: dict[str, Callable[[], object]] = {
            "map.zoom-in": self.map.zoom_in,
            "map.zoom-out": self.map.zoom_out,
            "map.show-all": self.map.show_all,
            "map.only-near": lambda: self._choose_near(self.map.ground()),
            "map.only-shown": lambda: self._choose_area(self.map.area()),
            "map.everything": self._choose_all,
            "map.leave": self.map.unchoose,
        }
        for command_id, slot in slots.items():
            self._commands.connect(command_id, slot)
        self._commands.connect("map.next", lambda: self.map.step(1), self._why_no_circle)
        self._commands.connect("map.previous", lambda: self.map.step(-1), self._why_no_circle)
        self._commands.connect("map.open", self._open, self._why_no_circle)
        self._commands.attach(KeyPlace.MAP, self.map)


def _where_and_when(filters: SearchFilters) -> tuple[object, ...]:
    return ground_in(filters), filters.taken_after, filters.taken_before


def _empty_words(clips: int, placed: int) -> str:
    if not clips:
        return _("This library has no clips yet. Add footage, and it is shown here.")
    if placed:
        return ""
    return _(
        "None of these clips says where it was captured. Cameras with GPS write the place into their files, and it is "
        "read when footage is added; it can also be given in the details before footage is sent."
    )
