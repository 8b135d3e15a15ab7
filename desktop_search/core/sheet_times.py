"""At which times of a clip a contact sheet has stills."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

_WIDER = Fraction(21, 20)


def sheet_times(length_ms: int, shots_ms: Sequence[int], most: int, least_apart_ms: int) -> tuple[int, ...]:
    """Times in ms, ascending, at most `most` and on average `least_apart_ms` apart or more.

    Where shots are known, each begins with a still, and long ones have more, evenly; of more shots than there may be
    stills, every so many. Otherwise they are evenly spaced over the whole clip.
    """
    most = min(most, max(1, length_ms // least_apart_ms))
    starts = sorted({0, *(start for start in shots_ms if 0 < start < length_ms)})
    if len(starts) >= most:
        return tuple(starts[len(starts) * number // most] for number in range(most))
    lengths = [end - start for start, end in zip(starts, [*starts[1:], length_ms], strict=True)]
    step = Fraction(max(1, length_ms), most)
    while sum(ceil(length / step) for length in lengths) > most:
        step *= _WIDER
    counts = [max(1, ceil(length / step)) for length in lengths]
    return tuple(
        start + length * number // count
        for start, length, count in zip(starts, lengths, counts, strict=True)
        for number in range(count)
    )
