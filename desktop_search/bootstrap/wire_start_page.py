"""What stands in the place of the results before anything is asked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop_search.core.library import Library
from desktop_search.core.uploads import UploadState
from desktop_search.models.uploads_model import UploadsModel
from desktop_search.ui.search.results_pane import ResultsPane

_HALTED = (UploadState.READY, UploadState.PAUSED, UploadState.CANCELLED, UploadState.FAILED)


class StartPage(QObject):
    """A welcome while nothing is in the queue; later an invitation to search, once there is something to find."""

    def __init__(self, results: ResultsPane, rows: UploadsModel, library: Callable[[], Library]) -> None:
        super().__init__(results)
        self._results, self._rows, self._library = results, rows, library

    def show(self) -> None:
        """Show what fits the queue."""
        rows = self._rows
        if rows.count(UploadState.SEARCHABLE, UploadState.KNOWN):
            self._results.show_ready()
        elif rows.count(UploadState.READY) and rows.count(*_HALTED) == len(rows.items):
            self._results.show_not_started(self._library())
        elif rows.count(UploadState.FAILED) < len(rows.items):
            self._results.show_indexing()
        else:
            self._results.show_welcome(self._library())

    def follow_queue(self, _items: object) -> None:
        """The queue has changed."""
        if self._results.is_at_start:
            self.show()

    def on_emptied(self) -> None:
        """The query was cleared."""
        self.show()
        if self._results.is_welcoming:
            self._results.show_ready()  # whoever asked something knows how to begin

    def on_connected(self, namespaces: tuple[str, ...]) -> None:
        """The library answers, and has these namespaces."""
        if namespaces and self._results.is_welcoming:
            self._results.show_ready()  # the queue was cleared, but the library has been used
