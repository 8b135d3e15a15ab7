from __future__ import annotations

import pytest

from desktop_search.engine.encoders.terms import TERMS
from desktop_search.engine.ranking import plan_query
from desktop_search.engine.ranking.vocabulary import LOOK, SOFT_WORDS, STOP_WORDS


def test_the_vocabulary_leads_to_words_of_the_index_alone() -> None:
    assert {term for look in LOOK.values() for term in look} <= TERMS


def test_every_look_word_has_a_user_word() -> None:
    reached = {term.partition(".")[0] for look in LOOK.values() for term in look}
    assert {term.partition(".")[0] for term in TERMS} - {"tilt up"} <= reached | {"tilt up"}


def test_known_words_are_not_stopped() -> None:
    assert not set(LOOK) & (STOP_WORDS | SOFT_WORDS)


@pytest.mark.parametrize("query", ["", "   ", "the of and", "?!", "…"])
def test_a_query_without_words_asks_for_nothing(query: str) -> None:
    assert plan_query(query).words == ()


@pytest.mark.parametrize(
    ("query", "term"),
    [
        ("crimson", "red"),
        ("a scarlet dress", "red"),
        ("turquoise", "cyan"),
        ("navy", "blue"),
        ("silver", "gray"),
        ("at night", "night"),
        ("gloomy", "dark"),
        ("trees", "foliage"),
        ("Grey", "gray"),
        ("close-up", "close-up"),
        ("closeup", "close-up"),
        ("panning left", "pan left"),
        ("pans to nowhere", "pan"),
        ("hand-held", "handheld"),
        ("crowd", "group"),
        ("black and white", "monochrome"),
        ("ball", "circle"),
        ("headline", "text"),
        ("sunrise", "sunset"),
    ],
)
def test_synonyms_lead_to_look_words(query: str, term: str) -> None:
    assert any(term in word.look for word in plan_query(query).words)


def test_black_and_white_is_one_word() -> None:
    (word,) = plan_query("black and white").words
    assert set(word.look) == {"monochrome"}


def test_unknown_words_name_no_look_but_can_meet_a_name() -> None:
    (word,) = plan_query("zeppelins").words
    assert word.look == {}
    assert word.stems == ("zeppelin",)


def test_words_about_footage_weigh_little_beside_others_and_fully_alone() -> None:
    boat, shot = plan_query("boat shot").words
    assert (boat.weight, shot.weight) == (1.0, 0.25)
    (alone,) = plan_query("shot").words
    assert alone.weight == 1.0


@pytest.mark.parametrize("query", ["red on the left", "something red at left", "left red"])
def test_a_place_word_belongs_to_its_colour(query: str) -> None:
    (word,) = (one for one in plan_query(query).words if one.look)
    assert word.look["red.left"] > word.look["red"]


def test_each_colour_gets_its_own_place() -> None:
    red, blue = plan_query("red left, blue right").words
    assert "red.left" in red.look
    assert "blue.right" in blue.look


def test_a_place_word_alone_is_a_word_for_names() -> None:
    (word,) = plan_query("left").words
    assert word.look == {}
    assert word.stems == ("left",)
