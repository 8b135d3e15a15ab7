"""Several channels, one list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_search.engine.ranking.fusion import K, Ranked, fused, never_rising

SURE = 0.4


def keys(*channels: Ranked) -> list[int]:
    return [key for key, _ in fused(channels)]


def test_what_two_channels_find_comes_before_what_one_finds() -> None:
    words = Ranked({1: 0.9, 2: 0.8}, SURE)
    meaning = Ranked({3: 0.9, 2: 0.8}, SURE)
    assert keys(words, meaning) == [2, 1, 3]
    assert dict(fused((words, meaning))) == {1: 0.9, 2: 0.8, 3: 0.9}


def test_a_score_is_the_best_of_a_key() -> None:
    assert fused((Ranked({1: 0.2}, SURE), Ranked({1: 0.7}, SURE))) == [(1, 0.7)]


def test_one_channel_alone_keeps_its_order() -> None:
    assert fused((Ranked({1: 0.1, 2: 0.3, 3: 0.2}, SURE), Ranked({}, SURE))) == [(2, 0.3), (3, 0.2), (1, 0.1)]
    assert fused(()) == []


def test_a_channel_that_is_unsure_of_its_best_counts_less() -> None:
    faint, sure = Ranked({1: 0.1, 2: 0.05}, SURE), Ranked({3: 0.9, 4: 0.8}, SURE)
    assert keys(faint, sure) == keys(sure, faint) == [3, 4, 1, 2]


def test_equals_share_a_place() -> None:
    many = Ranked(dict.fromkeys(range(100), 0.5), SURE)
    one = Ranked({99: 0.9, 100: 0.8}, SURE)
    assert keys(many, one)[0] == 99
    assert keys(many, one)[-1] == 100  # second alone: all others are first
    assert keys(many)[:3] == [0, 1, 2]


def test_places_are_worth_less_and_less() -> None:
    first, last = Ranked({1: 0.9, **{key: 0.8 - key / 1000 for key in range(10, 200)}}, SURE), Ranked({199: 0.9}, SURE)
    worth = 1 / (K + 1)
    assert worth < 1 / (K + 1) + 1 / (K + 191)
    assert keys(first, last)[:2] == [199, 1]


@pytest.mark.parametrize(
    ("scores", "level"),
    [
        ([], []),
        ([0.5], [0.5]),
        ([0.9, 0.5, 0.1], [0.9, 0.5, 0.1]),
        ([0.2, 0.4], [0.3, 0.3]),
        ([0.9, 0.1, 0.2, 0.3], [0.9, 0.2, 0.2, 0.2]),
        ([0.1, 0.2, 0.9], [0.4, 0.4, 0.4]),
    ],
)
def test_scores_are_levelled_where_they_would_rise(scores: list[float], level: list[float]) -> None:
    assert never_rising(scores) == level


@given(st.lists(st.floats(0.15, 1.0), max_size=40))
def test_levelled_scores_never_rise_and_stay_in_range(scores: list[float]) -> None:
    level = never_rising(scores)
    assert len(level) == len(scores)
    assert level == sorted(level, reverse=True)
    assert all(min(scores) - 1e-4 <= each <= max(scores) + 1e-4 for each in level)
    assert sum(level) == pytest.approx(sum(scores), abs=0.01)
