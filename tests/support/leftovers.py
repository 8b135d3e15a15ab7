"""What a test of the window must not leave behind: top-level widgets, running timers, threads and pool work."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThread, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken

_POOL_DEADLINE_MS = 10_000


def _delete_what_is_due() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.processEvents()


def _top_levels() -> dict[int, str]:
    return {
        Shiboken.getCppPointer(widget)[0]: f"{type(widget).__name__} {widget.objectName()!r}"
        for widget in QApplication.topLevelWidgets()
        if widget.parent() is None
    }


class _Recorder:
    """Remembers every object that `start` was called on during the test."""

    def __init__(self, kind: type[Any], monkeypatch: pytest.MonkeyPatch) -> None:
        self.started: list[Any] = []
        original = kind.start

        def start(this: Any, *args: Any, **kwargs: Any) -> Any:
            if not any(known is this for known in self.started):
                self.started.append(this)
            return original(this, *args, **kwargs)

        monkeypatch.setattr(kind, "start", start)

    def alive(self) -> list[Any]:
        return [each for each in self.started if Shiboken.isValid(each)]


@pytest.fixture(autouse=True)
def nothing_left_over(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails a test of the window that leaves widgets, active timers, busy pools or running threads behind."""
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("qapp")
    before, threads_before = _top_levels(), set(threading.enumerate())
    timers, threads = _Recorder(QTimer, monkeypatch), _Recorder(QThread, monkeypatch)
    pools = _Recorder(QThreadPool, monkeypatch)
    yield
    _delete_what_is_due()
    busy = [pool for pool in pools.alive() if not pool.waitForDone(_POOL_DEADLINE_MS)]
    assert not busy, f"thread pools still at work: {busy}"
    _delete_what_is_due()

    def left() -> list[str]:
        widgets = [text for pointer, text in _top_levels().items() if pointer not in before]
        ticking = [f"active timer {timer!r}" for timer in timers.alive() if timer.isActive()]
        running = [f"running thread {thread!r}" for thread in threads.alive() if thread.isRunning()]
        python = [f"thread {t.name!r}" for t in threading.enumerate() if t not in threads_before and not t.daemon]
        return widgets + ticking + running + python

    if left():  # only now: a full collection is slow, and cycles are the usual reason
        timers.started = [timer for timer in timers.alive() if timer.isActive()]
        gc.collect()
        _delete_what_is_due()
    assert not left(), "left over after the test:\n" + "\n".join(left())
