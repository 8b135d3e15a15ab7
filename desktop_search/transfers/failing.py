"""What becomes of rows when sending or preparing them went wrong."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.errors import (
    AccountDisabled,
    AppError,
    BudgetReached,
    EngineUnavailable,
    FileProblem,
    KeyRejected,
    KeyringUnavailable,
    NoCredit,
    NotTrusted,
    RateLimited,
    RequestRejected,
    Unreachable,
)
from desktop_search.core.language import _, ngettext, short_number
from desktop_search.core.retrying import TRIES_MAX
from desktop_search.core.transfer_settings import RateLimit
from desktop_search.core.uploads import UploadItem, UploadState
from desktop_search.transfers.holds import Holds
from desktop_search.transfers.looking_up import MayHaveArrived
from desktop_search.transfers.polling import asks_again

_BUDGET_S = 60.0  # how often it is looked whether the budget allows more
_ACCOUNT_ERRORS = (KeyRejected, NoCredit, AccountDisabled, KeyringUnavailable)
# Nothing of the file was tried, so it is no reason to give the file up: it waits for as long as it takes.
_NOT_THE_FILES_FAULT = (Unreachable, RateLimited, EngineUnavailable)
_UNDER_WAY = frozenset({UploadState.WAITING, UploadState.SENDING, UploadState.PREPARING})


@dataclass(frozen=True, slots=True)
class _Told:
    """Which rows say for how long they wait; `say` makes the words for so many seconds."""

    ids: tuple[int, ...]
    say: Callable[[int], str]

    def words(self, wait_s: float) -> str:
        return self.say(math.ceil(wait_s))


class Failures:
    """Lets rows wait or fail, with the cause in words, and their library rest. Safe from any thread.

    Args:
        step: writes a row's next step, if the row is still in the state it had, and reports it.
    """

    def __init__(self, uploads: UploadsTable, holds: Holds, step: Callable[[UploadItem, UploadItem], object]) -> None:
        self._uploads, self._holds, self._step = uploads, holds, step
        self._tries: Counter[int] = Counter()
        self._alone: set[int] = set()
        self._told: dict[str, _Told] = {}

    def goes_alone(self, item: UploadItem) -> bool:
        """Whether the picture was in a request that the library refused as a whole."""
        return item.item_id in self._alone

    def forget(self, items: Sequence[UploadItem]) -> None:
        """These rows were dealt with."""
        for item in items:
            self._tries.pop(item.item_id, None)

    def note(self, items: Sequence[UploadItem], error: AppError) -> None:
        """The work on these rows ended with `error`. Rows that were halted or removed meanwhile stay as they are."""
        rows = [row for row in (self._uploads.get(item.item_id) for item in items) if row and row.state in _UNDER_WAY]
        if not rows:
            return
        if isinstance(error, _ACCOUNT_ERRORS):  # the same would happen to all of them; ask the server once
            waiting = [row for row in self._uploads.all(rows[0].library_id) if row.state is UploadState.WAITING]
            self._fail({row.item_id: row for row in (*waiting, *rows)}.values(), error)
        elif isinstance(error, BudgetReached):  # the rows wait until there is money again
            self._holds.hold(rows[0].library_id, _BUDGET_S)
            self._told.pop(rows[0].library_id, None)
            self._wait(rows, str(error))
        elif isinstance(error, MayHaveArrived):
            self._wait(rows, asks_again(error, error.retry_after_s or 0.0))
        elif error.retryable or isinstance(error, NotTrusted):  # that may be the log-in page of a network
            self._try_again(rows, error)
        elif len(rows) > 1 and isinstance(error, RequestRejected | FileProblem):  # which of them was it?
            self._alone.update(row.item_id for row in rows)
            self._wait(rows, "")
        else:
            self._fail(rows, error)

    def patience(self, item: UploadItem, wait_s: float, limit: RateLimit | None) -> None:
        """The account's limit keeps the row waiting."""
        self._holds.hold(item.library_id, wait_s)
        row = self._uploads.get(item.item_id)
        if row is not None and row.state is UploadState.WAITING:
            self._wait_s([row], wait_s, partial(_waits, limit))

    def still_waiting(self, library_id: str, wait_s: float) -> tuple[UploadItem, ...]:
        """The rows that told for how long they wait, with the time that is left."""
        told = self._told.get(library_id)
        if told is None:
            return ()
        rows = (self._uploads.get(item_id) for item_id in told.ids)
        return tuple(
            replace(row, cause=told.words(wait_s))
            for row in rows
            if row is not None and row.state is UploadState.WAITING and row.cause
        )

    def _try_again(self, rows: Sequence[UploadItem], error: AppError) -> None:
        if not isinstance(error, _NOT_THE_FILES_FAULT):
            self._tries.update(row.item_id for row in rows)
        given_up = [row for row in rows if self._tries[row.item_id] >= TRIES_MAX]
        self._fail(given_up, error)
        wait_s = self._holds.after(rows[0].library_id, error)
        waiting = [row for row in rows if row not in given_up]
        if isinstance(error, RateLimited):
            self._wait_s(waiting, wait_s, partial(_waits, None))
        else:
            self._wait_s(waiting, wait_s, partial(_tries_again, error.message))

    def _wait_s(self, rows: Sequence[UploadItem], wait_s: float, say: Callable[[int], str]) -> None:
        if rows:
            told = self._told[rows[0].library_id] = _Told(tuple(row.item_id for row in rows), say)
            self._wait(rows, told.words(wait_s))

    def _wait(self, rows: Sequence[UploadItem], cause: str) -> None:
        for row in rows:
            waiting = row if row.state is UploadState.WAITING else row.moved_to(UploadState.WAITING)
            self._step(row, replace(waiting, cause=cause, sent_bytes=0))

    def _fail(self, rows: Iterable[UploadItem], error: AppError) -> None:
        for row in rows:
            self._tries.pop(row.item_id, None)
            self._step(row, row.moved_to(UploadState.FAILED, cause=str(error)))


def _waits(limit: RateLimit | None, seconds: int) -> str:
    if limit is None:
        return _("Waits {seconds} s: the library takes only so many uploads at a time.").format(seconds=seconds)
    if limit.seconds == 60:
        return ngettext(
            "Waits {seconds} s: the library takes one upload per minute.",
            "Waits {seconds} s: the library takes {count} uploads per minute.",
            limit.calls,
            seconds=seconds,
        )
    return ngettext(
        "Waits {seconds} s: the library takes one upload per {span} s.",
        "Waits {seconds} s: the library takes {count} uploads per {span} s.",
        limit.calls,
        seconds=seconds,
        span=short_number(limit.seconds, 3),
    )


def _tries_again(problem: str, seconds: int) -> str:
    return _("{problem} Tries again in {seconds} s.").format(problem=problem, seconds=seconds)
