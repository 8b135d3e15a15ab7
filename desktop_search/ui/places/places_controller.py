"""Fills the page of places while it is on show, and lets its choices become the filters of the search."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop_search.core.errors import AppError
from desktop_search.core.hits import ImageHit, SearchAnswer
from desktop_search.core.language import _
from desktop_search.core.map_points import PlacedClip
from desktop_search.core.query import SearchFilters, SearchQuery
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobHandle, JobRunner, Report
from desktop_search.ui.places.places_page import PlacesPage
from desktop_search.ui.places.world import World, read_world
from desktop_search.ui.search.search_pane import SearchPane

LANE, WORLD_LANE = "places", "world"

Read = Callable[[str, CancelToken, Report], tuple[PlacedClip, ...]]


class PlacesController(QObject):
    """`read` gives the clips of a library, and reports what it knows on its way; it runs off the GUI thread.

    Signals:
        clip_opened(Hit): the beginning of this clip is to be shown.
        image_opened(ImageHit): this image is.
    """

    clip_opened = Signal(object)
    image_opened = Signal(object)

    def __init__(self, runner: JobRunner, read: Read, page: PlacesPage, search: SearchPane) -> None:
        super().__init__(page)
        self._runner, self._read, self._page, self._search = runner, read, page, search
        self._library_id = ""
        self._is_stale = True
        self._reading: JobHandle | None = None
        self._has_world = False
        page.came_up.connect(self._on_came_up)
        page.retry_asked.connect(self._start)
        page.filters_chosen.connect(self._choose)
        page.clip_opened.connect(self._open)
        search.filters.changed.connect(self._follow)

    def set_library(self, library_id: str) -> None:
        """Another library is searched."""
        if library_id == self._library_id:
            return
        self._library_id = library_id
        self._runner.cancel_lane(LANE)
        self._reading = None
        self._page.set_clips(None)
        self._page.set_hits(())
        self.outdate(library_id)

    def outdate(self, library_id: str) -> None:
        """Something was added there."""
        if library_id == self._library_id:
            self._is_stale = True
            if self._page.isVisible():
                self._start()

    def show_hits(self, _query: SearchQuery, answer: SearchAnswer) -> None:
        """The search on show has found these."""
        images = {(image.library_id, image.namespace, image.image_id) for image in answer.images}
        self._page.set_hits({hit.clip for hit in answer.hits} | images)

    def forget_hits(self) -> None:
        """No search is on show."""
        self._page.set_hits(())

    def _on_came_up(self) -> None:
        if not self._has_world:
            self._has_world = True
            self._runner.start(lambda _token, _report: read_world(), lane=WORLD_LANE, done=self._on_world)
        self._follow()
        if self._is_stale:
            self._start()

    def _on_world(self, world: World) -> None:
        self._page.set_world(world)

    def _start(self) -> None:
        """Read it; what is added while that goes on makes it worth another time."""
        if not self._library_id or self._reading is not None:
            return
        self._is_stale = False
        self._page.say_problem("")
        self._reading = self._runner.start(
            partial(self._read, self._library_id),
            lane=LANE,
            done=self._on_read,
            failed=self._on_failed,
            cancelled=self._on_cancelled,
            progress=self._page.set_clips,
        )
        self._page.note.follow(self._reading, _("Reading where clips were captured…"))

    def _on_read(self, clips: tuple[PlacedClip, ...]) -> None:
        self._reading = None
        self._page.set_clips(clips)
        if self._is_stale and self._page.isVisible():
            self._start()

    def _on_failed(self, error: AppError) -> None:
        self._reading, self._is_stale = None, True
        self._page.say_problem(str(error))

    def _on_cancelled(self) -> None:
        if self._reading is not None and self._reading.token.cancelled:
            self._reading, self._is_stale = None, True
            self._page.say_problem(_("Reading was stopped."))

    def _choose(self, filters: SearchFilters) -> None:
        """The filters are set; who is on this page is not led away by a search that may cost money."""
        self._search.set_filters(filters)

    def _follow(self) -> None:
        self._page.set_filters(self._search.query().filters)

    def _open(self, clip: PlacedClip) -> None:
        found = None if clip.item is None else clip.item.as_found
        if isinstance(found, ImageHit):
            self.image_opened.emit(found)
        elif found is not None:
            self.clip_opened.emit(found)
