"""Work for several libraries side by side: a silent one holds up nobody else."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

_THREADS_MAX = 32


class PerLibrary:
    """A context manager; leaving it waits for what still runs. Used by one thread.

    Args:
        ended: called, on the worker's thread, whenever a piece of work has ended.
    """

    def __init__(self, name: str, ended: Callable[[], None]) -> None:
        self._pool = ThreadPoolExecutor(_THREADS_MAX, thread_name_prefix=name)
        self._ended = ended
        self._running: dict[str, list[Future[None]]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _value: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=True)

    def running(self, library_id: str) -> int:
        """How many pieces of work for this library run. Raises what ended work of it raised."""
        futures = self._running.get(library_id, [])
        self._running[library_id] = [future for future in futures if not future.done()]
        for future in futures:
            if future.done():
                future.result()
        return len(self._running[library_id])

    def start(self, library_id: str, work: Callable[[], None]) -> None:
        """Run `work` beside what runs for this library already."""
        future = self._pool.submit(work)
        self._running.setdefault(library_id, []).append(future)
        future.add_done_callback(lambda _future: self._ended())
