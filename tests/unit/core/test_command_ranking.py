"""What is found by a few letters, and in which order."""

from __future__ import annotations

import pytest

from desktop_search.core.command_ranking import ranked
from desktop_search.core.commands import COMMANDS
from desktop_search.core.matching import score


def names(query: str, recent: tuple[str, ...] = ()) -> list[str]:
    return [command.name for command in ranked(query, COMMANDS, recent)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("pref", "Preferences…"),
        ("PREF", "Preferences…"),
        ("afo", "Add folder…"),
        ("mi", "Mark in"),
        ("mark out", "Mark out"),
        ("settings", "Preferences…"),
        ("full", "Full screen"),
        ("quit", "Quit"),
    ],
)
def test_a_few_letters_find_the_command(query: str, first: str) -> None:
    assert names(query)[0] == first


def test_letters_in_another_order_or_of_nothing_find_nothing() -> None:
    assert names("tiuq") == []
    assert names("ж") == []
    assert names("m" * 300) == []


def test_words_at_the_start_and_together_are_worth_more() -> None:
    together, apart = score("fold", "Add folder"), score("fold", "Find old letters")
    assert together is not None
    assert apart is not None
    assert together > apart
    assert score("", "anything") is not None
    assert score("a", "") is None


def test_the_shorter_of_two_like_names_comes_first() -> None:
    assert (score("mute", "Mute") or 0) > (score("mute", "Mute the sound of the player") or 0)


def test_recent_ones_come_first_and_the_rest_stays_as_it_is() -> None:
    everything = names("")
    assert everything == [command.name for command in COMMANDS]
    recent = names("", ("player.mute", "no.such", "file.quit"))
    assert recent[:2] == ["Mute", "Quit"]
    assert len(recent) == len(everything)


def test_of_two_matches_the_recent_one_comes_first() -> None:
    plain = names("move")
    assert names("move", ("queue.bottom",))[0] == "Move to bottom"
    assert plain[0] != "Move to bottom"
