"""What one file may cost a worker process: so much memory, and so much time for its length."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable

from desktop_search.core.errors import FileProblem
from desktop_search.core.language import _

NO_MEMORY = _("There was not enough memory to read this file.")
ENDED_FOR_MEMORY = 77  # exit code of a worker that took too much
_LEAST_BYTES, _MOST_BYTES = 3 << 30, 8 << 30  # a recogniser of speech and 8K footage need the least
_WATCH_EVERY_S = 0.25
_TIME_FLOOR_S = 1_800.0
_TIMES_LENGTH = 20.0


def death(code: int | None) -> FileProblem:
    """What the exit code of a process that ended by itself says of the file that it was reading."""
    if code == ENDED_FOR_MEMORY:
        return FileProblem(NO_MEMORY)
    details = f"ended by {signal.Signals(-code).name}" if code is not None and code < 0 else f"ended with {code}"
    return FileProblem(_("Reading this file made the decoder crash."), details=details)


def memory_limit_bytes() -> int:
    """Half of this computer's memory, within bounds."""
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return _LEAST_BYTES
    total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return max(_LEAST_BYTES, min(_MOST_BYTES, total // 2))


def time_limit_s(length_ms: int) -> float:
    """How long reading a video of this length may take in all, on the slowest computer."""
    return _TIME_FLOOR_S + _TIMES_LENGTH * length_ms / 1000


def limit_memory(limit_bytes: int) -> None:
    """Let this process have so much memory of its own.

    Linux refuses more, and the file that asked for it fails with MemoryError. macOS and Windows refuse nothing, so
    there a thread looks at the process again and again, and ends it with `ENDED_FOR_MEMORY`.
    """
    if sys.platform == "linux":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (limit_bytes if most < 0 else min(limit_bytes, most), most))
    else:
        watch_memory(limit_bytes)


def watch_memory(limit_bytes: int, used: Callable[[], int] | None = None) -> None:
    """End this process once it has used more than `limit_bytes`; returns at once."""
    pause, look = threading.Event(), used or peak_bytes

    def watch() -> None:
        while look() <= limit_bytes:
            pause.wait(_WATCH_EVERY_S)
        os._exit(ENDED_FOR_MEMORY)

    threading.Thread(target=watch, name="memory", daemon=True).start()


def peak_bytes() -> int:
    """The most memory that this process has had at one time."""
    if sys.platform == "win32":
        return _windows_peak_bytes()
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


class _Counters(ctypes.Structure):
    """PROCESS_MEMORY_COUNTERS of psapi.h."""

    _fields_ = (
        ("cb", ctypes.c_uint32),
        ("PageFaultCount", ctypes.c_uint32),
        *((f"size{number}", ctypes.c_size_t) for number in range(7)),
        ("PeakPagefileUsage", ctypes.c_size_t),
    )


def _windows_peak_bytes() -> int:
    counters = _Counters(cb=ctypes.sizeof(_Counters))
    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined,unused-ignore]
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    process = ctypes.c_void_p(kernel.GetCurrentProcess())
    kernel.K32GetProcessMemoryInfo(process, ctypes.byref(counters), counters.cb)
    return int(counters.PeakPagefileUsage)
