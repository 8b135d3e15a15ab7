"""Waiting for a worker without holding up the end of the engine."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from typing import TypeVar

from desktop_search.core.errors import Cancelled

Made = TypeVar("Made")
_ANSWER_EVERY_S = 0.5


def awaited(future: Future[Made], closing: threading.Event) -> Made:
    """What a worker makes. Raises `Cancelled` soon after `closing` is set, and whatever the worker raised."""
    while not closing.is_set():
        try:
            return future.result(_ANSWER_EVERY_S)
        except TimeoutError:
            continue
    raise Cancelled
