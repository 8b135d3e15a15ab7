"""What worker processes do in these tests: misbehave in every way a decoder can."""

from __future__ import annotations

import itertools
import os
import resource
import signal
import sys
import threading

from desktop_search.core.errors import FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.core.worker_limits import memory_limit_bytes, watch_memory
from desktop_search.engine.library.worker_process import Report, Task


def behave(task: Task, report: Report, token: CancelToken) -> object:
    """The task's name says how."""
    if task.name == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if task.name == "exit":
        os._exit(3)
    if task.name == "hang":
        report(10)
        threading.Event().wait()
    if task.name == "fail":
        raise FileProblem("The file is empty.", hint="Copy it again.")
    if task.name == "bug":
        raise ZeroDivisionError("oops")
    if task.name == "memory":
        raise MemoryError
    if task.name == "swell":
        return len(bytearray(memory_limit_bytes()))
    if task.name == "limit":
        return resource.getrlimit(resource.RLIMIT_DATA)[0]
    if task.name == "swell unhindered":
        watch_memory(1)
        threading.Event().wait()
    if task.name == "long":
        report.length(1)
        for permille in itertools.cycle(range(1000)):
            report(permille)
    if task.name == "deep":
        sys.setrecursionlimit(100)
        return behave_deeply(1)
    if task.name == "count":  # up to 1000, a step each millisecond at most
        for permille in range(1, 1001):
            report(permille)
            threading.Event().wait(0.001)
            token.check()
        return os.getpid()
    for permille in (0, 500, 1000):
        report(permille)
    return os.getpid()


def behave_deeply(depth: int) -> int:
    """Never ends by itself."""
    return behave_deeply(depth + 1)
