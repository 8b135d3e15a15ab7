"""The page of the library: what it has, below a bar that chooses and arranges."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from desktop_search.core.commands import Place
from desktop_search.core.language import _
from desktop_search.core.library_items import ItemKind, LibraryItem
from desktop_search.core.library_rows import ItemArrangement, ItemFilter
from desktop_search.models.item_words import summary_words
from desktop_search.models.library_model import LibraryModel
from desktop_search.models.thumbnails import ThumbnailLoader
from desktop_search.ui.browse.library_bar import LibraryBar
from desktop_search.ui.browse.library_views import LibraryViews
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.progress_note import ProgressNote
from desktop_search.ui.style.labels import say, wrapped_label

_EMPTY = {
    ItemKind.VIDEO: _("This library has no videos yet. Add footage on the left."),
    ItemKind.IMAGE: _(
        "No images are known here yet. The service does not list images, so those are shown that this computer has "
        "sent or found."
    ),
    ItemKind.POST: _("No public posts are known here yet. Import some, or search the public library."),
}


class LibraryPage(QFrame):
    """Shows what it is given; a controller sees to where that comes from.

    Signals:
        looked_at(): the page comes to the front.
    """

    looked_at = Signal()

    def __init__(self, posters: ThumbnailLoader | None, commands: CommandSet) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.model = LibraryModel(posters, self)
        self.bar = LibraryBar(commands)
        self.reading = ProgressNote(_("Reading the library"))
        self.reading.setContentsMargins(8, 0, 4, 4)
        self.problem = wrapped_label("problem")
        self.problem.setContentsMargins(8, 0, 8, 4)
        self.views = LibraryViews(self.model)
        self._empty = wrapped_label("caption")
        self._empty.setContentsMargins(16, 16, 16, 16)
        self._has_read = False
        self._pages = QStackedWidget()
        for page in (self.views, self._empty):
            self._pages.addWidget(page)
        self._below = QVBoxLayout()
        self._below.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.bar, self.reading, self.problem):
            column.addWidget(widget)
        column.addWidget(self._pages, 1)
        column.addLayout(self._below)
        self.problem.hide()
        self.bar.filter_changed.connect(self._on_filter_changed)
        self.bar.arranged.connect(self.set_arrangement)
        self.views.arranged.connect(self.set_arrangement)
        self.model.arranged.connect(self._on_arranged)
        for view in self.views.views:
            commands.attach(Place.LIBRARY, view)
        self.set_arrangement(ItemArrangement())

    def put_below(self, widget: QWidget) -> None:
        """Put something below the items."""
        self._below.addWidget(widget)

    def enter(self) -> None:
        """Go into the items, or into the bar while there are none."""
        if self._pages.currentWidget() is self.views:
            self.views.enter()
        else:
            self.bar.words.setFocus()

    def begin(self) -> None:
        """What was on show is not true any more; it goes when more is known."""
        self._has_read = False
        self.show_problem("")

    def show_kept(self, items: Sequence[LibraryItem]) -> None:
        """What is known before the library has answered."""
        self.model.set_items(items)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: tell who fills the page."""
        super().showEvent(event)
        self.looked_at.emit()

    def set_read(self) -> None:
        """What is on show is all that there is."""
        self._has_read = True
        self._on_arranged()

    def show_problem(self, words: str) -> None:
        """Why the list may not be true; "" for nothing."""
        say(self.problem, words)

    def set_arrangement(self, arrangement: ItemArrangement) -> None:
        """Arrange the items so; what is chosen stays."""
        self.model.set_arrangement(arrangement)
        self.bar.show_arrangement(arrangement)
        self.views.show_arrangement(arrangement)

    def _on_filter_changed(self, wanted: ItemFilter) -> None:
        self.model.set_filter(wanted)

    def _on_arranged(self) -> None:
        states = self.model.states()
        is_empty = not states
        self.bar.say("" if is_empty else summary_words(self.bar.kind, self.model.shown, states))
        if is_empty:
            self._empty.setText(_EMPTY[self.bar.kind] if self._has_read else "")
        elif not self.model.shown:
            self._empty.setText(_("Nothing here fits the words and the state above."))
        is_shown = bool(self.model.shown)
        self._pages.setCurrentWidget(self.views if is_shown else self._empty)
