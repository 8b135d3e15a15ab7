"""What the list of a library does not tell of its videos is asked for one by one, behind what the user does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_search.core.hits import ClipKey
from desktop_search.core.library_items import LibraryItem
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report
from desktop_search.services.library_items import LibraryItems
from desktop_search.ui.browse.library_page import LibraryPage

LANE = "library details"
_CALM_MS = 300  # while somebody scrolls, types or chooses, nothing is asked
_TOGETHER = 4  # then it is looked anew which are on show


class DetailsFilling(QObject):
    """Works while the page is on show: the current item first, then those in sight, then all others.

    Signals:
        gone(list): items that the library does not have any more.
    """

    gone = Signal(list)

    def __init__(self, runner: JobRunner, items: LibraryItems, page: LibraryPage) -> None:
        super().__init__(page)
        self._runner, self._items, self._page = runner, items, page
        self._is_on = self._is_asking = False
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM_MS)
        self._calm.timeout.connect(self._ask)
        for worked in (page.views.current_changed, page.views.scrolled, page.bar.filter_changed, page.looked_at):
            worked.connect(self.wait)

    def begin(self) -> None:
        """All that the list tells is there."""
        self._is_on = True
        self.wait()

    def stop(self) -> None:
        """What is there is not true any more."""
        self._is_on = self._is_asking = False
        self._calm.stop()
        self._runner.cancel_lane(LANE)

    def wait(self, *_why: object) -> None:
        """The user is at work: go on in a moment."""
        if self._is_on:
            self._calm.start()

    def _ask(self) -> None:
        if not self._is_on or self._is_asking or self._calm.isActive() or not self._page.isVisible():
            return
        wanted = list(islice(self._lacking(), _TOGETHER))
        if not wanted:
            return
        items = self._items

        def work(token: CancelToken, report: Report) -> None:
            for item in wanted:
                report((item, items.details(item, token)))

        self._is_asking = True
        self._runner.start(
            work,
            lane=LANE,
            progress=self._on_told,
            done=self._on_done,
            failed=lambda _error: self.stop(),  # the list says what is wrong when it is read anew
        )

    def _lacking(self) -> Iterator[LibraryItem]:
        views, model = self._page.views, self._page.model
        current = views.current()
        rows = (model.row_at(row) for row in range(model.rowCount()))
        shown = (row for row in rows if isinstance(row, LibraryItem))
        seen: set[ClipKey] = set()
        for item in chain([] if current is None else [current], views.in_sight(), shown, model.items.values()):
            now = model.items.get(item.key)  # rows are arranged a moment after what is told of them
            if now is not None and now.lacks_details and now.key not in seen:
                seen.add(now.key)
                yield now

    def _on_told(self, told: tuple[LibraryItem, LibraryItem | None]) -> None:
        item, found = told
        if found is not None:
            self._page.model.put([found])
            return
        self._page.model.remove([item.key])
        self.gone.emit([item])

    def _on_done(self, _nothing: None) -> None:
        self._is_asking = False
        self._ask()
