"""The result list: one list, best first, with a line above that says what it is."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QListView, QStackedWidget, QVBoxLayout, QWidget

from desktop_search.core.commands import Place
from desktop_search.core.errors import AppError
from desktop_search.core.hits import ClipKey, Hit, ImageHit, SearchAnswer
from desktop_search.core.library import THIS_COMPUTER, Library
from desktop_search.core.query import SearchQuery
from desktop_search.core.timecode import Timebase
from desktop_search.models.results_model import Found, ResultsModel, Role
from desktop_search.models.thumbnails import ThumbnailLoader
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.search.empty_state import EmptyState
from desktop_search.ui.search.hit_delegate import HitDelegate, emphasised_words


class _ResultsView(QListView):
    """Up and Down move; the keys of the commands come before the list's own."""

    menu_requested = Signal(QPoint)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By the keyboard it opens at the current row, wherever the mouse is."""
        place = event.globalPos()
        if event.reason() is not QContextMenuEvent.Reason.Mouse:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.menu_requested.emit(place)


class ResultsPane(QFrame):
    """Shows an answer, or what stands in its place.

    Signals:
        hit_chosen(Hit): a moment was chosen: show its first frame.
        hit_played(Hit): Enter or a double click: play from there.
        image_chosen(ImageHit): a still image was chosen.
        play_toggled(): Space.
        left(): Escape; back to the query.
        menu_requested(QPoint): a menu for what is chosen is wanted, at this point of the screen.
        add_footage_requested(), try_samples_requested(), connect_cloud_requested(), retry_requested(),
        models_requested(): see EmptyState.
    """

    hit_chosen = Signal(object)
    hit_played = Signal(object)
    image_chosen = Signal(object)
    play_toggled = Signal()
    left = Signal()
    menu_requested = Signal(QPoint)
    add_footage_requested = Signal()
    try_samples_requested = Signal()
    connect_cloud_requested = Signal()
    retry_requested = Signal()
    models_requested = Signal()

    def __init__(self, thumbnails: ThumbnailLoader | None = None, commands: CommandSet | None = None) -> None:
        """Without `commands` the pane has some of its own."""
        super().__init__()
        self.setProperty("role", "panel")
        self._welcoming = self._at_start = False
        self._model = ResultsModel(thumbnails, self)
        self._delegate = HitDelegate(self)
        self._view = self._build_view()
        self._summary = QLabel()
        self._summary.setProperty("role", "caption")
        self._summary.setTextFormat(Qt.TextFormat.PlainText)
        self._summary.setContentsMargins(8, 6, 8, 6)
        self._empty = EmptyState()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._view)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._summary)
        self._column.addWidget(self._pages, 1)
        self._connect()
        self._connect_commands(commands or CommandSet(self))
        self.show_welcome()

    def show_answer(self, query: SearchQuery, answer: SearchAnswer, wall_s: float) -> None:
        """Show an answer and how long it took, in seconds."""
        self._delegate.words = emphasised_words(query.words)
        self._model.set_answer(answer)
        found = self._model.found()
        if not found:
            self._show_empty()
            self._empty.show_nothing_found(query)
            return
        best = max((row.score for row in found if row.score is not None), default=None)
        thing = "image" if answer.images else "moment"
        parts = [f"{len(found)} {thing}{'s' * (len(found) != 1)}", f"{wall_s:.1f} s"]
        self._summary.setText(" · ".join(parts + ([] if best is None else [f"best {best:.2f}"])))
        self._summary.show()
        self._pages.setCurrentWidget(self._view)
        self._view.scrollToTop()

    def put_above(self, widget: QWidget) -> None:
        """Put something above the line that says what the list is."""
        self._column.insertWidget(0, widget)

    def show_welcome(self, library: Library = THIS_COMPUTER) -> None:
        """Nothing is in the library yet."""
        self._show_empty()
        self._welcoming = self._at_start = True
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
        self._show_empty()
        self._at_start = True
        self._empty.show_not_started(library)

    def show_indexing(self) -> None:
        """Footage is on its way."""
        self._show_empty()
        self._at_start = True
        self._empty.show_indexing()

    def offer_models(self, offered: bool) -> None:
        """Whether a model would help where nothing is found for what is seen."""
        self._empty.offer_models(offered)

    def show_ready(self) -> None:
        """Footage is there; nothing has been asked."""
        self._show_empty()
        self._at_start = True
        self._empty.show_ready()

    def show_error(self, error: AppError) -> None:
        """The search failed: why, and what to do."""
        self._show_empty()
        self._empty.show_error(error)

    def set_timebases(self, timebases: dict[ClipKey, Timebase]) -> None:
        """How the clips count, by clip."""
        self._model.set_timebases(timebases)

    def hits(self) -> tuple[Hit, ...]:
        """The moments on show, best first."""
        return tuple(row for row in self._model.found() if isinstance(row, Hit))

    def hits_near(self) -> tuple[Hit, ...]:
        """The moments that are likely to be chosen next: the three below the chosen one, then the one above it."""
        row = self._view.currentIndex().row()
        found = (self._model.index(near).data(Role.FOUND) for near in (row + 1, row + 2, row + 3, row - 1) if near >= 0)
        return tuple(each for each in found if isinstance(each, Hit))

    def images(self) -> tuple[ImageHit, ...]:
        """The still images on show, best first."""
        return tuple(row for row in self._model.found() if isinstance(row, ImageHit))

    def chosen(self) -> tuple[Found, ...]:
        """What is selected, in the order of the list."""
        rows = sorted(index.row() for index in self._view.selectionModel().selectedRows())
        return tuple(self._model.found()[row] for row in rows)

    def select(self, row: int) -> None:
        """Choose a row as if it was clicked; out of range does nothing."""
        index = self._model.index(row)
        if index.isValid():
            self._view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def move_by(self, rows: int) -> None:
        """Choose the row so many further down (or up, when negative)."""
        self.select(max(0, self._view.currentIndex().row() + rows))

    def focus_list(self) -> None:
        """Go into the list; the first row is chosen when none was."""
        if self._pages.currentWidget() is self._view:
            self.select(max(0, self._view.currentIndex().row()))  # Qt would make it current, but not select it
            self._view.setFocus()

    def _show_empty(self) -> None:
        self._welcoming = self._at_start = False
        self._summary.hide()
        self._pages.setCurrentWidget(self._empty)

    def _build_view(self) -> _ResultsView:
        view = _ResultsView()
        view.setAccessibleName("Search results")
        view.setModel(self._model)
        view.setItemDelegate(self._delegate)
        view.setUniformItemSizes(True)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setMouseTracking(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        return view

    def _connect(self) -> None:
        self._view.selectionModel().currentChanged.connect(self._on_current_changed)
        self._view.doubleClicked.connect(self._on_played)
        self._view.menu_requested.connect(self.menu_requested)
        self._empty.add_footage_requested.connect(self.add_footage_requested)
        self._empty.try_samples_requested.connect(self.try_samples_requested)
        self._empty.connect_cloud_requested.connect(self.connect_cloud_requested)
        self._empty.retry_requested.connect(self.retry_requested)
        self._empty.models_requested.connect(self.models_requested)

    def _connect_commands(self, commands: CommandSet) -> None:
        commands.attach(Place.RESULTS, self._view)
        commands.connect("results.play", lambda: self._on_played(self._view.currentIndex()), self._why_no_moment)
        commands.connect("results.hold", self.play_toggled.emit)
        commands.connect("results.leave", self.left.emit)

    def _why_no_moment(self) -> str:
        return "" if isinstance(self._view.currentIndex().data(Role.FOUND), Hit) else "Choose a moment first."

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        found = current.data(Role.FOUND)
        if isinstance(found, Hit):
            self.hit_chosen.emit(found)
        elif isinstance(found, ImageHit):
            self.image_chosen.emit(found)

    def _on_played(self, index: QModelIndex) -> None:
        found = index.data(Role.FOUND)
        if isinstance(found, Hit):
            self.hit_played.emit(found)
