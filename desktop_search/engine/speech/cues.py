"""SubRip, WebVTT and SubStation text, and the markup inside cues."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_TIMES = re.compile(
    r"^\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s*-->\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
)
_CLOCK = re.compile(r"^(\d{1,3}):(\d{1,2}):(\d{2})[.,:](\d{1,3})$")
_DRAWING = re.compile(r"\{[^}]{0,200}\\p[1-9]")
_EVENTS = ("layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text")
_BREAKS = re.compile(r"\\[Nnh]")  # of lines, and a hard blank
_MARKUP = re.compile(r"<[^>]{0,200}>|\{[^}]{0,200}\}")
_SPACE = re.compile(r"\s+")


def cues_of(text: str) -> Iterator[tuple[int, int, str]]:
    """As `cues` or `ass_cues`, whichever the text is."""
    return ass_cues(text) if "[Events]" in text else cues(text)


def ass_cues(text: str) -> Iterator[tuple[int, int, str]]:
    """The dialogue of a SubStation script by its start; styles, comments and drawings are passed over."""
    fields: tuple[str, ...] = _EVENTS
    found = []
    for line in text.splitlines():
        kind, _, rest = line.strip().partition(":")
        if kind == "Format" and "Text" in rest:
            fields = tuple(name.strip().lower() for name in rest.split(","))
        elif kind == "Dialogue" and not _DRAWING.search(rest):
            event = dict(zip(fields, rest.strip().split(",", len(fields) - 1), strict=False))
            start, end = (_CLOCK.match(event.get(name, "").strip()) for name in ("start", "end"))
            words = plain(event.get("text", ""))
            if start and end and words:
                start_ms = _milliseconds(start.groups())
                found.append((start_ms, max(start_ms, _milliseconds(end.groups())), words))
    yield from sorted(found)


def cues(text: str) -> Iterator[tuple[int, int, str]]:
    """Start and end in milliseconds and the plain words of each cue; what is not a cue is passed over."""
    start_ms = end_ms = -1
    lines: list[str] = []
    for line in (*text.splitlines(), ""):
        times = _TIMES.match(line)
        if times:
            start_ms, end_ms = _milliseconds(times.groups()[:4]), _milliseconds(times.groups()[4:])
            lines = []
        elif line.strip():
            if start_ms >= 0:
                lines.append(line)
        else:
            words = plain(" ".join(lines))
            if words:
                yield start_ms, max(start_ms, end_ms), words
            start_ms, lines = -1, []


def plain(text: str) -> str:
    """Without tags, styles and entities, on one line."""
    return _SPACE.sub(" ", html.unescape(_MARKUP.sub("", _BREAKS.sub(" ", text)))).strip()


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, fraction = parts
    whole_s = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole_s * 1000 + int((fraction or "0").ljust(3, "0"))
