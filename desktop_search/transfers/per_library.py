"""Work for several libraries side by side, one piece at a time for each: a silent one holds up nobody else."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

_LIBRARIES_MAX = 16


class PerLibrary:
    """A context manager; leaving it waits for what still runs. Used by one thread.

    Args:
        ended: called, on the worker's thread, whenever a piece of work has ended.
    """

    def __init__(self, name: str, ended: Callable[[], None]) -> None:
        self._pool = ThreadPoolExecutor(_LIBRARIES_MAX, thread_name_prefix=name)
        self._ended = ended
        self._running: dict[str, Future[None]] = {}

    def __enter__(self) -> PerLibrary:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _value: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=True)

    def is_busy(self, library_id: str) -> bool:
        """Whether work for this library runs. Raises what ended work of it raised."""
        future = self._running.get(library_id)
        if future is None or not future.done():
            return future is not None
        del self._running[library_id]
        future.result()
        return False

    def start(self, library_id: str, work: Callable[[], None]) -> None:
        """Run `work`; only while nothing else runs for this library."""
        future = self._pool.submit(work)
        self._running[library_id] = future
        future.add_done_callback(lambda _future: self._ended())
