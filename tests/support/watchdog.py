"""Tells whether the GUI thread stood still: the longest gap between two ticks of a timer."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

TICK_MS, LONG_S = 10, 0.15
NEAR_A_SECOND_S = 0.8  # generous: other tests may run on the same processors
_SCHEDULED = Path("/proc/thread-self/schedstat")


class Watchdog(QObject):
    """Notes the gaps between ticks on the GUI thread; another thread looks at what it does when a tick is late.

    What the thread wanted to run and got no processor does not count: other programs had it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest_s = 0.0
        self.late: list[str] = []
        self._ticked, self._unserved_s = time.perf_counter(), _unserved_s()
        self._over = threading.Event()
        self._gui_thread = threading.get_ident()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)
        self._looker = threading.Thread(target=self._look)

    @contextmanager
    def watching(self) -> Iterator[None]:
        self._ticked, self._unserved_s = time.perf_counter(), _unserved_s()
        self._timer.start(TICK_MS)
        self._looker.start()
        try:
            yield
        finally:
            self._timer.stop()
            self._over.set()
            self._looker.join()

    def _on_tick(self) -> None:
        now, unserved_s = time.perf_counter(), _unserved_s()
        self.longest_s = max(self.longest_s, now - self._ticked - (unserved_s - self._unserved_s))
        self._ticked, self._unserved_s = now, unserved_s

    def _look(self) -> None:
        while not self._over.wait(LONG_S / 2):
            gap_s = time.perf_counter() - self._ticked
            if gap_s > LONG_S:
                frame = sys._current_frames()[self._gui_thread]
                where = " < ".join(
                    f"{each.name}:{each.lineno}" for each in reversed(traceback.extract_stack(frame)[-6:])
                )
                self.late.append(f"{gap_s:.3f} s in {where}")

    def assert_lively(self) -> None:
        assert self.longest_s < NEAR_A_SECOND_S, "\n".join([f"{self.longest_s:.2f} s", *self.late])


def _unserved_s() -> float:
    """How long this thread could have run in all, but got no processor; 0 where the system does not say."""
    try:
        return int(_SCHEDULED.read_text().split()[1]) / 1_000_000_000
    except (OSError, IndexError):
        return 0.0
