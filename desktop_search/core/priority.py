"""How child processes behave beside others: they go last, and they do not outlive the one that started them."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from multiprocessing.connection import wait

_NICER_BY = 10
_BELOW_NORMAL = 0x4000  # a priority class of Windows


def die_with_parent() -> None:
    """End at once when the parent process ends, however it ends: long work never asks the pipe."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    sentinel = parent.sentinel

    def watch() -> None:
        wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, name="parent", daemon=True).start()


def step_back() -> None:
    """Let the window, the player and everything else go first, for the processor and for the disk."""
    if sys.platform == "win32":
        import ctypes

        this_process = ctypes.c_void_p(-1)
        ctypes.windll.kernel32.SetPriorityClass(this_process, _BELOW_NORMAL)
    else:
        os.nice(_NICER_BY)  # for the disk, too: on Linux its priority follows this unless it is set by itself
