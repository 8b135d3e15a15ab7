"""Which bytes of a file are here: stretches that grow together."""

from __future__ import annotations

from bisect import bisect_right


class Spans:
    """Stretches `[start, end)`, sorted, never touching."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    @property
    def total(self) -> int:
        """How many bytes they hold together."""
        return sum(self._ends) - sum(self._starts)

    def add(self, start: int, end: int) -> None:
        """These are here now; some may have been before."""
        if end <= start:
            return
        first = bisect_right(self._starts, start)
        if first and self._ends[first - 1] >= start:
            first -= 1
            start = self._starts[first]
        last = first
        while last < len(self._starts) and self._starts[last] <= end:
            end = max(end, self._ends[last])
            last += 1
        self._starts[first:last], self._ends[first:last] = [start], [end]

    def end_from(self, at: int) -> int:
        """Up to where everything is here from `at` on; `at` itself where nothing is."""
        place = bisect_right(self._starts, at) - 1
        return max(at, self._ends[place]) if place >= 0 else at
