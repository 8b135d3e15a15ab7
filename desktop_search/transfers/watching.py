"""Watched folders at work: looked into every few seconds, and what is new in them joins the queue."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.watched import WatchedTable
from desktop_search.core.errors import FileProblem
from desktop_search.core.footage import FootageDetails
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.core.watched import FileStamp, WatchedFolder, WatchReport, WatchState
from desktop_search.transfers.adding import AddResult
from desktop_search.transfers.bell import Bell
from desktop_search.transfers.per_library import PerLibrary
from desktop_search.transfers.ports import Report
from desktop_search.transfers.watched_look import NO_FOLDER, FolderLook

_LOOK_EVERY_S = 3.0
_REST = 4  # a look that took long, as over a slow network, is followed by a rest of so many times that
_BATCH_FILES = 200
WATCHED_ALREADY = _("This folder is watched for this library already.")

Add = Callable[[Sequence[Path], str, FootageDetails, CancelToken, Report], AddResult]


class Watcher:
    """The folders, and the long job that looks into them. Needs nothing of the system that network drives lack."""

    def __init__(self, catalog: Catalog, add: Add, *, look_every_s: float = _LOOK_EVERY_S) -> None:
        """`add` is the queue's."""
        self._table, self._add, self._look_every_s = WatchedTable(catalog), add, look_every_s
        self._bell = Bell()
        self._looks: dict[int, FolderLook] = {}
        self._due: dict[int, float] = {}
        self._reports: dict[int, WatchReport] = {}

    def folders(self) -> tuple[WatchReport, ...]:
        """Every folder and how it is, oldest first. Raises `CatalogProblem`."""
        return tuple(self._reports.get(folder.folder_id, WatchReport(folder)) for folder in self._table.all())

    def watch(
        self, path: Path, library_id: str, details: FootageDetails, *, takes_existing: bool
    ) -> tuple[WatchReport, ...]:
        """Watch one more folder; `takes_existing`: what is in it already is added too. Returns all of them.

        Raises `FileProblem` for what is no folder or is watched already, `CatalogProblem`, `DiskFull`.
        """
        if not path.is_dir():
            raise FileProblem(NO_FOLDER)
        now_ms = time.time_ns() // 1_000_000
        folder = WatchedFolder(0, library_id, path, details, has_begun=takes_existing, added_ms=now_ms)
        if self._table.add(folder) is None:
            raise FileProblem(WATCHED_ALREADY)
        self._bell.ring()
        return self.folders()

    def forget(self, folder_id: int) -> tuple[WatchReport, ...]:
        """Watch it no longer; what it brought stays. Returns all that are left. Raises `CatalogProblem`."""
        self._table.remove(folder_id)
        return self.folders()

    def run(self, token: CancelToken, report: Report) -> None:
        """Look into the folders until cancelled; reports a `WatchReport` for each that changed.

        A folder that does not answer, as on a network drive, holds up no other. Raises `Cancelled`, `CatalogProblem`.
        """
        with PerLibrary("watching", self._bell.ring) as lanes:
            while True:
                token.check()
                heard = self._bell.rings
                for folder in self._table.all():
                    is_due = self._due.get(folder.folder_id, 0.0) <= time.monotonic()
                    if not lanes.running(str(folder.folder_id)) and is_due:
                        lanes.start(str(folder.folder_id), partial(self._look_into, folder, token, report))
                self._bell.wait(heard, self._look_every_s, token)

    def _look_into(self, folder: WatchedFolder, token: CancelToken, report: Report) -> None:
        began = time.monotonic()
        key = folder.folder_id
        try:
            look = self._looks.get(key)
            if look is None:
                look = self._looks[key] = FolderLook(folder.path, self._table.files(key))
            if folder.has_begun:
                self._take_new(folder, look, token, report)
            else:
                there = look.everything(token)
                self._table.seen_to(key, there, begin=True)
                look.done_with(there)
            self._tell(folder, report, state=WatchState.WATCHING, cause="", growing=look.growing)
        except FileProblem as error:
            self._tell(folder, report, state=WatchState.AWAY, cause=str(error), growing=0)
        finally:
            now = time.monotonic()
            self._due[key] = now + max(self._look_every_s, _REST * (now - began))

    def _take_new(self, folder: WatchedFolder, look: FolderLook, token: CancelToken, report: Report) -> None:
        files = iter(look.ready(token).items())
        while batch := dict(itertools.islice(files, _BATCH_FILES)):
            paths = [folder.path / path for path in batch]
            result = self._add(paths, folder.library_id, folder.details, token, _nobody)
            if not self._seen_to(folder, look, batch):
                return  # it is watched no longer
            if result.added:
                known = self._reports.get(folder.folder_id, WatchReport(folder))
                added = known.added + len(result.added)
                self._tell(folder, report, state=WatchState.WATCHING, cause="", added=added, has_news=True)

    def _seen_to(self, folder: WatchedFolder, look: FolderLook, files: dict[str, FileStamp]) -> bool:
        look.done_with(files)
        return self._table.seen_to(folder.folder_id, files)

    def _tell(self, folder: WatchedFolder, report: Report, *, has_news: bool = False, **changes: object) -> None:
        before = self._reports.get(folder.folder_id, WatchReport(folder))
        now = replace(before, folder=folder, has_news=False, **changes)  # type: ignore[arg-type]
        self._reports[folder.folder_id] = now
        if has_news or now != before:
            report(replace(now, has_news=has_news))


def _nobody(_progress: object) -> None:
    """What is added by itself is not watched being added."""
