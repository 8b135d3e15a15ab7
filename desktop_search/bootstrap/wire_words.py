"""The tags, cameras and videos that a library has, offered while they are typed: read when they are first of use."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from desktop_search.core.errors import AppError
from desktop_search.core.library_words import LibraryWords
from desktop_search.core.query import DEFAULT_NAMESPACE
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobHandle, JobRunner, Report
from desktop_search.services.library_words import read_words
from desktop_search.transfers.ports import Clients
from desktop_search.ui.search.filters_panel import FiltersPanel
from desktop_search.ui.uploads.uploads_pane import UploadsPane

LANE = "words"
FRESH_S, STALE_S = 300.0, 20.0  # how old words may be; and where something is known to have been added

Key = tuple[str, str]  # library and namespace


class WordsReader(QObject):
    """Gives the filters what the namespace has that is searched, and the uploads the tags of the default namespace.

    Where the library cannot be asked nothing more is offered. A namespace that does not exist is not read: asking for
    its list would make it (contract §9.1).
    """

    def __init__(
        self,
        runner: JobRunner,
        clients: Clients,
        filters: FiltersPanel,
        uploads: UploadsPane,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(filters)
        self._runner, self._clients, self._filters, self._uploads = runner, clients, filters, uploads
        self._clock_s = clock_s
        self._library_id = ""
        self._namespaces: frozenset[str] = frozenset({DEFAULT_NAMESPACE})
        self._tags: set[str] = set()
        self._known: dict[Key, LibraryWords] = {}
        self._read_s: dict[Key, float] = {}
        self._stale: set[Key] = set()
        self._reading: dict[Key, JobHandle] = {}
        filters.words_asked.connect(self._on_filters_asked)
        uploads.tags_asked.connect(self._on_tags_asked)

    def set_library(self, library_id: str) -> None:
        """Another library is searched and added to. Videos of the one before are not in it."""
        if library_id == self._library_id:
            return
        is_first = not self._library_id  # what the last run had chosen was chosen in it
        self._library_id, self._namespaces = library_id, frozenset({DEFAULT_NAMESPACE})
        self._stop_all_but(None)
        self._filters.set_words(LibraryWords())
        self._filters.set_namespaces(None)
        if not is_first:
            self._filters.set_filters(replace(self._filters.filters(None), video_nos=()))

    def set_namespaces(self, names: tuple[str, ...]) -> None:
        """What the library has; offered in the filters."""
        self._namespaces = frozenset({DEFAULT_NAMESPACE, *names})
        self._filters.set_namespaces(names)

    def outdate(self, library_id: str) -> None:
        """Something was added there."""
        self._stale |= {key for key in self._known if key[0] == library_id}

    def _on_filters_asked(self, namespace: str) -> None:
        key = self._library_id, namespace
        self._filters.set_words(self._known.get(key, LibraryWords()))
        self._stop_all_but(key)
        if namespace in self._namespaces:
            self._want(key)

    def _on_tags_asked(self) -> None:
        self._want((self._library_id, DEFAULT_NAMESPACE))

    def _want(self, key: Key) -> None:
        age_s = self._clock_s() - self._read_s.get(key, -FRESH_S)
        if key in self._reading or age_s < (STALE_S if key in self._stale else FRESH_S):
            return
        library_id, namespace = key

        def read(token: CancelToken, report: Report) -> LibraryWords:
            return read_words(self._clients, library_id, namespace, token, report)

        self._reading[key] = self._runner.start(
            read,
            lane=LANE,
            done=partial(self._on_read, key),
            failed=partial(self._on_failed, key),
            progress=partial(self._tell, key),
        )

    def _stop_all_but(self, kept: Key | None) -> None:
        for key in [key for key in self._reading if key != kept]:
            self._reading.pop(key).cancel()

    def _on_read(self, key: Key, words: LibraryWords) -> None:
        self._reading.pop(key, None)
        self._read_s[key] = self._clock_s()
        self._stale.discard(key)
        self._tell(key, words)

    def _on_failed(self, key: Key, _error: AppError) -> None:
        self._reading.pop(key, None)

    def _tell(self, key: Key, words: LibraryWords) -> None:
        self._known[key] = words
        if key == (self._library_id, self._filters.namespace):
            self._filters.set_words(words)
        if key[1] == DEFAULT_NAMESPACE:
            self._tags.update(words.tags.shown)
            self._uploads.set_library_tags(self._tags)
