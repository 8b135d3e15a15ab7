"""What is to be known of a place on the timeline, for its tool tip."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from desktop_search.core.language import _
from desktop_search.ui.watch.timeline_paint import Lanes

_LONGEST = 160


def words_at(lanes: Lanes, at_ms: int, near_ms: int, timecode: Callable[[int], str]) -> tuple[str, str]:
    """When it is, in which shot, whether a hit begins there; and what is said there, "" for nothing."""
    facts = [timecode(at_ms)]
    shot, count = lanes.outline.shot_at(at_ms), len(lanes.outline.shots_ms)
    if shot is not None and count > 1:
        facts.append(_("shot {number} of {count}").format(number=shot + 1, count=count))
    if any(abs(start - at_ms) <= near_ms for start in lanes.hits):
        facts.append(_("a hit"))
    line = lanes.outline.said_at(at_ms, near_ms)
    said = " ".join(line.text.split()) if line is not None else ""
    return " · ".join(facts), f"{said[:_LONGEST]}…" if len(said) > _LONGEST else said


def tip_at(lanes: Lanes, at_ms: int, near_ms: int, timecode: Callable[[int], str]) -> str:
    """The same as a tool tip; what is said is text from outside and is shown as plain text."""
    facts, said = words_at(lanes, at_ms, near_ms, timecode)
    return f"<p>{escape(facts)}</p>" + (f"<p>“{escape(said)}”</p>" if said else "")
