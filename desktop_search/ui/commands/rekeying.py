"""What may become the key of a command, and what that means for others."""

from __future__ import annotations

import re

from desktop_search.core.commands import Command, Place, share_keys
from desktop_search.core.language import _
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.commands.keys import shown

_HELD = ("Ctrl+", "Alt+", "Meta+")
_FUNCTION_KEY = re.compile(r"(Shift\+)?F[0-9]{1,2}")
_KEPT = frozenset({"Tab", "Shift+Tab", "Shift+Backtab", "Backtab"})


def objection(command: Command, keys: str, holder: Command | None) -> str:
    """Why `command` does not get these keys; "" when it does. `holder` is who has them where they would work."""
    if keys in _KEPT:
        return _("{keys} goes from control to control.").format(keys=shown(keys))
    if command.place is Place.WINDOW and _is_typed(keys):
        return _(
            "{keys} is typed into fields: a key that works everywhere needs Ctrl, Alt or is a function key."
        ).format(keys=shown(keys))
    if holder is not None:
        return _("{keys} is the key of “{holder}” {place}.").format(
            keys=shown(keys), holder=holder.name, place=holder.place.title
        )
    return ""


def taken_over(commands: CommandSet, command: Command, keys: str) -> dict[str, tuple[str, ...]]:
    """All changes of keys with those that give `keys` to `command`, and to nobody else where they work."""
    changes = commands.changes
    for other in commands.commands:
        held = commands.keys(other.command_id)
        if other != command and keys in held and share_keys(other.place, command.place):
            changes[other.command_id] = tuple(each for each in held if each != keys)
    return {**changes, command.command_id: (keys,)}


def _is_typed(keys: str) -> bool:
    return _FUNCTION_KEY.fullmatch(keys) is None and not any(held in keys for held in _HELD)
