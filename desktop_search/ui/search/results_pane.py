"""The results: one list, with a line above that says what it is, or what stands in its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from desktop_search.core.commands import Place
from desktop_search.core.coverage import Coverage
from desktop_search.core.errors import AppError
from desktop_search.core.hits import ClipKey, Found, Hit, ImageHit, SearchAnswer
from desktop_search.core.language import _, ngettext, number
from desktop_search.core.library import THIS_COMPUTER, Library
from desktop_search.core.marks import Mark, MarkFilter
from desktop_search.core.query import SearchQuery
from desktop_search.core.result_rows import Arrangement
from desktop_search.core.timecode import Timebase
from desktop_search.models.results_model import ResultsModel, Role
from desktop_search.models.thumbnails import ThumbnailLoader
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.search.coverage_strip import CoverageStrip
from desktop_search.ui.search.empty_state import EmptyState
from desktop_search.ui.search.hit_parts import emphasised_words
from desktop_search.ui.search.results_bar import ResultsBar
from desktop_search.ui.search.results_view import ResultsView


class ResultsPane(QFrame):
    """Shows an answer, or what stands in its place.

    Signals:
        hit_chosen(Hit): a moment was chosen: show its first frame.
        hit_played(Hit): Enter or a double click: play from there.
        image_chosen(ImageHit): a still image was chosen.
        listing_changed(bool): there is a list on show now, or there is none any more.
        play_toggled(): Space.
        left(): Escape; back to the query.
        menu_requested(QPoint): a menu for what is chosen is wanted, at this point of the screen.
        found_shown(tuple): an answer, or more of it, is on show.
        arranged(): the list is arranged otherwise.
        coverage_asked(Gap): what was not searched for this reason is to be seen.
        add_footage_requested(), try_samples_requested(), connect_cloud_requested(), retry_requested(),
        models_requested(), filters_relaxed(SearchFilters): see EmptyState.
    """

    hit_chosen = Signal(object)
    hit_played = Signal(object)
    image_chosen = Signal(object)
    listing_changed = Signal(bool)
    play_toggled = Signal()
    left = Signal()
    menu_requested = Signal(QPoint)
    found_shown = Signal(object)
    coverage_asked = Signal(object)
    arranged = Signal()
    add_footage_requested = Signal()
    try_samples_requested = Signal()
    connect_cloud_requested = Signal()
    retry_requested = Signal()
    models_requested = Signal()
    filters_relaxed = Signal(object)

    def __init__(self, thumbnails: ThumbnailLoader | None = None, commands: CommandSet | None = None) -> None:
        """Without `commands` the pane has some of its own."""
        super().__init__()
        commands = commands or CommandSet(self)
        self.setProperty("role", "panel")
        self._welcoming = self._at_start = False
        self._wall_s = 0.0
        self._model = ResultsModel(thumbnails, self)
        self._view = ResultsView(self._model)
        self._bar = ResultsBar(commands)
        self._coverage = CoverageStrip()
        self._empty = EmptyState()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._view)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._before_list = QWidget()
        self._before = QVBoxLayout(self._before_list)
        self._before.setContentsMargins(0, 0, 0, 0)
        self._before.setSpacing(0)
        self._column.addWidget(self._bar)
        self._column.addWidget(self._before_list)
        self._column.addWidget(self._pages, 1)
        self._column.addWidget(self._coverage)
        self._connect()
        self._connect_commands(commands)
        self.show_welcome()

    @property
    def view(self) -> ResultsView:
        """The list itself."""
        return self._view

    def show_answer(
        self, query: SearchQuery, answer: SearchAnswer, wall_s: float, *, is_continued: bool = False
    ) -> None:
        """Show an answer and how long it took, in seconds. The query's strictness is where the line is drawn.

        `is_continued`: part of it is on show, where what is current, chosen and opened stays.
        """
        is_continued &= self.is_listing and bool(answer.hits or answer.images)
        self._wall_s = wall_s
        if is_continued:
            self._view.keep_place(lambda: self._model.continue_answer(answer))
            self._say_summary()
            self.found_shown.emit(self._model.answer())
            return
        self._view.hits.words = emphasised_words(query.words)
        self._model.set_answer(answer, query.floor)
        found = self._model.answer()
        self.found_shown.emit(found)
        if not found:
            self._show_empty()
            self._empty.show_nothing_found(query)
            return
        self._bar.set_floor(query.floor, is_known=any(each.score is not None for each in found))
        if all(each.is_below(query.floor) for each in found):
            self._show_empty()
            self._empty.show_closest(max(found, key=lambda each: each.score or 0.0), query.floor)
            return
        self._show_list()
        self._view.scrollToTop()

    def put_above(self, widget: QWidget) -> None:
        """Put something above the line that says what the list is."""
        self._column.insertWidget(0, widget)

    @property
    def arrangement(self) -> Arrangement:
        """How the list is arranged now."""
        return self._model.arrangement

    def put_before_list(self, widget: QWidget) -> None:
        """Put something between the line that says what the list is and the list; it is there while there is a list."""
        self._before.addWidget(widget)

    def put_below(self, widget: QWidget) -> None:
        """Put something below the list."""
        self._column.addWidget(widget)

    def set_marks(self, marks: Mapping[Found, Mark], wanted: MarkFilter) -> None:
        """The marks of what was found, and which of it they show. Where the current row goes, the next is chosen."""
        row = self._view.currentIndex().row()
        self._view.keep_place(lambda: self._model.set_marks(marks, wanted))
        if row >= 0 and not self._view.currentIndex().isValid():
            self._view.choose(min(row, self._model.rowCount() - 1))

    def set_arrangement(self, arrangement: Arrangement) -> None:
        """Arrange the list so; what is current and chosen stays."""
        self._view.keep_place(lambda: self._model.set_arrangement(arrangement))
        self._view.set_grid(arrangement.is_grid)
        self._bar.set_arrangement(arrangement)
        self.arranged.emit()

    def learn(
        self, *, taken_ms: Mapping[ClipKey, int] | None = None, fingerprints: Mapping[ClipKey, str] | None = None
    ) -> None:
        """What is known of the clips besides the answer: when they were captured, and which are the same footage."""
        self._view.keep_place(lambda: self._model.learn(taken_ms=taken_ms, fingerprints=fingerprints))

    def move_floor(self, floor: float) -> None:
        """Move the line below which nothing is close enough; what is current and chosen stays."""
        self._view.keep_place(lambda: self._model.set_floor(floor))
        self._say_summary()

    def show_welcome(self, library: Library = THIS_COMPUTER) -> None:
        """Nothing is in the library yet."""
        self._show_start()
        self._welcoming = True
        self._empty.show_welcome(library)

    @property
    def is_welcoming(self) -> bool:
        """Whether the welcome is on show."""
        return self._welcoming and self._pages.currentWidget() is self._empty

    @property
    def is_at_start(self) -> bool:
        """Whether nothing has been asked yet: welcome, indexing or ready is on show."""
        return self._at_start and self._pages.currentWidget() is self._empty

    def show_not_started(self, library: Library) -> None:
        """Footage waits to be started."""
        self._show_start()
        self._empty.show_not_started(library)

    def show_indexing(self) -> None:
        """Footage is on its way."""
        self._show_start()
        self._empty.show_indexing()

    def offer_models(self, offered: bool) -> None:
        """Whether a model would help where nothing is found for what is seen."""
        self._empty.offer_models(offered)

    def show_ready(self) -> None:
        """Footage is there; nothing has been asked."""
        self._show_start()
        self._empty.show_ready()

    def show_error(self, error: AppError) -> None:
        """The search failed: why, and what to do."""
        self._show_empty()
        self._empty.show_error(error)

    def set_timebases(self, timebases: dict[ClipKey, Timebase]) -> None:
        """How the clips count, by clip."""
        self._model.set_timebases(timebases)

    def show_coverage(self, coverage: Coverage) -> None:
        """Say below the results how much of the footage was searched."""
        self._empty.set_incomplete(bool(coverage.indexing.count or coverage.queued.count))
        if not self.is_at_start:
            self._coverage.show_coverage(coverage)

    def hits(self) -> tuple[Hit, ...]:
        """The moments on show from top to bottom, then those that wait to be opened, best first."""
        return tuple(found for found in self._found() if isinstance(found, Hit))

    def hits_near(self) -> tuple[Hit, ...]:
        """The moments that are likely to be chosen next: the three below the chosen one, then the one above it."""
        row = self._view.currentIndex().row()
        found = (self._model.index(near).data(Role.FOUND) for near in (row + 1, row + 2, row + 3, row - 1) if near >= 0)
        return tuple(each for each in found if isinstance(each, Hit))

    def images(self) -> tuple[ImageHit, ...]:
        """The still images, as `hits`."""
        return tuple(found for found in self._found() if isinstance(found, ImageHit))

    def chosen(self) -> tuple[Found, ...]:
        """What is selected, in the order of the list."""
        return self._view.chosen()

    def select(self, row: int) -> None:
        """Choose a row as if it was clicked; out of range does nothing."""
        self._view.choose(row)

    def move_by(self, rows: int) -> None:
        """Choose the moment or image so many further down (or up, when negative)."""
        self._view.move_by(rows)

    def focus_list(self) -> None:
        """Go into the list; the first row is chosen when none was."""
        if self.is_listing:
            self.select(max(0, self._view.currentIndex().row()))  # Qt would make it current, but not select it
            self._view.setFocus()

    @property
    def is_listing(self) -> bool:
        """Whether there is a list on show."""
        return self._pages.currentWidget() is self._view

    def _found(self) -> tuple[Found, ...]:
        return self._model.found() if self.is_listing else ()

    def _show_empty(self) -> None:
        self._welcoming = self._at_start = False
        self._bar.hide()
        self._before_list.hide()
        self._pages.setCurrentWidget(self._empty)

    def _show_start(self) -> None:
        self._show_empty()
        self._coverage.hide()
        self._at_start = True

    def _show_list(self) -> None:
        self._say_summary()
        self._bar.show()
        self._before_list.show()
        self._pages.setCurrentWidget(self._view)

    def _say_summary(self) -> None:
        found = self._model.answer()
        count = self._model.count_above()
        best = max((each.score for each in found if each.score is not None), default=None)
        if isinstance(found[0], ImageHit):
            parts = [ngettext("{count} image", "{count} images", count)]
        else:
            parts = [ngettext("{count} moment", "{count} moments", count)]
        parts.append(_("{seconds} s").format(seconds=number(self._wall_s, 1)))
        if best is not None:
            parts.append(_("best {score}").format(score=number(best, 2)))
        self._bar.say(" · ".join(parts))

    def _connect(self) -> None:
        self._pages.currentChanged.connect(lambda: self.listing_changed.emit(self.is_listing))
        self._view.current_found.connect(self._on_current_found)
        self._view.played.connect(self._on_played)
        self._view.opened_or_closed.connect(self._on_opened_or_closed)
        self._view.menu_requested.connect(self.menu_requested)
        self._model.looks_changed.connect(self._on_looks_changed)
        self._bar.arranged.connect(self.set_arrangement)
        self._bar.floor_moved.connect(self.move_floor)
        self._coverage.asked.connect(self.coverage_asked)
        self._empty.closest_requested.connect(self._on_closest_requested)
        self._empty.add_footage_requested.connect(self.add_footage_requested)
        self._empty.try_samples_requested.connect(self.try_samples_requested)
        self._empty.connect_cloud_requested.connect(self.connect_cloud_requested)
        self._empty.retry_requested.connect(self.retry_requested)
        self._empty.models_requested.connect(self.models_requested)
        self._empty.filters_relaxed.connect(self.filters_relaxed)

    def _connect_commands(self, commands: CommandSet) -> None:
        commands.attach(Place.RESULTS, self._view)
        commands.connect("results.play", self._view.play_current, self._why_no_row)
        commands.connect("results.hold", self.play_toggled.emit)
        commands.connect("results.leave", self.left.emit)
        commands.connect("results.open", self._view.open_current, self._why_no_row)
        commands.connect("results.close", self._view.close_current, self._why_no_row)

    def _why_no_row(self) -> str:
        return "" if self._view.currentIndex().isValid() else _("Choose a result first.")

    def _on_current_found(self, found: Found) -> None:
        if isinstance(found, Hit):
            self.hit_chosen.emit(found)
        else:
            self.image_chosen.emit(found)

    def _on_played(self, found: Found) -> None:
        if isinstance(found, Hit):
            self.hit_played.emit(found)

    def _on_opened_or_closed(self) -> None:
        """What is below the line may have been shown or hidden."""
        self._bar.set_arrangement(self._model.arrangement)

    def _on_looks_changed(self) -> None:
        self._view.keep_place(self._model.fold_anew)

    def _on_closest_requested(self) -> None:
        """Everything is below the line: show it all the same."""
        self.set_arrangement(replace(self._model.arrangement, shows_below=True))
        self._show_list()
        self.focus_list()
