"""One engine per data folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from desktop_search.engine.problems import StartProblem

_held: list[BinaryIO] = []  # kept open, and so locked, until the process ends, however it ends


def lock_folder(data_dir: Path) -> None:
    """Hold the folder for this process. Raises StartProblem when another engine has it."""
    file = (data_dir / "engine.lock").open("ab")
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise StartProblem(f"Another engine is already running on {data_dir}.") from None
    _held.append(file)
