"""The letters of menu entries."""

from __future__ import annotations

from desktop_search.core.alt_letters import with_letters


def test_each_letter_is_given_once_and_marked_ones_are_kept() -> None:
    assert with_letters(["Mute", "&Mark in", "Mark &out", "Move up", "&Move"]) == [
        "M&ute",
        "&Mark in",
        "Mark &out",
        "Mov&e up",
        "Mo&ve",
    ]


def test_without_a_free_letter_there_is_none() -> None:
    assert with_letters(["&A", "A…", "", "…"]) == ["&A", "A…", "", "…"]
