from __future__ import annotations

import pytest

from desktop_search.engine.ranking.spoken import one_letter_off
from tests.unit.engine_ranking.ranks import rank_speech


def score(query: str, text: str) -> float:
    (found,) = rank_speech(query, [text])
    return found


def test_the_whole_phrase_in_order_is_best() -> None:
    said = " Cast off on the left, and mind the harbor wall."
    assert score("cast off on the left", said) > 0.95
    assert score("left the on off cast", said) < score("cast off on the left", said)
    assert score("harbour", said) > 0.6


def test_part_of_a_phrase_scores_in_part() -> None:
    said = "we follow the red ball across the green fields"
    whole, most, one = (
        score("the red ball across the green field", said),
        score("red ball green house", said),
        score("red tractor", said),
    )
    assert whole > 0.9 > most > one > 0.1


def test_stems_meet() -> None:
    assert score("leaving boats", "the boat leaves") > 0.5


def test_one_letter_wrong_is_forgiven_in_longer_words() -> None:
    assert 0.15 <= score("harvest", "the harvezt is in") < score("harvest", "the harvest is in")
    assert score("cat", "the hat") == 0.0


@pytest.mark.parametrize("query", ["zeppelin", "", "…"])
def test_nothing_said_is_zero(query: str) -> None:
    assert score(query, "we follow the red ball") == 0.0


def test_small_words_alone_do_not_make_a_match() -> None:
    assert score("the zeppelin", "the red ball") == 0.0
    assert score("to be or not to be", "to be or not to be, that is the question") > 0.9


@pytest.mark.parametrize(
    ("first", "second", "close"),
    [
        ("harbor", "harbour", True),
        ("fields", "field", True),
        ("boat", "goat", True),
        ("boat", "boat", False),
        ("boat", "gate", False),
        ("ab", "ba", False),
        ("", "a", True),
    ],
)
def test_one_letter_off(first: str, second: str, close: bool) -> None:
    if first != second:
        assert one_letter_off(first, second) is close
        assert one_letter_off(second, first) is close
