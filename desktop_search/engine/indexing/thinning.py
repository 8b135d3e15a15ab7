"""Of frames that are all decoded: those that matter. The rest is not even scaled."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator

from desktop_search.engine.indexing.decoding import Copier, TimedFrame
from desktop_search.engine.indexing.shots import JUMP, difference

_STEP_MS = 200
_MOST_HELD = 6


def thinned(frames: Iterable[TimedFrame], copier: Copier) -> Generator[TimedFrame]:
    """A frame about every 200 ms; all of them where two such frames differ. The last one is always kept."""
    shown: TimedFrame | None = None
    held: list[TimedFrame] = []
    for timed in frames:
        if shown is not None:
            held.append(timed)
            if timed.at_ms - shown.at_ms < _STEP_MS and len(held) < _MOST_HELD:
                continue
            yield from _settled(shown, held, copier)
        else:
            yield timed
        shown, held = timed, []
    if shown is not None and held:
        yield from _settled(shown, held, copier)


def _settled(shown: TimedFrame, held: list[TimedFrame], copier: Copier) -> list[TimedFrame]:
    last = held[-1]
    if len(held) > 1 and difference(copier.thumbnail(shown), copier.thumbnail(last)) < JUMP:
        last.goes_on = True
        return [last]
    return held


def going_on(frames: Iterable[TimedFrame], *, yes: bool) -> Iterator[TimedFrame]:
    """The same frames; the first one `goes_on` if `yes`."""
    for timed in frames:
        timed.goes_on |= yes
        yes = False
        yield timed
