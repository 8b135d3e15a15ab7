"""A long job of transfers, run beside a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

from desktop_search.core.errors import Cancelled
from desktop_search.core.token import CancelToken


@contextmanager
def at_work(run: Callable[[CancelToken, Callable[[Any], None]], None], heard: Callable[[Any], None]) -> Iterator[None]:
    """`run(token, heard)` in a thread, cancelled at the end; whatever else ended it is raised."""
    token = CancelToken()
    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(run, token, heard)
        try:
            yield
        finally:
            token.cancel()
    with suppress(Cancelled):
        job.result()
