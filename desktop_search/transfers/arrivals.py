"""The files that are on their way at this moment, by where they will be."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from desktop_search.core.byte_source import ByteSink
from desktop_search.core.token import CancelToken
from desktop_search.transfers.arrival import Arrival
from desktop_search.transfers.fetching import Fetcher, OnReceived
from desktop_search.transfers.ports import Report

Bring = Callable[[ByteSink, OnReceived], None]


class Arrivals:
    """Each file is brought once, whoever reads it. Safe from any thread."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._lock = threading.Lock()
        self._coming: dict[Path, Arrival] = {}

    def find(self, place: Path) -> Arrival | None:
        """The file that will be there, while it is on its way."""
        with self._lock:
            return self._coming.get(place)

    def expect(self, place: Path, may_ask: Callable[[], bool]) -> Arrival:
        """The same, made anew where nobody expects it yet; `bring` has it come."""
        with self._lock:
            return self._coming.setdefault(place, Arrival(place, may_ask))

    def bring(self, place: Path, bring: Bring, may_ask: Callable[[], bool], token: CancelToken, report: Report) -> Path:
        """Have it come by `bring(sink, on_received)`. Raises as `Fetcher.fetch`; readers are told the same."""

        def fetch(_place: Path, on_received: OnReceived) -> None:
            arrival = self.expect(place, may_ask)
            try:
                arrival.start()
                bring(arrival, on_received)
                arrival.finish()
            except BaseException as error:
                arrival.give_up(error)
                raise
            finally:
                with self._lock:
                    self._coming.pop(place, None)

        return self._fetcher.fetch(place, fetch, token, report)
