"""Waiting for the window without blocking it: for the tour, which acts as a user would and then looks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer

from desktop_search.core.errors import AppError

_LOOK_EVERY_MS = 25


def until(condition: Callable[[], bool], what: str, deadline_s: float) -> None:
    """Let the window live until `condition()` holds. Raises `AppError` naming `what` after `deadline_s`."""
    loop = QEventLoop()
    look = QTimer()
    look.setInterval(_LOOK_EVERY_MS)
    look.timeout.connect(lambda: loop.quit() if condition() else None)
    late = QTimer()
    late.setSingleShot(True)
    late.timeout.connect(lambda: loop.exit(1))
    look.start()
    late.start(round(deadline_s * 1000))
    try:
        if not condition() and loop.exec() and not condition():
            raise AppError(f"Waited {deadline_s:.0f} s in vain until {what}.")
    finally:
        look.stop()
        late.stop()
