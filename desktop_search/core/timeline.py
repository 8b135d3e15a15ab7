"""Ranges of clips in order, as they are handed to an editing program. Frames and exact fractions, never floats."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from desktop_search.core.language import _, ngettext
from desktop_search.core.timecode import Timebase

PICTURE_DEFAULT = (1920, 1080)


@dataclass(frozen=True, slots=True)
class SourceClip:
    """A file of footage, as far as a timeline needs to know it.

    Attributes:
        timebase: its rate, its counting, and the frame number of its first frame.
        frames: how many it has.
        width, height: as shown, in pixels.
        audio_tracks: how many channels each track of sound has; empty without sound.
        reel: the name of the tape or card that the camera gave; "" for none.
    """

    path: Path
    timebase: Timebase
    frames: int
    width: int = PICTURE_DEFAULT[0]
    height: int = PICTURE_DEFAULT[1]
    audio_tracks: tuple[int, ...] = ()
    audio_rate_hz: int = 48_000
    reel: str = ""

    @property
    def audio_channels(self) -> int:
        """Of all tracks together."""
        return sum(self.audio_tracks)


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """A range of a clip.

    Attributes:
        in_frame: its first frame; 0 is the clip's first.
        out_frame: the first frame that is no longer in it.
    """

    clip: SourceClip
    in_frame: int
    out_frame: int
    note: str = ""
    rating: int = 0
    colour: str = ""
    tags: tuple[str, ...] = ()

    @property
    def frames(self) -> int:
        """How long it is, at the clip's rate."""
        return self.out_frame - self.in_frame


@dataclass(frozen=True, slots=True)
class Placed:
    """An event where it is in the timeline: from frame `start`, for `frames` at the timeline's rate.

    `lost` is by how much of a frame the length had to be rounded, as the rates differ: 0 where it fits.
    """

    event: TimelineEvent
    start: int
    frames: int
    lost: Fraction


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events one after the other. `timebase.start_frame` is the timecode of its first frame."""

    name: str
    timebase: Timebase
    events: tuple[TimelineEvent, ...]

    def placed(self) -> tuple[Placed, ...]:
        """Every event where it is, with its length in whole frames of the timeline, at least one."""
        places, start = [], 0
        for event in self.events:
            exact = Fraction(event.frames) / event.clip.timebase.rate * self.timebase.rate
            frames = max(1, round(exact))
            places.append(Placed(event, start, frames, exact - frames))
            start += frames
        return tuple(places)

    @property
    def frames(self) -> int:
        """How long it is."""
        return sum(place.frames for place in self.placed())

    @property
    def size(self) -> tuple[int, int]:
        """Of the picture: that of the first event."""
        first = self.events[0].clip if self.events else None
        return PICTURE_DEFAULT if first is None else (first.width, first.height)

    @property
    def clips(self) -> tuple[SourceClip, ...]:
        """Every clip once, in the order they come."""
        return tuple(dict.fromkeys(event.clip for event in self.events))

    @property
    def by_clip(self) -> dict[SourceClip, tuple[TimelineEvent, ...]]:
        """The events of each clip, in the order they come."""
        found: dict[SourceClip, list[TimelineEvent]] = {}
        for event in self.events:
            found.setdefault(event.clip, []).append(event)
        return {clip: tuple(events) for clip, events in found.items()}


def counting_like(events: Iterable[TimelineEvent]) -> Timebase:
    """How a timeline of these events counts by default: as most of its footage does, from one hour on."""
    lasting: dict[tuple[Fraction, bool], Fraction] = {}
    for event in events:
        base = event.clip.timebase
        key = (base.rate, base.drop_frame)
        lasting[key] = lasting.get(key, Fraction(0)) + Fraction(event.frames) / base.rate
    rate, drop_frame = max(lasting, key=lambda key: lasting[key]) if lasting else (Fraction(25), False)
    one_hour = Timebase(rate, drop_frame).number_of("01:00:00;00" if drop_frame else "01:00:00:00")
    return Timebase(rate, drop_frame, one_hour)


def problems_of(event: TimelineEvent) -> tuple[str, ...]:
    """Why an event cannot be handed over; empty where it can."""
    found = []
    if event.in_frame < 0:
        found.append(_("It begins before the clip's first frame."))
    if event.out_frame < event.in_frame:
        found.append(_("Its out point is before its in point."))
    elif event.out_frame == event.in_frame:
        found.append(_("It is no frame long."))
    if event.clip.frames and event.out_frame > event.clip.frames:
        found.append(
            ngettext(
                "It ends {count} frame after the clip's last one.",
                "It ends {count} frames after the clip's last one.",
                event.out_frame - event.clip.frames,
            )
        )
    return tuple(found)
