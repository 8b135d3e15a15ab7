"""Snowflake identifiers (contract §12.1): milliseconds since 2021, worker, sequence."""

from __future__ import annotations

import re
import threading
import time

EPOCH_MS = 1_609_459_200_000  # 2021-01-01 UTC
_SEQUENCES = 1 << 12
_PRIVATE, _PUBLIC = "VI", "PI-"
_VIDEO_NO = re.compile(r"VI([1-9][0-9]{0,18})", re.ASCII)
_PUBLIC_NO = re.compile(r"PI-([1-9][0-9]{0,18})", re.ASCII)
_INT64_MAX = 2**63 - 1


def now_ms() -> int:
    """Milliseconds since the Unix epoch."""
    return time.time_ns() // 1_000_000


class Snowflake:
    """Makes identifiers that never repeat and always grow, from any thread."""

    def __init__(self, last_id: int = 0, worker: int = 1) -> None:
        """`last_id`: the largest id given out before; new ones are larger even if the clock went back."""
        self._worker = worker
        self._last_ms = (last_id >> 22) + (1 if last_id else 0)
        self._sequence = -1
        self._lock = threading.Lock()

    def next(self) -> int:
        """The next identifier."""
        with self._lock:
            moment = max(now_ms() - EPOCH_MS, self._last_ms)
            if moment > self._last_ms:
                self._sequence = -1
            self._sequence += 1
            if self._sequence == _SEQUENCES:  # borrowed from the future rather than waiting for it
                moment, self._sequence = moment + 1, 0
            self._last_ms = moment
            return moment << 22 | self._worker << 12 | self._sequence


def video_no_of(video_id: int, *, public: bool) -> str:
    """What the wire calls a video of the private or the public library."""
    return f"{_PUBLIC if public else _PRIVATE}{video_id}"


def video_id_of(video_no: str) -> int | None:
    """The number in `VI…`, or `None` where there cannot be such a private video."""
    match = _VIDEO_NO.fullmatch(video_no)
    return row_id_of(match.group(1)) if match else None


def public_id_of(video_no: str) -> int | None:
    """The number in `PI-…`, or `None` where there cannot be such a public video."""
    match = _PUBLIC_NO.fullmatch(video_no)
    return row_id_of(match.group(1)) if match else None


def row_id_of(digits: str) -> int | None:
    """The number in up to 19 digits, or `None` where no row can have it."""
    number = int(digits)
    return number if 0 < number <= _INT64_MAX else None
