"""Fetching a file into the cache: once at a time, never half, never beyond the disk."""

from __future__ import annotations

import errno
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop_search.core.errors import DiskFull, FileProblem
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.transfers.disk_cache import PART_SUFFIX, DiskCache
from desktop_search.transfers.ports import Report

_SPARE_BYTES = 100 * 1000**2  # never fill a disk to the last byte
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_TURN_S = 0.1

OnReceived = Callable[[int, int | None], None]
Fetch = Callable[[Path, OnReceived], None]


class Fetcher:
    """Brings files into a cache. Two that want the same file wait for one fetch."""

    def __init__(self, cache: DiskCache) -> None:
        self._cache = cache
        self._busy: set[Path] = set()
        self._lock = threading.Lock()

    def fetch(self, place: Path, fetch: Fetch, token: CancelToken, report: Report) -> Path:
        """`place`, fetched by `fetch(place, on_received)` unless it is there; reports `(received, total | None)`.

        Raises what `fetch` raises, `DiskFull`, `FileProblem`, `Cancelled`; nothing half is left behind then.
        """
        with self._turn(place, token):
            if found := self._cache.find(place):
                return found
            try:
                place.parent.mkdir(parents=True, exist_ok=True)
                fetch(place, _guarded(place, report))
            except BaseException as error:
                self._clean(place)
                if isinstance(error, OSError):
                    raise in_words(error, place) from error
                raise
            self._cache.added(place)
            return place

    @contextmanager
    def _turn(self, place: Path, token: CancelToken) -> Iterator[None]:
        while True:
            with self._lock:
                if place not in self._busy:
                    self._busy.add(place)
                    break
            token.wait(_TURN_S)
        try:
            yield
        finally:
            with self._lock:
                self._busy.discard(place)

    @staticmethod
    def _clean(place: Path) -> None:
        for path in (place, place.with_name(place.name + PART_SUFFIX)):
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _guarded(place: Path, report: Report) -> OnReceived:
    """Progress on its way to the user; stops a download that cannot fit before it fills the disk."""
    checked = False

    def on_received(received: int, total: int | None) -> None:
        nonlocal checked
        if total is not None and not checked:
            checked = True
            if total - received + _SPARE_BYTES > shutil.disk_usage(place.parent).free:
                raise disk_full(place)
        report((received, total))

    return on_received


def disk_full(place: Path, details: str = "") -> DiskFull:
    """The error for a disk without room for a download."""
    return DiskFull(
        _("There is not enough room on the disk for this file."),
        hint=_("Free some space on the disk of {folder}.").format(folder=place.parent),
        details=details,
    )


def in_words(error: OSError, place: Path) -> DiskFull | FileProblem:
    """The error for a file that the disk did not take."""
    details = f"{type(error).__name__}: {error}"
    if error.errno in _FULL:
        return disk_full(place, details)
    return FileProblem(
        _("The file could not be saved."),
        hint=_("Check that you may write in {folder}.").format(folder=place.parent),
        details=details,
    )
