"""Words of a library, and what is meant by one in another case or with other blanks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_search.core.footage import VideoRecord
from desktop_search.core.library_words import LibraryWords, as_written


def test_the_words_of_videos_are_each_named_once() -> None:
    words = LibraryWords.of(
        [
            VideoRecord("VI2", "b.mp4", tags=("Night", "api"), camera="X100V"),
            VideoRecord("VI1", "a.mp4", tags=("boats", " ", "api"), camera=""),
        ]
    )
    assert words.tags == ("api", "boats", "Night")
    assert words.cameras == ("X100V",)
    assert list(words.videos.items()) == [("VI2", "b.mp4"), ("VI1", "a.mp4")]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("harbour", "Harbour"),
        ("  HARBOUR ", "Harbour"),
        ("canon  eos r5", "Canon EOS R5"),
        ("straße", "STRASSE"),
        ("Night", "Night"),
        ("night", "night"),
        ("NIGHT", "NIGHT"),  # two could be meant
        (" unknown ", "unknown"),
        ("", ""),
    ],
)
def test_a_word_is_taken_as_the_library_writes_it(typed: str, meant: str) -> None:
    assert as_written(typed, ("Harbour", "Canon EOS R5", "STRASSE", "Night", "night")) == meant


@given(st.lists(st.text(min_size=1)), st.text())
def test_what_the_library_writes_stays(known: list[str], other: str) -> None:
    assert all(as_written(word, known) == word for word in known)
    assert as_written(other, known) in {*known, other.strip()}
