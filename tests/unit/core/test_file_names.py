"""File names made of names from elsewhere."""

from __future__ import annotations

from itertools import islice

import pytest

from desktop_search.core.file_names import file_name, numbered

SUFFIXES = (".mov", ".mp4")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("harbour", "harbour.mp4"),
        ("A001.MOV", "A001.MOV"),
        ("../../etc/passwd", "etc passwd.mp4"),
        ("a\nb\0c\u202e.mov", "a b c.mov"),
        ('what? "now": <x>|*\\', "what now x.mp4"),
        ("  ...  ", "VI7.mp4"),
        ("", "VI7.mp4"),
        ("con.mp4", "_con.mp4"),
        ("Aux.take 1.mov", "_Aux.take 1.mov"),
        ("Straße ☂", "Straße ☂.mp4"),
        ("\udcff.mov", "VI7.mov"),
    ],
)
def test_every_name_becomes_one_that_can_be_saved(name: str, expected: str) -> None:
    assert file_name(name, "VI7", SUFFIXES, ".mp4") == expected


def test_a_long_name_is_cut_between_its_signs() -> None:
    made = file_name("☂" * 300 + ".mov", "VI7", SUFFIXES, ".mp4")
    assert made == "☂" * 60 + ".mov"


def test_further_files_get_numbers_before_their_ending() -> None:
    assert list(islice(numbered("a.b.mov"), 3)) == ["a.b.mov", "a.b (2).mov", "a.b (3).mov"]
    assert list(islice(numbered("a"), 2)) == ["a", "a (2)"]
