"""What the command says: for people, or one JSON object a line for a program that drives it."""

from __future__ import annotations

import json
import sys
import time
from typing import Any, Protocol

from desktop_search.core.errors import AppError
from desktop_search.engine.model_store.listing import mb, table
from desktop_search.engine.model_store.progress import Progress

_EVERY_S = 0.2


class Speaker(Protocol):
    """Says what happens. Exactly one of `done` and `failed` ends the work on one model."""

    def models(self, rows: list[dict[str, Any]], total: dict[str, Any]) -> None:
        """The answer of `list`."""

    def progress(self, progress: Progress) -> None:
        """How far the work is; called often, said a few times a second."""

    def done(self, text: str, values: dict[str, Any], /) -> None:
        """It is done: in words, and in values."""

    def failed(self, problem: AppError, cancelled: bool = False, /) -> None:
        """It is not done."""


class _Pace:
    """Lets through the first word of each file and stage, and then a few a second."""

    def __init__(self) -> None:
        self._about: tuple[str, str] | None = None
        self._next_s = 0.0

    def due(self, progress: Progress) -> bool:
        about, now = (progress.stage.value, progress.file), time.monotonic()
        if about == self._about and now < self._next_s and progress.done_bytes < progress.total_bytes:
            return False
        self._about, self._next_s = about, now + _EVERY_S
        return True


class JsonSpeaker:
    """One JSON object a line, on standard output, at once."""

    def __init__(self) -> None:
        self._pace = _Pace()

    def models(self, rows: list[dict[str, Any]], total: dict[str, Any]) -> None:
        """`{"models": […], "folder": …, "disk_bytes": …, "free_bytes": …}`."""
        self._say({"models": rows, **total})

    def progress(self, progress: Progress) -> None:
        """`{"progress": {"id", "stage", "file", "done_bytes", "total_bytes"}}`."""
        if self._pace.due(progress):
            values = {"stage": progress.stage.value, "file": progress.file}
            counted = {"done_bytes": progress.done_bytes, "total_bytes": progress.total_bytes}
            self._say({"progress": {"id": progress.model_id, **values, **counted}})

    def done(self, text: str, values: dict[str, Any], /) -> None:
        """`{"done": {"id": …, …}}`."""
        self._say({"done": values | {"message": text}})

    def failed(self, problem: AppError, cancelled: bool = False, /) -> None:
        """`{"failed": {"message", "hint", "retryable", "cancelled"}}`."""
        words = {"message": problem.message, "hint": problem.hint}
        self._say({"failed": {**words, "retryable": problem.retryable, "cancelled": cancelled}})

    def _say(self, value: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps(value) + "\n")
        sys.stdout.flush()


class PlainSpeaker:
    """Words: answers on standard output; progress, where somebody watches, and failures on standard error."""

    def __init__(self) -> None:
        self._pace = _Pace()
        self._watched = sys.stderr.isatty()
        self._line_open = False

    def models(self, rows: list[dict[str, Any]], total: dict[str, Any]) -> None:
        """A table."""
        sys.stdout.writelines(line + "\n" for line in table(rows, total))

    def progress(self, progress: Progress) -> None:
        """One line that is written over."""
        if self._watched and self._pace.due(progress):
            share = 100 * progress.done_bytes // max(1, progress.total_bytes)
            words = f"{progress.model_id}: {progress.stage.value} {progress.file}"
            sys.stderr.write(f"\r\x1b[K{words} {share} % of {mb(progress.total_bytes)}")
            sys.stderr.flush()
            self._line_open = True

    def done(self, text: str, _values: dict[str, Any], /) -> None:
        """One sentence."""
        self._close_line()
        sys.stdout.write(text + "\n")

    def failed(self, problem: AppError, _cancelled: bool = False, /) -> None:
        """One sentence or two, on standard error."""
        self._close_line()
        sys.stderr.write(f"desktop-search models: {problem}\n")

    def _close_line(self) -> None:
        if self._line_open:
            sys.stderr.write("\n")
            self._line_open = False
