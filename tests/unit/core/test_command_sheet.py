"""The sheet of keys."""

from __future__ import annotations

from desktop_search.core.command_sheet import as_text, sections
from desktop_search.core.commands import COMMANDS

KEYS = {command.command_id: ", ".join(command.keys) for command in COMMANDS}


def test_every_command_that_has_a_key_stands_on_it_once() -> None:
    found = sections(COMMANDS, KEYS.__getitem__)
    lines = [line.name for _title, lines in found[:-1] for line in lines]
    assert lines == [command.name for command in COMMANDS if command.keys]


def test_it_is_searched_by_name_key_place_and_menu() -> None:
    def names(query: str) -> list[str]:
        return [line.name for _title, lines in sections(COMMANDS, KEYS.__getitem__, query) for line in lines]

    assert names("mute") == ["Mute"]
    assert "Preferences…" in names("ctrl+,")
    assert set(names("uploads")) >= {"Start", "Move up"}
    assert names("no such thing") == []


def test_as_text_the_keys_stand_below_each_other() -> None:
    table = [each for each in COMMANDS if each.command_id in {"player.mark-in", "player.mark-out", "player.loop"}]
    text = as_text(sections(table, KEYS.__getitem__, "mark"))
    assert text == (
        "Player\n"
        "  I                             Mark in (in the player)\n"
        "  O                             Mark out (in the player)\n"
        "  Ctrl+L                        Loop the marked range (in the player)\n"
    )
    assert as_text([]) == ""
