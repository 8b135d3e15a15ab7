"""The table of commands holds together."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from desktop_search.core.commands import COMMANDS, Place, share_keys


def test_every_command_is_there_once() -> None:
    ids = Counter(command.command_id for command in COMMANDS)
    names = Counter((command.group, command.name) for command in COMMANDS)
    assert [name for name, count in (ids + names).items() if count > 1] == []


def test_no_key_means_two_things_in_one_place() -> None:
    clashes = [
        (first.command_id, second.command_id)
        for first, second in combinations(COMMANDS, 2)
        if share_keys(first.place, second.place) and set(first.keys) & set(second.keys)
    ]
    assert clashes == []


def test_keys_of_the_whole_window_cannot_be_typed_into_a_field() -> None:
    free = [command for command in COMMANDS if command.place is Place.WINDOW for key in command.keys if len(key) == 1]
    assert free == []


def test_a_key_of_the_window_holds_everywhere() -> None:
    assert share_keys(Place.WINDOW, Place.PLAYER)
    assert share_keys(Place.PLAYER, Place.PLAYER)
    assert not share_keys(Place.PLAYER, Place.QUEUE)
