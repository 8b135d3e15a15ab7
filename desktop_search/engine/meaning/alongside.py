"""Embedding key frames while the video they are from is still being read."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

from desktop_search.engine.indexing.results import Meant, Segment

_WAITING_MAX = 8  # key frames; where the model is slower than the reader, the reader waits
Encode = Callable[[Iterator[bytes]], Meant | None]


class Alongside:
    """A thread that is given segments and makes their vectors. Leaving the block ends it.

    `encode` gets the JPEGs one by one and says `None` where it cannot make vectors; without it nothing is done.
    """

    def __init__(self, encode: Encode | None) -> None:
        self._encode = encode
        self._jpegs: queue.Queue[bytes | None] = queue.Queue(_WAITING_MAX)
        self._made: Meant | None = None
        self._error: BaseException | None = None
        self._dropped = threading.Event()
        self._thread = threading.Thread(target=self._work, name="embed", daemon=True)

    def __enter__(self) -> Self:
        if self._encode is not None:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._dropped.set()
        self._end()

    def add(self, segment: Segment) -> None:
        """The next segment of the video."""
        if self._encode is not None:
            self._jpegs.put(segment.keyframe_jpeg)

    def result(self) -> Meant | None:
        """One vector for each segment that was added; call it once, after the last. Raises what `encode` raised."""
        self._end()
        if self._error is not None:
            raise self._error
        return self._made

    def _end(self) -> None:
        if self._thread.is_alive():
            self._jpegs.put(None)
            self._thread.join()

    def _work(self) -> None:
        assert self._encode is not None
        ended = False

        def waiting() -> Iterator[bytes]:
            nonlocal ended
            while (jpeg := self._jpegs.get()) is not None:
                if not self._dropped.is_set():
                    yield jpeg
            ended = True

        jpegs = waiting()
        try:
            self._made = self._encode(jpegs)
        except BaseException as error:  # noqa: BLE001 - told to the one who asks for the result
            self._error = error
        while not ended:  # it gave up: nobody may be left waiting for room
            ended = self._jpegs.get() is None
