from __future__ import annotations

import pytest

from desktop_search.core.query import Strictness
from tests.unit.engine_ranking.ranks import WordCandidate, rank_words


def score(query: str, candidate: WordCandidate) -> float:
    (found,) = rank_words(query, [candidate])
    return found


def test_all_words_met_strongly_is_well_above_high() -> None:
    assert score("blue boat", WordCandidate({"blue": 1.0}, name="boat.mp4")) >= 0.6
    assert score("red", WordCandidate({"red": 1.0})) >= 0.9


def test_half_the_words_is_medium() -> None:
    found = score("blue boat", WordCandidate({"blue": 0.9}))
    assert Strictness.MEDIUM.floor <= found < Strictness.HIGH.floor


def test_one_weak_word_is_low() -> None:
    found = score("red", WordCandidate({"red": 0.25}))
    assert Strictness.LOW.floor <= found < Strictness.MEDIUM.floor


@pytest.mark.parametrize("query", ["zeppelin", "", "the", "zeppelin over utrecht"])
def test_nothing_met_is_zero(query: str) -> None:
    assert score(query, WordCandidate({"red": 1.0, "dark": 1.0}, "EXIT", "boat.mp4", "harbour", ("sea",))) == 0.0


def test_an_unknown_word_lowers_and_a_name_or_tag_or_sign_raises() -> None:
    red_only = score("a red zeppelin", WordCandidate({"red": 1.0}))
    assert 0 < red_only < score("red", WordCandidate({"red": 1.0}))
    for candidate in (
        WordCandidate({"red": 1.0}, name="Zeppelin_03.mov"),
        WordCandidate({"red": 1.0}, tags=("zeppelins",)),
        WordCandidate({"red": 1.0}, screen_text="ZEPPELIN MUSEUM"),
        WordCandidate({"red": 1.0}, folder="2024/zeppelin"),
    ):
        assert score("a red zeppelin", candidate) > red_only + 0.15


def test_screen_text_is_found_in_any_form() -> None:
    candidate = WordCandidate({"text": 1.0}, screen_text="SCENE 12 | TAKE 003")
    assert score("scene 12 take 3", candidate) > 0.7
    assert score("scene 13", candidate) < score("scene 12", candidate)


def test_where_a_colour_is_matters_when_asked_for() -> None:
    left, right = WordCandidate({"red": 0.5, "red.left": 0.9}), WordCandidate({"red": 0.5, "red.right": 0.9})
    assert score("red on the left", left) > 2 * score("red on the left", right) > 0


def test_more_words_met_ranks_higher() -> None:
    scores = rank_words(
        "blue sky over green trees",
        [
            WordCandidate({"blue": 0.8, "blue.top": 1.0, "sky": 0.7, "green": 0.8, "foliage": 0.6}),
            WordCandidate({"blue": 0.8, "blue.top": 1.0, "sky": 0.7}),
            WordCandidate({"green": 0.3}),
        ],
    )
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > 2 * scores[1] > 2 * scores[2] > 0
