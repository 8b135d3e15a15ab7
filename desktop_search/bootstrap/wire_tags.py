"""Tags that a library has, offered while tags are typed: looked up once for each library, when first of use."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop_search.core.query import DEFAULT_NAMESPACE
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report
from desktop_search.transfers.ports import Clients
from desktop_search.ui.uploads.uploads_pane import UploadsPane

_VIDEOS = 200  # the newest ones tell enough


class LibraryTags(QObject):
    """Gives the pane the tags of the library that it adds to. Where that cannot be asked, nothing more is offered."""

    def __init__(self, runner: JobRunner, clients: Clients, library_id: Callable[[], str], pane: UploadsPane) -> None:
        super().__init__(pane)
        self._runner, self._clients, self._library_id, self._pane = runner, clients, library_id, pane
        self._asked: set[str] = set()
        self._tags: set[str] = set()
        pane.tags_asked.connect(self._on_asked)

    def _on_asked(self) -> None:
        library_id, clients = self._library_id(), self._clients
        if library_id in self._asked:
            return
        self._asked.add(library_id)

        def read(token: CancelToken, _report: Report) -> frozenset[str]:
            client = clients(library_id, token)
            videos, _total = client.list_videos(DEFAULT_NAMESPACE, 1, _VIDEOS, token=token)
            return frozenset(tag for video in videos for tag in video.tags)

        self._runner.start(read, lane="tags", done=self._on_read, failed=lambda _: self._asked.discard(library_id))

    def _on_read(self, tags: frozenset[str]) -> None:
        self._tags |= tags
        self._pane.set_library_tags(self._tags)
