"""Imports from the web: asked of the library once, then followed until everything they brought is searchable."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.imports import ImportsTable
from desktop_search.catalog.turn import sole_turn
from desktop_search.core.errors import (
    AccountDisabled,
    AppError,
    Cancelled,
    CatalogProblem,
    KeyRejected,
    KeyringUnavailable,
    NoCredit,
)
from desktop_search.core.footage import VideoRecord
from desktop_search.core.imports import ImportItem, ImportKind, ImportState, ImportWish
from desktop_search.core.language import _
from desktop_search.core.library import LOCAL_ID
from desktop_search.core.token import CancelToken
from desktop_search.transfers.bell import Bell
from desktop_search.transfers.holds import Holds
from desktop_search.transfers.import_calls import (
    Asked,
    ImportClient,
    ImportClients,
    ask,
    call_kind,
    find_asked,
    look,
    took_nothing,
)
from desktop_search.transfers.import_ends import after_look, newly_searchable
from desktop_search.transfers.per_library import PerLibrary
from desktop_search.transfers.polling import asks_again
from desktop_search.transfers.ports import NO_BOOKS, Books, Report

_log = logging.getLogger(__name__)

_IDLE_S = 5.0
_REFUSED_PAUSE_S = 30.0
_SHORT_WAIT_S = 1.0
_ACCOUNT_ERRORS = (KeyRejected, NoCredit, AccountDisabled, KeyringUnavailable)

UNSURE = _(
    "The program ended, or the connection broke, before the library answered; it may have been asked. Retry asks again."
)


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


class Imports:
    """The list of imports at work. Every change of state is on the disk before anybody hears of it.

    A call whose answer was lost is never made again by itself: the service has no way to tell that it is the same, and
    may charge for both. `run` is the one long job; all other methods are short, but write to the disk.
    """

    def __init__(
        self,
        catalog: Catalog,
        clients: ImportClients,
        *,
        poll_local_s: float = 1.0,
        poll_remote_s: float = 10.0,
        now_ms: Callable[[], int] = _now_ms,
        books: Books = NO_BOOKS,
    ) -> None:
        self._catalog, self._books = catalog, books
        self._rows, self._clients, self._now_ms = ImportsTable(catalog), clients, now_ms
        self._lock_file = catalog.lock_file.with_name(f"{catalog.lock_file.name}-imports")
        self._poll_local_s, self._poll_remote_s = poll_local_s, poll_remote_s
        self._bell, self._asking_holds, self._looking_holds = Bell(), Holds(), Holds()
        self._due: dict[str, float] = {}
        self._missing: dict[int, int] = {}

    def items(self) -> tuple[ImportItem, ...]:
        """Every row, oldest first. Raises `CatalogProblem`."""
        return self._rows.all()

    def add(self, wishes: Iterable[ImportWish]) -> tuple[ImportItem, ...]:
        """Write down what the user asked for; `run` asks the libraries. Raises `CatalogProblem`, `DiskFull`."""
        now_ms = self._now_ms()
        added = self._rows.add(ImportItem(0, wish, added_ms=now_ms, changed_ms=now_ms) for wish in wishes)
        self.try_again()
        return added

    def retry(self, ids: Iterable[int]) -> tuple[ImportItem, ...]:
        """Ask once more for what failed or did not come whole; returns the rows that changed."""
        rows = (self._rows.get(item_id) for item_id in ids)
        now_ms = self._now_ms()
        changed = tuple(replace(row.again(), changed_ms=now_ms) for row in rows if row is not None and row.is_over)
        for row in changed:
            self._rows.update(row)
        self.try_again()
        return changed

    def remove(self, ids: Iterable[int]) -> None:
        """Take rows off the list. What a library was asked for goes on there, and what it has stays."""
        self._rows.remove(ids)

    def try_again(self) -> None:
        """Let libraries that are left alone for a while be asked at once."""
        self._asking_holds.release()
        self._looking_holds.release()
        self._bell.ring()

    def run(self, token: CancelToken, report: Report) -> None:
        """Ask and follow until cancelled; reports each changed `ImportItem`.

        While another window does so for the same catalog, this one waits. Raises `Cancelled`, and `CatalogProblem` or
        `DiskFull` when nothing can be recorded any more.
        """
        with sole_turn(self._lock_file, token):
            for item in self._rows.in_state(ImportState.ASKED):  # left by a crash
                self._store(item, report, state=ImportState.FAILED, cause=UNSURE)
            with (
                PerLibrary("importing", self._bell.ring) as asking,
                PerLibrary("import-tasks", self._bell.ring) as looking,
            ):
                while True:
                    token.check()
                    heard = self._bell.rings
                    waits = [*self._ask_next(asking, token, report), *self._look_next(looking, token, report)]
                    self._bell.wait(heard, min(waits, default=_IDLE_S), token)

    def _ask_next(self, lanes: PerLibrary, token: CancelToken, report: Report) -> list[float]:
        """Begin to ask for the oldest waiting row of each library; for how long there is nothing more to do."""
        waits = []
        for library_id, items in _by_library(self._rows.in_state(ImportState.WAITING)).items():
            if lanes.running(library_id):
                continue
            hold_s = self._asking_holds.remaining_s(library_id)
            if hold_s:
                waits.append(hold_s)
            else:
                lanes.start(library_id, partial(self._attempt, items[0], token, report))
        return waits

    def _attempt(self, item: ImportItem, token: CancelToken, report: Report) -> None:
        library_id = item.wish.library_id
        asked = False
        try:
            client = self._clients(library_id, token)
            self._wait_for_turn(item, client.wait_s(call_kind(item.wish)), token, report)
            answer = self._asked_before(client, item, token)
            if answer is None:
                if not self._store(item, report, state=ImportState.ASKED, cause="", asked_ms=self._now_ms()):
                    return  # removed meanwhile
                asked = True
                answer = ask(client, item.wish, token)
            self._began(item, answer, report)
            self._asking_holds.succeeded(library_id)
        except (Cancelled, CatalogProblem):
            raise  # a row that was asked stays so, and the next start knows that it may have been
        except AppError as error:
            self._refused(item, error, report, asked=asked)
        except Exception as error:  # noqa: BLE001 - one import must never stop the others
            _log.exception("an import failed unexpectedly")
            details = f"{type(error).__name__}: {error}"
            self._refused(item, AppError(_("Something went wrong inside the program."), details=details), report)

    def _asked_before(self, client: ImportClient, item: ImportItem, token: CancelToken) -> Asked | None:
        """What an earlier call became whose answer was lost; posts need no look: the library takes each once."""
        if not item.asked_ms or item.wish.kind is not ImportKind.VIDEO:
            return None
        known_ids = frozenset(video.video_no for row in self._rows.all() for video in row.videos)
        video = find_asked(client, item, known_ids, token)
        return Asked(videos=(video,)) if video is not None else None

    def _began(self, item: ImportItem, answer: Asked, report: Report) -> None:
        state, videos = ImportState.RUNNING, answer.videos
        self._store(item, report, state=state, cause="", task_id=answer.task_id, videos=videos, asked_ms=0)

    def _wait_for_turn(self, item: ImportItem, wait_s: float, token: CancelToken, report: Report) -> None:
        """Wait for the service's limit before the row counts as asked, so that a crash meanwhile leaves no doubt."""
        if wait_s > _SHORT_WAIT_S:
            words = _("Waits {seconds} s: the library takes only so many imports at a time.")
            self._store(item, report, cause=words.format(seconds=f"{wait_s:.0f}"))
        token.wait(wait_s)

    def _refused(self, item: ImportItem, error: AppError, report: Report, *, asked: bool = False) -> None:
        library_id = item.wish.library_id
        if isinstance(error, _ACCOUNT_ERRORS):  # the same would happen to all of them; ask the server once
            waiting = self._rows.in_state(ImportState.WAITING)
            for row in (item, *(each for each in waiting if each.wish.library_id == library_id)):
                self._store(row, report, state=ImportState.FAILED, cause=str(error))
        elif error.retryable and (not asked or took_nothing(error)):
            wait_s = self._asking_holds.after(library_id, error)
            words = _("{problem} Tries again in {seconds} s.")
            cause = words.format(problem=error.message, seconds=f"{wait_s:.0f}")
            self._store(item, report, state=ImportState.WAITING, cause=cause)
        elif error.retryable:
            row = self._rows.get(item.item_id) or item
            self._store(row, report, state=ImportState.FAILED, cause=f"{error.message} {UNSURE}")
        else:
            self._store(item, report, state=ImportState.FAILED, cause=str(error))

    def _look_next(self, lanes: PerLibrary, token: CancelToken, report: Report) -> list[float]:
        """Begin to look after the running rows of each library that is due; in how many seconds the next one is."""
        waits = []
        for library_id, items in _by_library(self._rows.in_state(ImportState.RUNNING)).items():
            if lanes.running(library_id):
                continue
            wait_s = max(self._due.get(library_id, 0.0) - time.monotonic(), self._looking_holds.remaining_s(library_id))
            if wait_s <= 0:
                wait_s = self._poll_local_s if library_id == LOCAL_ID else self._poll_remote_s
                self._due[library_id] = time.monotonic() + wait_s
                lanes.start(library_id, partial(self._look_after, library_id, items, token, report))
            waits.append(wait_s)
        return waits

    def _look_after(self, library_id: str, items: Sequence[ImportItem], token: CancelToken, report: Report) -> None:
        try:
            client = self._clients(library_id, token)
            for item in items:
                token.check()
                seen = look(client, item, token)
                missed = self._missing[item.item_id] = 0 if seen is not None else self._missing.get(item.item_id, 0) + 1
                brought = () if seen is None else newly_searchable(item, seen)
                self._replace(item, after_look(item, seen, self._now_ms(), missed), report, brought)
            self._looking_holds.succeeded(library_id)
        except AppError as error:
            if isinstance(error, CatalogProblem):
                raise
            if not error.retryable:
                error.retry_after_s = _REFUSED_PAUSE_S
            wait_s = self._looking_holds.after(library_id, error)
            for item in items:
                row = self._rows.get(item.item_id)
                if row is not None and row.state is ImportState.RUNNING:
                    self._store(row, report, cause=asks_again(error, wait_s))

    def _store(self, item: ImportItem, report: Report, **changes: object) -> bool:
        return self._replace(item, replace(item, changed_ms=self._now_ms(), **changes), report)  # type: ignore[arg-type]

    def _replace(self, old: ImportItem, new: ImportItem, report: Report, brought: Sequence[VideoRecord] = ()) -> bool:
        with self._catalog.writing() if brought else nullcontext():
            if brought:
                self._books.imported(old.wish, brought)
            # A row that the user removed does not come back.
            stored = new == old or self._rows.update(new)
        if stored and new != old:
            report(new)
        return stored


def _by_library(items: Iterable[ImportItem]) -> dict[str, list[ImportItem]]:
    found: dict[str, list[ImportItem]] = {}
    for item in items:
        found.setdefault(item.wish.library_id, []).append(item)
    return found
