"""Two stages of work at once: one thread makes things, the other takes them, in order, and neither runs far ahead."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class _End:
    """Nothing more comes, for this reason if there is one."""

    error: BaseException | None = None


@contextmanager
def ahead(items: Iterator[Item], most: int) -> Generator[Iterator[Item]]:
    """The same items, made in a thread of their own while the block works; at most `most` wait.

    What making them raises is raised where they are taken. When the block ends, the thread has ended, at the latest
    after the item in work.
    """
    made: queue.Queue[Item | _End] = queue.Queue(max(2, most))
    stopping = threading.Event()
    thread = threading.Thread(target=_make, args=(items, made, stopping), name="ahead", daemon=True)
    thread.start()
    try:
        yield _taken(made)
    finally:
        stopping.set()
        while not made.empty():  # makes room for the item in work and the end: the queue holds two
            made.get_nowait()
        thread.join()


def _make(items: Iterator[Item], made: queue.Queue[Item | _End], stopping: threading.Event) -> None:
    end = _End()
    try:
        for item in items:
            made.put(item)
            if stopping.is_set():
                break
    except BaseException as error:  # noqa: BLE001 - the one who takes is told
        end = _End(error)
    made.put(end)


def _taken(made: queue.Queue[Item | _End]) -> Iterator[Item]:
    while not isinstance(item := made.get(), _End):
        yield item
    if item.error is not None:
        raise item.error
