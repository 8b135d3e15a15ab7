"""The sheet of keys: all commands by menu with the keys they have now, as lines and as text to print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop_search.core.commands import Command, Group, Place
from desktop_search.core.language import _

_COLUMN = 28
_NO_COMMANDS = (  # keys that belong to what has the focus, and cannot be changed
    (_("Next and previous control"), _("Tab, Shift+Tab"), Place.WINDOW.title),
    (_("Choose a row"), _("↑ ↓, Home, End, Page keys"), _("in lists")),
    (_("Choose several rows"), _("Shift or Ctrl with ↑ ↓, Ctrl+A"), _("in lists")),
    (_("Begin to type a timecode"), _("0 to 9, + and -"), Place.PLAYER.title),
    (_("Menu of the chosen rows"), _("Menu key, Shift+F10"), _("in lists")),
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
    found.append((_("Everywhere else"), [Line(*entry) for entry in _NO_COMMANDS]))
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
    return Line(command.name, keys_text(command.command_id), command.place.title)


def _holds(text: str, wanted: Sequence[str]) -> bool:
    lower = text.casefold()
    return all(word in lower for word in wanted)
