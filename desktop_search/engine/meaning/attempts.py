"""Trying what may end the whole process: a driver that crashes must not be tried for ever."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_MOST = 2  # once may be chance: the process can also be ended by hand while it tries


@contextmanager
def attempt(file: Path, provider: str) -> Iterator[bool]:
    """Whether a model file may be tried on a provider; counts it, in a note beside the file, until the block has ended.

    False once two tries have ended neither well nor with an error: the process died of them. Another revision of the
    model, or the model added again, begins anew.
    """
    note = file.with_name(f".{file.stem}.{provider}.tried")
    unfinished = _count(note)
    if unfinished >= _MOST:
        yield False
        return
    with suppress(OSError):  # a folder that cannot be written to: then it is tried each time
        note.write_text(f"{unfinished + 1}")
    try:
        yield True
    except Exception:
        _forget(note)
        raise
    _forget(note)


def _count(note: Path) -> int:
    try:
        return int(note.read_text())
    except (OSError, ValueError):
        return 0


def _forget(note: Path) -> None:
    with suppress(OSError):
        note.unlink()
