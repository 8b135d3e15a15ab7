"""The innermost loop: one query against many rows of 8-bit numbers."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from types import ModuleType

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int8]
Scores = npt.NDArray[np.float32]

THREADS = min(4, os.cpu_count() or 1)  # memory is the limit, not arithmetic: more do not help
_ROWS_AT_ONCE = 4096  # for NumPy: what it widens stays in the processor's cache


@cache
def _numkong() -> ModuleType | None:
    try:
        import numkong
    except ImportError:  # no wheel for this computer
        return None
    module: ModuleType = numkong
    return module


def dots(rows: Codes, query: Codes, out: Scores) -> None:
    """The dot product of each row (n × dim) with the query (dim), into `out` (n). Exact up to 1,040 dimensions."""
    simd = _numkong()
    if simd is None:
        dots_by_numpy(rows, query, out)
    elif len(rows):  # it refuses to work for nothing
        simd.cdist(rows, query[None], "dot", out=out[:, None])


def dots_by_numpy(rows: Codes, query: Codes, out: Scores) -> None:
    """The same, wherever there is no SIMD library; several times slower."""
    wide = query.astype(np.float32)
    for first in range(0, len(rows), _ROWS_AT_ONCE):
        part = slice(first, first + _ROWS_AT_ONCE)
        np.matmul(rows[part].astype(np.float32), wide, out=out[part])


def side_by_side(tasks: Sequence[Callable[[], None]], threads: int = THREADS) -> None:
    """Run all tasks, on this thread and some more; each takes the next that is left. Raises what one of them does."""
    left: Iterator[Callable[[], None]] = iter(tasks)
    taking = threading.Lock()
    errors: list[BaseException] = []

    def work() -> None:
        try:
            while True:
                with taking:
                    task = next(left, None)
                if task is None:
                    return
                task()
        except BaseException as error:  # noqa: BLE001 - raised again below, on the thread that asked
            errors.append(error)

    others = [threading.Thread(target=work, name="scan") for _ in range(min(threads, len(tasks)) - 1)]
    for other in others:
        other.start()
    work()
    for other in others:
        other.join()
    if errors:
        raise errors[0]
