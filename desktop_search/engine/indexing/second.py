"""A second decoder of the same file, which works beside the first on a thread of its own.

Key frames stand alone, so two of them are decoded at a time; threads within one decoder would wait for each other.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from desktop_search.core.errors import FileProblem
from desktop_search.engine.indexing.decoding import Copier, Decoder
from desktop_search.media.opening import open_video

_THREADS = 2  # it decodes two or three frames at a time; each thread holds some
_MOST_PIXELS = 4096 * 2304  # of a frame: decoders hold several, and memory is bounded

Work = Callable[[Decoder, Copier], None]


class SecondDecoder:
    """Opened when there is work for the first time. For one thread, and for the length of a block."""

    def __init__(self, first: Decoder) -> None:
        self._first = first
        self._opened = ExitStack()
        self._made: tuple[Decoder, Copier] | None = None
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="second-decoder")
        self._works = first.path is not None and first.pixels <= _MOST_PIXELS and (os.cpu_count() or 1) > 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown()
        self._opened.close()
        if self._made is not None:
            self._first.damaged += self._made[0].damaged

    def both(self, here: Work, there: Work, copier: Copier) -> None:
        """Do the one by the first decoder and its `copier`, the other by the second, or one after the other."""
        beside: Future[bool] | None = self._pool.submit(self._do, there) if self._works else None
        here(self._first, copier)
        if beside is None or not beside.result():
            self._works = False
            there(self._first, copier)

    def _do(self, work: Work) -> bool:
        if self._made is None and (made := self._make()) is not None:
            self._made = made
        if self._made is None:
            return False
        work(*self._made)
        return True

    def _make(self) -> tuple[Decoder, Copier] | None:
        """None where the file cannot be opened again: moved away meanwhile, or too little memory."""
        if self._first.path is None:
            return None
        try:
            container, stream = self._opened.enter_context(open_video(self._first.path))
        except FileProblem:
            return None
        stream.codec_context.thread_count = _THREADS
        return Decoder(container, stream, self._first.token), Copier(stream.sample_aspect_ratio)
