"""Words of a library, and what is meant by one in another case or with other blanks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_search.core.footage import VideoRecord
from desktop_search.core.library_words import LibraryWords, VideoNames, Words


def test_the_words_of_videos_are_each_named_once() -> None:
    words = LibraryWords.of(
        [
            VideoRecord("VI2", "b.mp4", tags=("Night", "api"), camera="X100V"),
            VideoRecord("VI1", "a.mp4", tags=("boats", " ", "api"), camera=""),
        ]
    )
    assert words.tags.shown == ("api", "boats", "Night")
    assert words.cameras.shown == ("X100V",)
    assert list(words.videos.names.items()) == [("VI2", "b.mp4"), ("VI1", "a.mp4")]
    assert "api" in words.tags
    assert "API" not in words.tags
    assert not words.is_whole


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
    words = Words(("Harbour", "Canon EOS R5", "STRASSE", "Night", "night"))
    assert words.as_written(typed) == meant
    assert words.meant(typed) == ((meant,) if meant else ())


def test_several_words_have_commas_between_them_unless_one_has_commas_itself() -> None:
    words = Words(("Sony, FX6", "X100V"))
    assert words.meant("x100v, , Canon,X100V") == ("X100V", "Canon")
    assert words.meant("sony, fx6") == ("Sony, FX6",)
    assert words.meant(" , ") == ()


@given(st.lists(st.text(min_size=1)), st.text())
def test_what_the_library_writes_stays(known: list[str], other: str) -> None:
    words = Words(known)
    assert all(words.as_written(word) == word for word in known)
    assert words.as_written(other) in {*known, other.strip()}


@given(st.dictionaries(st.from_regex(r"VI\d{3}", fullmatch=True), st.text(min_size=1), max_size=20))
def test_what_is_offered_means_just_one_video_and_every_video_is_offered(names: dict[str, str]) -> None:
    videos = VideoNames(names)
    meant = [videos.meant(shown) for shown in videos.shown]
    assert all(len(ids) == 1 for ids in meant if ids)
    for video_no in names:
        assert videos.meant(video_no)
