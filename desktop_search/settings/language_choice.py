"""Which language the user chose; imports nothing that has texts, for it is asked before the language is known."""

from __future__ import annotations

import json
import re
from pathlib import Path

_NAME = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")


def language_or_none(value: object) -> str:
    """The value if it can be the name of a language ("de", "pt_BR"); else "", which means the system's."""
    return value if isinstance(value, str) and _NAME.fullmatch(value) else ""


def kept_language(preferences_file: Path) -> str:
    """The language that the preferences keep; "" for the system's. What cannot be read keeps none."""
    try:
        content = json.loads(preferences_file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return ""
    return language_or_none(content.get("language")) if isinstance(content, dict) else ""
