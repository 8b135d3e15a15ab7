from __future__ import annotations

import pytest

from desktop_search.engine.ranking import stems_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("harbour", "harbor"),
        ("Colours", "color"),
        ("grey", "gray"),
        ("theatre", "theater"),
        ("organise", "organize"),
        ("Trees", "tree"),
        ("running", "runs"),
        ("women", "woman"),
        ("Café", "cafe"),
        ("STRASSE", "straße"),
        ("0482", "482"),
        ("ｆｕｌｌ", "full"),
        ("boat's", "boat"),
    ],
)
def test_forms_of_a_word_meet(one: str, other: str) -> None:
    assert stems_of(one) == stems_of(other)


@pytest.mark.parametrize(("one", "other"), [("four", "for"), ("hour", "hor"), ("red", "read"), ("12", "120")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert stems_of(one) != stems_of(other)


def test_names_come_apart_at_case_digits_and_punctuation() -> None:
    assert stems_of("HarbourTake012_café-NIGHT.mp4") == ("harbor", "take", "12", "cafe", "night", "mp", "4")


def test_nothing_is_left_of_signs() -> None:
    assert stems_of(" -- … %% \n\t 🎬 ") == ()
