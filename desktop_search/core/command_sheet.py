"""The sheet of keys: all commands by menu with the keys they have now, as lines and as text to print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop_search.core.commands import Command, Group, Place

_COLUMN = 28
_NO_COMMANDS = (  # keys that belong to what has the focus, and cannot be changed
    ("Next and previous control", "Tab, Shift+Tab", "everywhere"),
    ("Choose a row", "↑ ↓, Home, End, Page keys", "in lists"),
    ("Choose several rows", "Shift or Ctrl with ↑ ↓, Ctrl+A", "in lists"),
    ("Begin to type a timecode", "0 to 9, + and -", Place.PLAYER.value),
    ("Menu of the chosen rows", "Menu key, Shift+F10", "in lists"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet."""

    name: str
    keys: str
    place: str


def sections(
    commands: Sequence[Command], keys_text: Callable[[str], str], query: str = ""
) -> list[tuple[str, list[Line]]]:
    """The lines by menu. With a query those that hold it in their name, keys, place or menu. Nothing without a key."""
    found = [
        (group.title, [_line(command, keys_text) for command in commands if command.group is group]) for group in Group
    ]
    found.append(("Everywhere else", [Line(*entry) for entry in _NO_COMMANDS]))
    wanted = query.casefold().split()
    kept = [
        (
            title,
            [line for line in lines if line.keys and _holds(f"{line.name} {line.keys} {line.place} {title}", wanted)],
        )
        for title, lines in found
    ]
    return [(title, lines) for title, lines in kept if lines]


def as_text(found: Sequence[tuple[str, Sequence[Line]]]) -> str:
    """The sections as plain text for paper and notes."""
    parts = []
    for title, lines in found:
        rows = [f"  {line.keys:<{_COLUMN}}  {line.name} ({line.place})" for line in lines]
        parts.append("\n".join([title, *rows]))
    return "\n\n".join(parts) + "\n" if parts else ""


def _line(command: Command, keys_text: Callable[[str], str]) -> Line:
    return Line(command.name, keys_text(command.command_id), command.place.value)


def _holds(text: str, wanted: Sequence[str]) -> bool:
    lower = text.casefold()
    return all(word in lower for word in wanted)
