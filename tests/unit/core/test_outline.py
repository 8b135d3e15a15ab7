"""Where shots begin, and what is said at a time."""

from __future__ import annotations

import pytest

from desktop_search.core.footage import TranscriptLine
from desktop_search.core.outline import Outline

_HELLO, _BYE = TranscriptLine(1000, 2000, "hello"), TranscriptLine(5000, 5000, "bye")
_CLIP = Outline((0, 4000, 9000), (_HELLO, _BYE))


@pytest.mark.parametrize(
    ("here", "before", "after"),
    [(0, 0, 4000), (3999, 0, 4000), (4000, 0, 9000), (4299, 0, 9000), (4300, 4000, 9000), (20_000, 9000, None)],
)
def test_the_shots_around_a_time(here: int, before: int, after: int | None) -> None:
    assert (_CLIP.previous_shot_ms(here), _CLIP.next_shot_ms(here)) == (before, after)


def test_the_shot_on_screen() -> None:
    assert [_CLIP.shot_at(at_ms) for at_ms in (0, 3999, 4000, 99_000)] == [0, 0, 1, 2]
    assert Outline((500,)).shot_at(499) is None


def test_nothing_is_known() -> None:
    nothing = Outline()
    assert (nothing.shot_at(5), nothing.said_at(5), nothing.next_shot_ms(5), nothing.previous_shot_ms(5)) == (None,) * 4


@pytest.mark.parametrize(
    ("at_ms", "near_ms", "line"),
    [(999, 0, None), (1000, 0, _HELLO), (2000, 0, _HELLO), (2001, 0, None), (2050, 50, _HELLO), (4960, 50, _BYE)],
)
def test_what_is_said(at_ms: int, near_ms: int, line: TranscriptLine | None) -> None:
    assert _CLIP.said_at(at_ms, near_ms) == line


def test_a_part_lies_later_in_its_original() -> None:
    moved = _CLIP.moved_by(60_000)
    assert moved.shots_ms == (60_000, 64_000, 69_000)
    assert moved.said_at(61_500) == TranscriptLine(61_000, 62_000, "hello")
