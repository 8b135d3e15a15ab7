"""How far the work on a model is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """What is being done to a model's files."""

    FETCHING = "fetching"
    COPYING = "copying"
    VERIFYING = "verifying"  # computing checksums
    TRYING = "trying"  # the built-in check; its bytes do not count up


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the work is: bytes of the whole model, of which `file` is the one being worked on."""

    model_id: str
    stage: Stage
    file: str
    done_bytes: int
    total_bytes: int


Report = Callable[[Progress], None]


class Counter:
    """Counts the bytes of a model's files, one after the other, in one stage."""

    def __init__(self, report: Report, model_id: str, stage: Stage, total_bytes: int) -> None:
        self._report, self._model_id, self._stage, self._total = report, model_id, stage, total_bytes
        self._before, self._file = 0, ""

    def begin(self, file: str) -> None:
        """The next file; nothing of it is done yet."""
        self._file = file
        self.at(0)

    def at(self, done_bytes: int) -> None:
        """So many bytes of this file are done."""
        done = self._before + done_bytes
        self._report(Progress(self._model_id, self._stage, self._file, done, max(self._total, done)))

    def end(self, size_bytes: int) -> None:
        """This file is done."""
        self.at(size_bytes)
        self._before += size_bytes
