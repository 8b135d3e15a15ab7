"""Pausing work in a worker process: asked for through the pipe, heeded where the work looks at its token."""

from __future__ import annotations

import os
import threading
import time
from multiprocessing.connection import Connection

from desktop_search.core.token import CancelToken

PAUSE, GO_ON = "pause", "go on"
_LOOK_EVERY_S = 0.1  # asking a pipe takes a system call; frames come faster than anybody can tell


class PausingToken(CancelToken):
    """Holds up whoever checks it while the engine wants a pause. It is never cancelled: the process is killed instead.

    Safe from any thread: all of them wait.
    """

    def __init__(self, pipe: Connection) -> None:
        super().__init__()
        self._pipe, self._lock, self._look_at_s = pipe, threading.Lock(), 0.0

    def check(self) -> None:
        """Returns at once, or when the pause is over."""
        super().check()
        with self._lock:
            if time.monotonic() < self._look_at_s:
                return
            try:
                while self._pipe.poll():
                    if self._pipe.recv() == PAUSE:
                        self._wait_for_the_end()
            except (EOFError, OSError):
                os._exit(1)  # the engine let go of this process: nobody waits for an answer
            self._look_at_s = time.monotonic() + _LOOK_EVERY_S

    def _wait_for_the_end(self) -> None:
        while self._pipe.recv() != GO_ON:
            pass
