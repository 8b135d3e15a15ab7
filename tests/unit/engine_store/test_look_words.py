from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_search.engine.encoders.terms import TERMS
from desktop_search.engine.store.look_words import NAMES, packed, unpacked


def test_every_word_of_the_index_has_a_place_that_stays() -> None:
    assert set(TERMS) <= set(NAMES)
    assert len(set(NAMES)) == len(NAMES) <= 256
    assert (NAMES[0], NAMES[50], NAMES[121]) == ("beige", "green.right", "zoom out")


@given(st.dictionaries(st.sampled_from(NAMES), st.floats(1e-6, 1.0)))
def test_words_come_back_in_their_order(words: dict[str, float]) -> None:
    assert list(unpacked(packed(words))) == list(words)
    assert unpacked(packed(words)) == pytest.approx(words, abs=1e-4)
    assert len(packed(words)) == 3 * len(words)
    assert all(0 < weight <= 1 for weight in unpacked(packed(words)).values())


def test_what_an_earlier_version_stored_is_read() -> None:
    assert unpacked(json.dumps({"red": 0.5})) == {"red": 0.5}
