"""What a notification of the desktop says, for one clip or for three hundred."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_search.core.language import ngettext
from desktop_search.models.upload_words import failed_words, plain_line

_NAMED = 3


def announcement(searchable: Sequence[str], failed: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """The line and the text: names of what is searchable now, and (name, cause) of what failed."""
    parts = []
    if searchable:
        parts.append(ngettext("{count} clip is searchable", "{count} clips are searchable", len(searchable)))
    if failed:
        parts.append(failed_words(len(failed)))
    lines = _some([f"{plain_line(name)}: {plain_line(cause)}" for name, cause in failed])
    return ", ".join(parts), "\n".join(lines or _some([plain_line(name) for name in searchable]))


def _some(lines: list[str]) -> list[str]:
    more = len(lines) - _NAMED
    return [*lines[:_NAMED], ngettext("and {count} more", "and {count} more", more)] if more > 0 else lines
