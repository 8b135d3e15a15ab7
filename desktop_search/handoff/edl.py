"""CMX 3600 edit decision lists.

Our own writer: the one of OpenTimelineIO writes source timecode at the timeline's rate, takes 29.97 without drop-frame
for drop-frame, and begins every record at 00:00:00:00 (tests/unit/handoff/test_why_our_own.py).
"""

from __future__ import annotations

import re
from fractions import Fraction

from desktop_search.core.timeline import Placed, SourceClip, Timeline
from desktop_search.handoff.words import clip_name, plain

_REEL_CHARS = 8
_TITLE_CHARS = 70


def edl_text(timeline: Timeline) -> str:
    """The whole list. Source times count as each clip does, record times as the timeline does.

    The name of the file and its path are comments, as editing programs write and read them.
    """
    base = timeline.timebase
    lines = [f"TITLE: {plain(timeline.name)[:_TITLE_CHARS]}", f"FCM: {'' if base.drop_frame else 'NON-'}DROP FRAME", ""]
    reels = reel_names(timeline.clips)
    for number, place in enumerate(timeline.placed(), 1):
        lines += _event(number, place, timeline, reels[place.event.clip])
    return "\n".join(lines) + "\n"


def reel_names(clips: tuple[SourceClip, ...]) -> dict[SourceClip, str]:
    """A name of at most eight letters and digits for every clip; the same one for clips of one reel that say so.

    Where two clips of a reel have the same timecode, a reel's name would not tell them apart: each gets its own.
    """
    names: dict[SourceClip, str] = {}
    taken: dict[str, str] = {}
    mixed = _ambiguous_reels(clips)
    for clip in clips:
        whole = clip.reel or clip.path.stem
        key = clip.reel if clip.reel and clip.reel not in mixed else str(clip.path)
        short = re.sub(r"[^A-Z0-9_]", "", whole.upper())[:_REEL_CHARS] or "AX"
        number = 1
        while taken.setdefault(short, key) != key:
            number += 1
            short = f"{short[: _REEL_CHARS - len(str(number))]}{number}"
        names[clip] = short
    return names


def _ambiguous_reels(clips: tuple[SourceClip, ...]) -> set[str]:
    """Reels on which a timecode is in more than one clip."""
    ends: dict[str, Fraction] = {}
    found = set()
    for clip in sorted((clip for clip in clips if clip.reel), key=_begins):
        if _begins(clip) < ends.get(clip.reel, Fraction(0)):
            found.add(clip.reel)
        ends[clip.reel] = max(ends.get(clip.reel, Fraction(0)), _begins(clip) + clip.frames / clip.timebase.rate)
    return found


def _begins(clip: SourceClip) -> Fraction:
    """Its timecode, in seconds."""
    return clip.timebase.start_frame / clip.timebase.rate


def _event(number: int, place: Placed, timeline: Timeline, reel: str) -> list[str]:
    event, record = place.event, timeline.timebase
    source = event.clip.timebase
    channels = event.clip.audio_channels
    tracks = {0: "V", 1: "B"}.get(channels, "AA/V")
    times = (
        source.timecode(event.in_frame),
        source.timecode(event.out_frame),
        record.timecode(place.start),
        record.timecode(place.start + place.frames),
    )
    lines = [
        f"{number:03d}  {reel:<8} {tracks:<5} C        {' '.join(times)}",
        *([f"AUD  {'     '.join(map(str, range(3, 1 + min(channels, 4))))}"] if channels > 2 else []),
        f"* FROM CLIP NAME: {clip_name(event.clip.path)}",
        f"* SOURCE FILE: {plain(str(event.clip.path))}",
    ]
    if source.rate != record.rate:
        lines.append(f"* SOURCE RATE: {float(source.rate):.3f}")
    if event.note:
        lines.append(f"* COMMENT: {plain(event.note)}")
    return [*lines, ""]
