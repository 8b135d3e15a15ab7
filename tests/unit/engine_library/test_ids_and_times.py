"""Identifiers and whole seconds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_search.engine.library import times
from desktop_search.engine.library.ids import EPOCH_MS, Snowflake, now_ms, video_id_of


def test_ids_never_repeat_and_grow() -> None:
    source = Snowflake()
    ids = [source.next() for _ in range(20_000)]
    assert ids == sorted(set(ids))
    assert abs((ids[0] >> 22) + EPOCH_MS - now_ms()) < 5000
    with ThreadPoolExecutor(4) as pool:
        several = list(pool.map(lambda _: source.next(), range(5000)))
    assert len(set(several)) == 5000
    assert min(several) > ids[-1]


def test_ids_grow_even_when_the_clock_went_back() -> None:
    from_the_future = Snowflake().next() + (10**9 << 22)
    assert Snowflake(last_id=from_the_future).next() > from_the_future


@pytest.mark.parametrize(
    "text", ["", "VI", "VI0", "VI01", "vi1", "VI-1", "VI 1", "VI1 ", "VI1\n", "VI٣", "VI" + "9" * 19, "PI-1"]
)
def test_what_cannot_be_a_video_is_none(text: str) -> None:
    assert video_id_of(text) is None


def test_a_video_number_is_read() -> None:
    assert video_id_of("VI779213502307897344") == 779213502307897344


@given(st.integers(0, 10**8), st.integers(1, 10**6))
def test_the_second_of_a_shot_is_inside_it_where_one_is(start_ms: int, length_ms: int) -> None:
    end_ms = start_ms + length_ms
    start_s, end_s = times.shot_start_s(start_ms, end_ms), times.shot_end_s(start_ms, end_ms)
    inside = [second for second in (start_s, start_s + 1) if start_ms <= second * 1000 < end_ms]
    assert start_s in inside or not inside
    assert start_s < end_s
    assert times.speech_start_s(start_ms) * 1000 <= start_ms
    assert times.speech_end_s(end_ms) * 1000 >= end_ms
