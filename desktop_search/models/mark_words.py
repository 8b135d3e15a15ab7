"""What a mark says, for tool tips and screen readers."""

from __future__ import annotations

from desktop_search.core.language import _, ngettext
from desktop_search.core.marks import Mark


def mark_words(mark: Mark) -> str:
    """All of it in one line; "" for no mark."""
    parts = []
    if mark.rating:
        parts.append(ngettext("{count} star", "{count} stars", mark.rating))
    if mark.is_rejected:
        parts.append(_("rejected"))
    if mark.tags:
        parts.append(_("tagged {tags}").format(tags=", ".join(mark.tags)))
    if mark.note:
        parts.append(_("note: {note}").format(note=mark.note))
    return ", ".join(parts)
