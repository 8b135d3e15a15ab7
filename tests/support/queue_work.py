"""The jobs of an upload queue, at work for a while."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress

from desktop_search.core.errors import Cancelled
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import UploadItem
from desktop_search.transfers.upload_queue import UploadQueue


@contextmanager
def at_work(queue: UploadQueue, heard: Callable[[UploadItem], None]) -> Iterator[list[Future[None]]]:
    """Sending and polling, for the length of the block; an error of theirs is raised at its end."""
    token = CancelToken()
    with ThreadPoolExecutor(2) as pool:
        jobs: list[Future[None]] = [pool.submit(job, token, heard) for job in (queue.run, queue.poll)]
        try:
            yield jobs
        finally:
            token.cancel()
    for job in jobs:
        with suppress(Cancelled):
            job.result()
