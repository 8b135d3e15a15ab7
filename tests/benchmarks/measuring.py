"""How something is measured: several runs, their median, beside the least it could take."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

RUNS = 7


@dataclass(frozen=True, slots=True)
class Measured:
    """One thing that was measured, and its floor: the part of the work that nobody could leave out.

    Attributes:
        what: what was done, in a few words.
        ours_s: how long we take, in seconds: the median of several runs.
        worst_s: the slowest of those runs.
        floor: what the floor is.
        floor_s: how long that takes, in seconds, in the same process and the same minute.
        footage_s: how many seconds of footage were worked on, 0 where that means nothing.
        unit: "MB" where megabytes stand for all those seconds.
    """

    what: str
    ours_s: float
    worst_s: float
    floor: str
    floor_s: float
    footage_s: float = 0.0
    unit: str = "s"

    @property
    def ratio(self) -> float:
        """How many times the floor we take."""
        return self.ours_s / self.floor_s


def compare(
    what: str,
    ours: Callable[[], object],
    floor: str,
    least: Callable[[], object],
    runs: int = RUNS,
    *,
    after_each: Callable[[], object] = lambda: None,
    footage_s: float = 0.0,
) -> Measured:
    """Measure both in turns, so that both meet the same moments of a busy computer; once before to warm up."""
    times: list[list[float]] = []
    for _ in range(runs + 1):
        times.append([])
        for work in (ours, least):
            times[-1].append(seconds(work))
            after_each()
    ours_s, floor_s = zip(*times[1:], strict=True)
    return Measured(what, median(ours_s), max(ours_s), floor, median(floor_s), footage_s)


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def table(rows: Sequence[Measured]) -> str:
    """What was measured, for reading."""
    lines: list[tuple[str, ...]] = [("what", "median", "slowest", "floor", "ratio", "the floor is")]
    for row in rows:
        times = (_shown(value, row.unit) for value in (row.ours_s, row.worst_s, row.floor_s))
        real_time = f" ({row.footage_s / row.ours_s:.1f} × real time)" if row.footage_s else ""
        lines.append((row.what + real_time, *times, f"{row.ratio:.2f}", row.floor))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def _shown(value_s: float, unit: str) -> str:
    if unit == "MB":
        return f"{value_s:,.0f} MB"
    return f"{value_s:.2f} s" if value_s >= 1 else f"{value_s * 1000:.1f} ms"
