"""What a mark says, for tool tips and screen readers."""

from __future__ import annotations

from desktop_search.core.marks import Mark


def mark_words(mark: Mark) -> str:
    """All of it in one line; "" for no mark."""
    parts = []
    if mark.rating:
        parts.append(f"{mark.rating} star{'s' * (mark.rating != 1)}")
    if mark.is_rejected:
        parts.append("rejected")
    if mark.tags:
        parts.append(f"tagged {', '.join(mark.tags)}")
    if mark.note:
        parts.append(f"note: {mark.note}")
    return ", ".join(parts)
