"""Keys of commands as the JSON that the preferences file keeps."""

from __future__ import annotations

from desktop_search.core.commands import COMMANDS

_KEYS_MAX, _KEY_LENGTH_MAX = 4, 60


def shortcuts_from_json(content: object) -> dict[str, tuple[str, ...]]:
    """The keys by command; nothing for what is no command or no list of texts. That they are keys is Qt's to say."""
    values = content if isinstance(content, dict) else {}
    known = {command.command_id for command in COMMANDS}
    return {
        command_id: texts_from_json(keys)[:_KEYS_MAX]
        for command_id, keys in values.items()
        if command_id in known and isinstance(keys, list) and all(isinstance(each, str) for each in keys)
    }


def texts_from_json(content: object) -> tuple[str, ...]:
    """The texts of a list; other things in it are left out."""
    values = content if isinstance(content, list) else []
    return tuple(each for each in values if isinstance(each, str) and len(each) <= _KEY_LENGTH_MAX)
