"""Finished files: onto the disk, and into a place where they replace nothing."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path


def onto_disk(path: Path) -> None:
    """The bytes of a file, or the names in a folder, outlive a power cut when this returns. Raises `OSError`."""
    is_folder = path.is_dir()
    if is_folder and os.name != "posix":  # Windows writes names by itself
        return
    handle = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def settle_new(fresh: Path, target: Path) -> Path:
    """Onto the disk, then to `target`, or to "name (2)" and so on where something is already.

    Returns where it is now. Raises `OSError`.
    """
    onto_disk(fresh)
    for number in count(1):
        place = target if number == 1 else target.with_name(f"{target.stem} ({number}){target.suffix}")
        try:
            os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))  # the name is ours from here on
        except FileExistsError:
            continue
        try:
            return fresh.replace(place)
        except OSError:
            place.unlink()
            raise
    raise AssertionError
