"""The preferences that are needed before the rest of the program is loaded; imports nothing that has texts."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

THEMES = ("dark", "light", "system")
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")


@dataclass(frozen=True)
class FirstChoices:
    """The same names and defaults as in `Preferences`. A `picture_way` that is none is for whoever takes it."""

    theme: str = THEMES[0]
    language: str = ""
    picture_way: str = "automatic"
    window_layout: str = ""


def language_or_none(value: object) -> str:
    """The value if it can be the name of a language ("de", "pt_BR"); else "", which means the system's."""
    return value if isinstance(value, str) and _LANGUAGE.fullmatch(value) else ""


def first_choices(preferences_file: Path) -> FirstChoices:
    """What the file keeps of them; defaults for what is missing, damaged or makes no sense."""
    try:
        content = json.loads(preferences_file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return FirstChoices()
    if not isinstance(content, dict):
        return FirstChoices()
    texts = {name: value for name, value in content.items() if isinstance(value, str)}
    theme = texts.get("theme")
    return FirstChoices(
        theme if theme in THEMES else THEMES[0],
        language_or_none(texts.get("language")),
        texts.get("picture_way", FirstChoices.picture_way),
        texts.get("window_layout", ""),
    )
