"""Sentences made of index words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_search.engine.encoders.sentence import sentence
from desktop_search.engine.encoders.terms import COLOURS, TERMS


@pytest.mark.parametrize(
    ("words", "screen_text", "expected"),
    [
        ({}, "", "A shot."),
        ({"nobody": 0.5, "static": 0.4, "gray": 0.4}, "", "A shot."),
        (
            {"wide shot": 0.4, "sky": 0.8, "blue.top": 1.0, "green.bottom": 1.0, "pan": 0.8, "pan left": 0.8},
            "OPEN ALL NIGHT",
            "A wide shot with blue sky over green; the camera pans left; the text reads “OPEN ALL NIGHT”.",
        ),
        (
            {"close-up": 1.0, "one person": 1.0, "face": 1.0, "medium shot": 0.6, "still": 1.0, "static": 1.0},
            "",
            "A close-up of one person; nothing moves.",
        ),
        (
            {"dark": 1.0, "night": 0.9, "muted": 0.6, "black": 1.0, "blue": 0.7, "circle": 0.8, "handheld": 0.3},
            "",
            "A muted shot at night in black and blue, with a circle; the camera is handheld.",
        ),
        (
            {"bright": 0.6, "colorful": 0.9, "plain": 0.5, "day": 1.0, "red": 0.6, "red.top": 1.0, "blue": 0.5},
            "",
            "A colorful, bright shot by day in red and blue.",
        ),
        ({"blue.top": 1.0, "brown.bottom": 0.9, "square": 0.8}, "", "A shot with blue over brown and a square."),
        (
            {"two people": 0.4, "tilt up": 0.5, "zoom in": 0.5, "static": 0.5, "fast": 0.8, "moving": 1.0},
            "",
            "A shot of two people; the camera tilts up and zooms in; something moves fast.",
        ),
        (
            {"moving": 1.0, "static": 1.0},
            "A | “B”",
            "A shot; the camera is still; something moves; the text reads “A / 'B'”.",
        ),
    ],
)
def test_reads_as_english(words: dict[str, float], screen_text: str, expected: str) -> None:
    assert sentence(words, screen_text) == expected


def test_long_texts_end_at_a_word() -> None:
    told = sentence({}, "many words " * 100)
    assert len(told) < 250
    assert told.endswith((" many…”.", " words…”."))


def test_the_colour_there_is_most_of_comes_first() -> None:
    words = {"red": 1.0, "blue": 1.0, "blue.left": 1.0, "blue.right": 1.0, "red.left": 0.6, "green": 0.4}
    assert sentence(words) == "A shot in blue and red."


@given(st.dictionaries(st.sampled_from(sorted(TERMS)), st.floats(0, 1)), st.text(max_size=400))
def test_is_one_sentence_whatever_was_seen(words: dict[str, float], screen_text: str) -> None:
    told = sentence(words, screen_text)
    assert told.startswith(("A ", "An "))
    assert told.endswith(".")
    assert "\n" not in told
    seen_part = told.partition("“")[0]
    for oddity in ("  ", ",,", " ,", " ;", "None", " and and ", "with ;", "in ;"):
        assert oddity not in seen_part
    assert not any(f".{region}" in seen_part for region in ("top", "bottom", "left", "right", "center"))


@given(st.sampled_from(COLOURS))
def test_a_colour_that_fills_the_picture_is_told(colour: str) -> None:
    regions = {f"{colour}.{region}": 1.0 for region in ("top", "bottom", "left", "right", "center")}
    assert colour in sentence({colour: 1.0, **regions})
