"""What the words of a query mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_search.core.query_words import Step, steps_of


@pytest.mark.parametrize(
    ("query", "steps"),
    [
        ("red ball", [Step("red ball")]),
        ("  red   ball ", [Step("red ball")]),
        ("boat -night", [Step("boat", without=("night",))]),
        ('boat -"at night" -rain', [Step("boat", without=("at night", "rain"))]),
        ("close-up of a well-known pier", [Step("close-up of a well-known pier")]),
        ("5 - 3", [Step("5 - 3")]),
        ('"cast off"', [Step("", ("cast off",))]),
        ("harbour “cast off” boat", [Step("harbour boat", ("cast off",))]),
        ("„ahoi“ boat", [Step("boat", ("ahoi",))]),
        ("a door THEN a window", [Step("a door"), Step("a window")]),
        ("door then “well then” then window", [Step("door"), Step("", ("well then",)), Step("window")]),
        ("eine Tür geht auf Dann ein Fenster", [Step("eine Tür geht auf"), Step("ein Fenster")]),
        ("Tür »und dann« -„bei Nacht“ -»am Tag«", [Step("Tür", ("und dann",), ("bei Nacht", "am Tag"))]),
        ("then what", [Step("then what")]),
        ("now and then", [Step("now and then")]),
        ("then", [Step("then")]),
        ("a then -b", [Step("a then", without=("b",))]),
        ("-night", []),
        ('""', []),
        ('"unfinished', [Step('"unfinished')]),
    ],
)
def test_queries(query: str, steps: list[Step]) -> None:
    assert list(steps_of(query)) == steps


@given(st.text(alphabet='ab -"“”„»«\0then ', max_size=30))
def test_any_text_has_a_meaning_or_none(query: str) -> None:
    for step in steps_of(query):
        assert step.words or step.phrases
