"""A file that is read while it is fetched: what is here is read, what is not is waited for and fetched first."""

from __future__ import annotations

import io
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from desktop_search.core.errors import AppError, Cancelled, ServerError
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.transfers.disk_cache import PART_SUFFIX
from desktop_search.transfers.spans import Spans

_SOON_BYTES = 4_000_000  # what comes so soon anyway is not asked for by a call of its own
_LOOK_EVERY_S = 0.1


class Arrival:
    """One file on its way. Any number of readers, one who brings it. Safe from any thread.

    Until it is whole it lies beside its place under another name, so nobody takes a part for the whole.

    Args:
        place: where it will be.
        may_ask: whether another call for a stretch of it may be made now, by the account's limits.
    """

    def __init__(self, place: Path, may_ask: Callable[[], bool]) -> None:
        self._place, self._may_ask = place, may_ask
        self._part = place.with_name(place.name + PART_SUFFIX)
        self._changed = threading.Condition()
        self._file: BinaryIO | None = None
        self._here = Spans()
        self._received = 0
        self._total: int | None = None
        self._at, self._ranges = 0, True
        self._waiting: dict[object, int] = {}  # by reader, the newest last
        self._over = False
        self._error: AppError | None = None

    @property
    def path(self) -> Path:
        """Where it will be."""
        return self._place

    @property
    def is_waiting(self) -> bool:
        """Whether somebody reads at a place that is not here yet."""
        return bool(self._waiting)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come, and it is not whole."""
        return self._over

    @property
    def received_bytes(self) -> int:
        """How much is here."""
        return self._received

    @property
    def total_bytes(self) -> int | None:
        """Of the whole file, as soon as it is known."""
        return self._total

    def size_bytes(self, token: CancelToken) -> int:
        """Of the whole file; waits until it is known."""
        with self._changed:
            while self._total is None:
                self._wait(token)
            return self._total

    def open(self, token: CancelToken) -> ArrivalReader:
        """A reader of its own, at the beginning."""
        return ArrivalReader(self, token)

    def start(self) -> None:
        """Begin to keep what comes. Raises `OSError`."""
        with self._changed:
            self._keep_open(self._part.open("w+b", buffering=0))

    def next_byte(self) -> int | None:
        """What is waited for, else the first gap."""
        with self._changed:
            if self._total is not None and self._here.end_from(0) >= self._total:
                return None
            if not self._ranges:
                return 0
            urgent = self._urgent()
            return self._here.end_from(0) if urgent is None else urgent

    def begin(self, at: int, total_bytes: int | None, *, ranges: bool) -> None:
        """What follows begins at `at`. Raises `ServerError` where it is another file than before."""
        with self._changed:
            if self._total is not None and total_bytes != self._total:
                raise ServerError(_("The file was changed while it was fetched."), hint=_("Choose the clip again."))
            self._at, self._total, self._ranges = at, total_bytes, ranges and total_bytes is not None
            self._changed.notify_all()

    def take(self, piece: bytes) -> bool:
        """Keep the next bytes; whether to go on with those that follow."""
        with self._changed:
            if self._file is None or self._over:
                return False
            self._file.seek(self._at)
            self._file.write(piece)
            self._here.add(self._at, self._at + len(piece))
            self._at += len(piece)
            self._received = self._here.total
            self._changed.notify_all()
            return self._goes_on()

    def end(self) -> None:
        """The server has no more; so the size is known, if it was not said."""
        with self._changed:
            if self._total is None:
                self._total = self._at
                self._changed.notify_all()

    def finish(self) -> None:
        """All is here: it takes its place, and readers go on in it. Raises `OSError`, `ServerError` for nothing."""
        with self._changed:
            if self._file is None or not self._total:
                raise ServerError(_("The library sent an empty file."), hint=_("Try again."))
            self._file.close()
            self._part.replace(self._place)
            self._keep_open(self._place.open("rb", buffering=0))
            self._changed.notify_all()

    def give_up(self, error: BaseException) -> None:
        """Nothing more will come; readers are told why."""
        with self._changed:
            self._over = True
            self._error = error if isinstance(error, AppError) else None
            if self._file is not None:
                self._file.close()
            self._changed.notify_all()

    def read_at(self, reader: object, at: int, size: int, token: CancelToken) -> bytes:
        """At least one byte from `at`, at most `size`; none at the end. Waits for it."""
        with self._changed:
            try:
                while (end := self._here.end_from(at)) == at:
                    if self._total is not None and at >= self._total:
                        return b""
                    self._waiting[reader] = at
                    self._wait(token)
            finally:
                self._waiting.pop(reader, None)
            if self._over or self._file is None:
                raise self._why
            self._file.seek(at)
            return self._file.read(min(size, end - at))

    @property
    def _why(self) -> Exception:
        return self._error if self._error is not None else Cancelled()

    def _keep_open(self, file: BinaryIO) -> None:
        """Until the last reader is gone."""
        self._file = file
        weakref.finalize(self, file.close)

    def _wait(self, token: CancelToken) -> None:
        token.check()
        if self._over:
            raise self._why
        self._changed.wait(_LOOK_EVERY_S)

    def _urgent(self) -> int | None:
        """Where the newest reader waits."""
        missing = [at for at in self._waiting.values() if self._here.end_from(at) == at]
        return missing[-1] if missing else None

    def _goes_on(self) -> bool:
        if not self._ranges:
            return True
        if self._here.end_from(self._at) != self._at:
            return False  # what follows is here already
        urgent = self._urgent()
        if urgent is None or self._at <= urgent <= self._at + _SOON_BYTES:
            return True
        return not self._may_ask()


class ArrivalReader:
    """Reads an `Arrival` as if it were whole; see `ByteReader`."""

    def __init__(self, arrival: Arrival, token: CancelToken) -> None:
        self._arrival, self._token = arrival, token
        self._at = 0
        self.gave_up: Exception | None = None

    def read(self, size: int) -> bytes:
        """As a file's; never less than one byte before the end."""
        if self.gave_up is not None:
            return b""
        try:
            data = self._arrival.read_at(self, self._at, size, self._token)
        except (AppError, Cancelled, OSError) as error:
            self.gave_up = error
            return b""
        self._at += len(data)
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As a file's."""
        if whence == io.SEEK_CUR:
            offset += self._at
        elif whence == io.SEEK_END:
            try:
                offset += self._arrival.size_bytes(self._token)
            except (AppError, Cancelled) as error:
                self.gave_up = error
        self._at = max(0, offset)
        return self._at

    def tell(self) -> int:
        """As a file's."""
        return self._at
