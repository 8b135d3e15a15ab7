"""Proof that what was written is what was meant: every event against the file on the disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from desktop_search.core.errors import FileProblem
from desktop_search.core.handing_over import Arrangement
from desktop_search.core.language import _, ngettext
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

    def __str__(self) -> str:
        return _("{exact}/{all} events frame-exact").format(exact=self.exact, all=self.events)


def proved(
    timeline: Timeline,
    read: Sequence[ReadEvent],
    clip_of: Callable[[Path], SourceClip],
    arrangement: Arrangement = Arrangement.TIMELINE,
) -> Proof:
    """Compare what was read back with what was meant, and with the files.

    `clip_of` looks into a file of footage as it is now, and raises `FileProblem`.
    """
    places = timeline.placed() if arrangement is Arrangement.TIMELINE else on_sources(timeline)
    if len(read) != len(places):
        count = ngettext("{count} event was read back.", "{count} events were read back.", len(read))
        return Proof(len(places), 0, (count,))
    looked_at = {clip: _looked_at(clip, clip_of) for clip in timeline.clips}
    problems = []
    for number, (place, found) in enumerate(zip(places, read, strict=True), 1):
        said = [*_of_file(place, looked_at[place.event.clip]), *_of_event(place, found, timeline.timebase)]
        if said:
            problems.append(f"{number} ({clip_name(place.event.clip.path)}): {' '.join(said)}")
    return Proof(len(places), len(places) - len(problems), tuple(problems))


def on_sources(timeline: Timeline) -> tuple[Placed, ...]:
    """The events clip by clip, as they are where each is on its clip."""
    together = (event for events in timeline.by_clip.values() for event in events)
    return tuple(Placed(event, 0, event.frames, Fraction(0)) for event in together)


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
        words = _("Its timecode begins at {start} at {rate}, not at {meant_start} at {meant_rate}.")
        meant = {"meant_start": _start(clip), "meant_rate": _rate(clip)}
        said.append(words.format(start=_start(now), rate=_rate(now), **meant))
    if place.event.out_frame > now.frames:
        words = _("The file has {frames} frames; the range ends at {end}.")
        said.append(words.format(frames=now.frames, end=place.event.out_frame))
    return said


def _of_event(place: Placed, found: ReadEvent, record: Timebase) -> list[str]:
    event, said = place.event, []
    source = event.clip.timebase
    if found.rate is not None and found.rate != source.rate:
        said.append(_("Its rate reads {rate}, not {meant}.").format(rate=found.rate, meant=source.rate))
    if found.path and Path(found.path) != event.clip.path.absolute():
        said.append(_("Its file reads “{path}”.").format(path=found.path))
    wanted = Fraction(source.start_frame + event.in_frame)
    if off := _off(found.source_in - wanted, source):
        said.append(_("Its in point is off by {frames} frames.").format(frames=off))
    if place.lost:
        words = _("It is {exact} frames long in the timeline; {frames} are used.")
        said.append(words.format(exact=f"{float(place.frames + place.lost):.3f}", frames=place.frames))
    elif off := _off(found.source_out - wanted - event.frames, source):
        said.append(_("Its out point is off by {frames} frames.").format(frames=off))
    if found.record_in is not None and (off := _off(found.record_in - record.start_frame - place.start, record)):
        said.append(_("In the timeline it begins {frames} frames off.").format(frames=off))
    end = record.start_frame + place.start + place.frames
    if found.record_out is not None and (off := _off(found.record_out - end, record)):
        said.append(_("In the timeline it ends {frames} frames off.").format(frames=off))
    return said


def _off(difference: Fraction, timebase: Timebase) -> Fraction:
    """The difference, but for whole days: timecode begins anew at midnight."""
    if not difference:
        return difference
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
