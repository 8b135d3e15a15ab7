"""Fills the page of the library: from what is kept at once, then from the library itself, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_search.core.errors import AppError
from desktop_search.core.hits import Found, SearchAnswer
from desktop_search.core.language import _, ngettext, number
from desktop_search.core.library import THIS_COMPUTER, Library
from desktop_search.core.library_items import ItemKind, LibraryItem, Reading
from desktop_search.core.query import SearchQuery
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobHandle, JobRunner, Report
from desktop_search.models.item_words import item_name
from desktop_search.services.library_items import LibraryItems, Refreshed
from desktop_search.ui.browse.details_filling import DetailsFilling
from desktop_search.ui.browse.library_page import LibraryPage

LANE, KEPT_LANE = "library", "library changes"
_NAMED = 3
_CALM_MS = 2000  # what becomes searchable in a row is read together


class BrowseController(QObject):
    """The newest library and kind win; nothing is asked of a library before its page is looked at.

    Signals:
        noticed(str): something that the user should know.
        failed(AppError): what concerns no list.
    """

    noticed = Signal(str)
    failed = Signal(object)

    def __init__(self, runner: JobRunner, items: LibraryItems, page: LibraryPage) -> None:
        super().__init__(page)
        self._runner, self._items, self._page = runner, items, page
        self._library = THIS_COMPUTER
        self._is_stale = True
        self._is_held = False
        self._has_new_account = False
        self._reading: JobHandle | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_CALM_MS)
        self._later.timeout.connect(self._read_if_shown)
        self._filling = DetailsFilling(runner, items, page)
        self._filling.gone.connect(lambda items: self.noticed.emit(gone_words(items)))
        page.bar.kind_chosen.connect(lambda _kind: self.read())
        page.looked_at.connect(self._read_if_shown)

    def set_library(self, library: Library) -> None:
        """Show the items of this library from now on."""
        self._has_new_account &= library.library_id == self._library.library_id
        self._library = library
        self._is_stale = True
        self._runner.cancel_lane(LANE)
        self._filling.stop()
        self._reading = None
        self._page.begin()
        self._page.show_kept(())
        self._read_if_shown()

    def begin_anew(self, library: Library) -> None:
        """The same library has another key, and so maybe the videos of another account."""
        self._has_new_account = True
        self.set_library(library)

    def outdate(self, library_id: str) -> None:
        """Something has changed there."""
        if library_id == self._library.library_id:
            self._is_stale = True
            if self._page.isVisible() and not self._later.isActive():
                self._later.start()

    def set_held(self, is_held: bool) -> None:
        """While folders are changed nothing is read: a list that is half before and half after it would be wrong."""
        self._is_held = is_held
        if is_held:
            self._filling.stop()
            self._reading = None
            self._runner.cancel_lane(LANE)
            self._is_stale = True
        else:
            self._read_if_shown()

    def read(self) -> None:
        """Show what is kept, and read the library anew behind that. What was under way ends."""
        self._is_stale = self._is_held
        if self._is_held:
            return
        self._page.begin()
        self._filling.stop()
        library_id, kind, items = self._library.library_id, self._page.bar.kind, self._items
        has_new_account, self._has_new_account = self._has_new_account, False

        def work(token: CancelToken, report: Report) -> Refreshed:
            if has_new_account:  # here, where what was read with the key before has come to its end
                items.forget_listed(library_id)
            report(items.kept(library_id, kind))
            return items.refresh(library_id, token, report) if kind is ItemKind.VIDEO else Refreshed((), ())

        job = self._runner.start(
            work, lane=LANE, progress=self._on_read, done=self._on_done, failed=self._on_failed, latest_wins=True
        )
        job.ended.connect(self._on_ended)
        self._reading = job
        self._page.reading.follow(job, _("Reading the library…"))

    def learn(self, _query: SearchQuery, answer: SearchAnswer) -> None:
        """What was found tells of images and posts, which no library lists."""
        found: Sequence[Found] = (*answer.hits, *answer.images)
        items = self._items
        self._runner.start(
            lambda _token, _report: items.remember(found),
            lane=KEPT_LANE,
            done=self.put,
            failed=self.failed.emit,
        )

    def put(self, items: Sequence[LibraryItem]) -> None:
        """These are so now; shown as far as they belong to what is on show."""
        library_id, kind = self._library.library_id, self._page.bar.kind
        self._page.model.put(item for item in items if item.library_id == library_id and item.kind is kind)

    def _read_if_shown(self) -> None:
        if self._is_stale and self._page.isVisible() and not self._is_held:
            self.read()

    def _on_read(self, value: Reading | tuple[LibraryItem, ...]) -> None:
        if isinstance(value, Reading):
            self._page.model.put(value.items)
            self._page.reading.say(
                _("Reading the library… {seen} of {total}").format(seen=number(value.seen), total=number(value.total))
            )
        else:
            self._page.show_kept(value)

    def _on_done(self, refreshed: Refreshed) -> None:
        self._page.model.remove([item.key for item in refreshed.removed])
        self._page.set_read()
        if refreshed.gone:
            self.noticed.emit(gone_words(refreshed.gone))

    def _on_failed(self, error: AppError) -> None:
        self._page.set_read()
        self._page.show_problem(_("The list may not be whole. {error}").format(error=error))

    def _on_ended(self, job: JobHandle) -> None:
        """Stopped by the user; what was overtaken by newer reading says nothing."""
        if job is not self._reading:
            return
        self._filling.begin()
        if job.token.cancelled:
            self._page.set_read()
            self._page.show_problem(_("Reading was stopped; the list may not be whole."))


def gone_words(items: Sequence[LibraryItem]) -> str:
    """What the library does not have any more, the first by name."""
    names = ", ".join(f"“{item_name(item)}”" for item in items[:_NAMED])
    more = "…" if len(items) > _NAMED else ""
    words = ngettext("{count} video has left the library", "{count} videos have left the library", len(items))
    return f"{words}: {names}{more}"
