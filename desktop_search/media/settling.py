"""A finished file put into its place, where it replaces nothing."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path


def settle_new(fresh: Path, target: Path) -> Path:
    """Onto the disk, then to `target`, or to "name (2)" and so on where something is already.

    Returns where it is now. Raises `OSError`.
    """
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
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
