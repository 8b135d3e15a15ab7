"""Proof that what was written is what was meant: every event against the file on the disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from desktop_search.core.errors import FileProblem
from desktop_search.core.timecode import Timebase
from desktop_search.core.timeline import Placed, SourceClip, Timeline
from desktop_search.handoff.reading import ReadEvent
from desktop_search.handoff.words import clip_name


@dataclass(frozen=True, slots=True)
class Proof:
    """`problems` say what is not exact, an entry for each event that is not, or one for the whole file."""

    events: int
    exact: int
    problems: tuple[str, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether nothing is wrong."""
        return self.exact == self.events and not self.problems

    def __str__(self) -> str:
        return f"{self.exact}/{self.events} events frame-exact"


def proved(timeline: Timeline, read: Sequence[ReadEvent], clip_of: Callable[[Path], SourceClip]) -> Proof:
    """Compare what was read back with what was meant, and with the files.

    `clip_of` looks into a file of footage anew, and raises `FileProblem`.
    """
    places = timeline.placed()
    if len(read) != len(places):
        return Proof(len(places), 0, (f"{len(read)} events were read back.",))
    looked_at = {clip: _looked_at(clip, clip_of) for clip in timeline.clips}
    problems = []
    for number, (place, found) in enumerate(zip(places, read, strict=True), 1):
        said = [*_of_file(place, looked_at[place.event.clip]), *_of_event(place, found, timeline.timebase)]
        if said:
            problems.append(f"{number} ({clip_name(place.event.clip.path)}): {' '.join(said)}")
    return Proof(len(places), len(places) - len(problems), tuple(problems))


def _looked_at(clip: SourceClip, clip_of: Callable[[Path], SourceClip]) -> SourceClip | str:
    try:
        return clip_of(clip.path)
    except FileProblem as error:
        return error.message


def _of_file(place: Placed, now: SourceClip | str) -> list[str]:
    """What is wrong with the file, if the clip is not as it was taken for."""
    clip = place.event.clip
    if isinstance(now, str):
        return [now]
    said = []
    if now.timebase != clip.timebase:
        said.append(f"Its timecode begins at {_start(now)} at {_rate(now)}, not at {_start(clip)} at {_rate(clip)}.")
    if place.event.out_frame > now.frames:
        said.append(f"The file has {now.frames} frames; the range ends at {place.event.out_frame}.")
    return said


def _of_event(place: Placed, found: ReadEvent, record: Timebase) -> list[str]:
    event, said = place.event, []
    source = event.clip.timebase
    if found.rate is not None and found.rate != source.rate:
        said.append(f"Its rate reads {found.rate}, not {source.rate}.")
    if found.path and Path(found.path) != event.clip.path.absolute():
        said.append(f"Its file reads “{found.path}”.")
    wanted = Fraction(source.start_frame + event.in_frame)
    if _off(found.source_in - wanted, source):
        said.append(f"Its in point is off by {_off(found.source_in - wanted, source)} frames.")
    if place.lost:
        exact = place.frames + place.lost
        said.append(f"It is {float(exact):.3f} frames long in the timeline; {place.frames} are used.")
    elif _off(found.source_out - wanted - event.frames, source):
        said.append(f"Its out point is off by {_off(found.source_out - wanted - event.frames, source)} frames.")
    for name, at, wants in (
        ("begins", found.record_in, place.start),
        ("ends", found.record_out, place.start + place.frames),
    ):
        if off := _off(at - record.start_frame - wants, record):
            said.append(f"In the timeline it {name} {off} frames off.")
    return said


def _off(difference: Fraction, timebase: Timebase) -> Fraction:
    """The difference, but for whole days: timecode begins anew at midnight."""
    day = Timebase(timebase.rate, timebase.drop_frame).number_of(
        "23:59:59;00" if timebase.drop_frame else "23:59:59:00"
    )
    day += round(timebase.rate)
    rest = difference % day
    return min(rest, rest - day, key=abs)


def _start(clip: SourceClip) -> str:
    return clip.timebase.timecode(0)


def _rate(clip: SourceClip) -> str:
    return f"{float(clip.timebase.rate):.6g}"
