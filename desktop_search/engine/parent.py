"""Ending with the process that started this one."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable

_STDIN = 0


def end_with_parent(end: Callable[[], None]) -> None:
    """Call `end` once standard input closes: the parent is gone, even if it was killed."""

    def watch() -> None:
        # Read from the descriptor itself: the buffered reader would hold its lock while the interpreter ends.
        with contextlib.suppress(OSError):  # there never was one: the same as closed
            while os.read(_STDIN, 4096):
                pass
        end()

    threading.Thread(target=watch, name="parent", daemon=True).start()
