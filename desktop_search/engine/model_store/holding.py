"""One process at a time works on a model; the lock goes with the process, however that ends."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from desktop_search.core.errors import FileProblem


@contextmanager
def held(folder: Path, name: str, busy: str, *, wait: bool = False) -> Iterator[None]:
    """Hold `name` below the models folder.

    Raises `FileProblem` saying `busy` when another process has it; with `wait`, lets that one finish first.
    """
    locks = folder / ".locks"
    try:
        locks.mkdir(parents=True, exist_ok=True)
        file = (locks / f"{name}.lock").open("ab")
    except OSError as error:
        raise FileProblem(f"The models folder “{folder}” cannot be used: {error.strerror or error}.") from None
    with file:
        try:
            _lock(file, wait)
        except OSError:
            raise FileProblem(busy, hint="Wait for it to end, or end it first.") from None
        yield


def _lock(file: BinaryIO, wait: bool) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
