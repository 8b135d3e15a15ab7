"""Stills of a contact sheet: bounded, and one at the beginning of each shot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_search.core.sheet_times import sheet_times


@pytest.mark.parametrize(
    ("length_ms", "shots_ms", "times"),
    [
        (2000, (), (0, 500, 1000, 1500)),
        (100, (), (0,)),
        (0, (), (0,)),
        (60_000, (), tuple(range(0, 60_000, 6000))),
        (60_000, (0, 10_000), (0, 5000, *range(10_000, 60_000, 6250))),
        (60_000, range(0, 60_000, 3000), tuple(range(0, 60_000, 6000))),
        (10_000, (-5, 0, 4000, 99_000), (0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000)),
    ],
)
def test_times(length_ms: int, shots_ms: tuple[int, ...], times: tuple[int, ...]) -> None:
    assert sheet_times(length_ms, shots_ms, 10, 500) == times


@given(st.integers(0, 10**8), st.lists(st.integers(-(10**6), 10**8), max_size=300))
def test_they_ascend_within_the_clip_and_are_bounded(length_ms: int, shots_ms: list[int]) -> None:
    times = sheet_times(length_ms, shots_ms, 60, 500)
    assert 1 <= len(times) <= 60
    assert list(times) == sorted(set(times))
    assert times[0] == 0
    assert times[-1] < max(1, length_ms)
