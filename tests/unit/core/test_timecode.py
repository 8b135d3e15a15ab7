"""Timecode: what is shown names the frame that is on screen, and what is typed leads back to it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_search.core.timecode import Timebase

PLAIN_RATES = [Fraction(24000, 1001), Fraction(24), Fraction(25), Fraction(30000, 1001), Fraction(30), Fraction(50)]
DROP_RATES = [Fraction(30000, 1001), Fraction(60000, 1001)]

plain = st.builds(
    Timebase, st.sampled_from(PLAIN_RATES), drop_frame=st.just(False), start_frame=st.integers(0, 24 * 3600)
)
dropping = st.builds(
    Timebase, st.sampled_from(DROP_RATES), drop_frame=st.just(True), start_frame=st.integers(0, 90_000)
)


@given(timebase=plain | dropping, frame=st.integers(0, 20 * 3600 * 24))
def test_the_time_of_a_frame_names_that_frame(timebase: Timebase, frame: int) -> None:
    assert timebase.frame_at(timebase.time_ms(frame)) == frame


@given(timebase=plain | dropping, frame=st.integers(0, 18 * 3600 * 24))
def test_what_is_shown_can_be_typed(timebase: Timebase, frame: int) -> None:
    time_ms = timebase.time_ms(frame)
    assert timebase.parse(timebase.format(time_ms)) == time_ms


@given(timebase=plain | dropping, frame=st.integers(0, 18 * 3600 * 24))
def test_later_frames_have_later_timecodes(timebase: Timebase, frame: int) -> None:
    first, second = (timebase.format(timebase.time_ms(number)) for number in (frame, frame + 1))
    assert first < second


@pytest.mark.parametrize(
    ("timebase", "frame", "shown"),
    [
        (Timebase(), 0, "00:00:00:00"),
        (Timebase(), 24, "00:00:00:24"),
        (Timebase(), 25, "00:00:01:00"),
        (Timebase(Fraction(25), start_frame=10 * 3600 * 25), 7, "10:00:00:07"),
        (Timebase(Fraction(24000, 1001)), 24 * 60, "00:01:00:00"),
        (Timebase(Fraction(30000, 1001), drop_frame=True), 1799, "00:00:59;29"),
        (Timebase(Fraction(30000, 1001), drop_frame=True), 1800, "00:01:00;02"),
        (Timebase(Fraction(30000, 1001), drop_frame=True), 17981, "00:09:59;29"),
        (Timebase(Fraction(30000, 1001), drop_frame=True), 17982, "00:10:00;00"),
        (Timebase(Fraction(30000, 1001), drop_frame=True), 107892, "01:00:00;00"),
        (Timebase(Fraction(60000, 1001), drop_frame=True), 3600, "00:01:00;04"),
        (Timebase(Fraction(25), start_frame=24 * 3600 * 25 - 1), 1, "00:00:00:00"),
    ],
)
def test_known_timecodes(timebase: Timebase, frame: int, shown: str) -> None:
    assert timebase.format(timebase.time_ms(frame)) == shown


@pytest.mark.parametrize(("typed", "time_ms"), [("00:00:02:00", 2000), (" 0:00:02.12 ", 2480), ("00.01.00.00", 60_000)])
def test_editors_type_it_in_several_ways(typed: str, time_ms: int) -> None:
    assert Timebase().parse(typed) == time_ms


@pytest.mark.parametrize("typed", ["", "12", "00:00:00", "00:60:00:00", "00:00:61:00", "00:00:00:25", "aa:bb:cc:dd"])
def test_what_is_no_timecode_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="timecode"):
        Timebase().parse(typed)


def test_a_dropped_number_and_a_time_before_the_clip_are_refused() -> None:
    with pytest.raises(ValueError, match="leaves this timecode out"):
        Timebase(Fraction(30000, 1001), drop_frame=True).parse("00:01:00;01")
    with pytest.raises(ValueError, match="before the clip"):
        Timebase(start_frame=25).parse("00:00:00:24")


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("10:00:05:08", "10:00:05:08"),
        ("1305", "10:01:13:05"),
        ("5", "10:01:05:05"),
        ("205", "10:01:02:05"),
        ("10000112", "10:00:01:12"),
        ("+12", "10:01:05:12"),
        ("-3", "10:01:04:22"),
        ("-9999", "10:00:00:00"),
    ],
)
def test_a_typed_timecode_leaves_out_what_is_the_same_here(typed: str, there: str) -> None:
    base = Timebase(Fraction(25), start_frame=10 * 3600 * 25)
    assert base.format(base.typed(typed, 65_000)) == there


def test_typed_drop_frame_timecode_keeps_its_sign() -> None:
    base = Timebase(Fraction(30000, 1001), drop_frame=True)
    assert base.format(base.typed("10002", 0)) == "00:01:00;02"


@pytest.mark.parametrize("typed", ["", "x", "+", "-x", "99999999", "123456789", "1:2"])
def test_what_is_no_timecode_is_refused_in_words(typed: str) -> None:
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        Timebase().typed(typed, 0)
