"""How processes of the engine behave beside others: they go last, and they do not outlive it."""

from __future__ import annotations

import multiprocessing
import os
import threading
from multiprocessing.connection import wait


def die_with_parent() -> None:
    """End at once when the engine ends, however it ends: long work never asks the pipe."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    sentinel = parent.sentinel

    def watch() -> None:
        wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, name="parent", daemon=True).start()


def step_back() -> None:
    """Let the window, the player and everything else go first."""
    if hasattr(os, "nice"):
        os.nice(10)
