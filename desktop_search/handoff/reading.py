"""What was handed over, read again from the file, by other code than that which wrote it."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit
from urllib.request import url2pathname

import opentimelineio as otio
import pycmx

from desktop_search.core.handing_over import Form

_RATE_TOLERANCE = Fraction(1, 1000)


@dataclass(frozen=True, slots=True)
class ReadEvent:
    """One event of a file. Frames are counted from 00:00:00:00: of the clip's timecode, and of the timeline's.

    Attributes:
        path: "" where the form has none.
        rate: of the clip; `None` where the form does not say it.
        record_in, record_out: where it is in the timeline; `None` where it is on its clip.
    """

    name: str
    path: str
    rate: Fraction | None
    source_in: Fraction
    source_out: Fraction
    record_in: Fraction | None = None
    record_out: Fraction | None = None


def read_edl(text: str, rate: Fraction) -> tuple[ReadEvent, ...]:
    """The events of an edit decision list whose record times count at `rate`, read by pycmx."""
    found = []
    for event in pycmx.parse_cmx3600(io.StringIO(text)).events:
        edit = event.edits[0]
        remarks = [getattr(line, "text", "") for line in event.statements]
        said = next((line.rpartition(":")[2] for line in remarks if "SOURCE RATE:" in line), "")
        source = exact(float(said)) if said else rate
        found.append(
            ReadEvent(
                edit.clip_name or "",
                edit.source_file or "",
                source,
                _counted(edit.source_in, source),
                _counted(edit.source_out, source),
                _counted(edit.record_in, rate),
                _counted(edit.record_out, rate),
            )
        )
    return tuple(found)


def read_otio(target: Path, form: Form) -> tuple[ReadEvent, ...]:
    """The events of the first track of an .otio or .otioz file."""
    adapter = "otioz" if form is Form.OTIOZ else "otio_json"
    return events_of(otio.adapters.read_from_file(str(target), adapter_name=adapter))


def events_of(timeline: otio.schema.Timeline) -> tuple[ReadEvent, ...]:
    """The events of a timeline as OpenTimelineIO holds it."""
    begin = timeline.global_start_time
    record_rate = exact(begin.rate)
    first, track, found = _frames(begin, record_rate), timeline.video_tracks()[0], []
    places = track.range_of_all_children()
    for clip in track:
        source, record, media = clip.trimmed_range(), places[clip], clip.media_reference
        rate = exact(source.start_time.rate)
        begins, lasts = _frames(source.start_time, rate), _frames(source.duration, rate)
        starts = first + _frames(record.start_time, record_rate)
        found.append(
            ReadEvent(
                clip.name,
                path_of(media.target_url if isinstance(media, otio.schema.ExternalReference) else ""),
                rate,
                begins,
                begins + lasts,
                starts,
                starts + _frames(record.duration, record_rate),
            )
        )
    return tuple(found)


def read_otio_sources(target: Path) -> tuple[ReadEvent, ...]:
    """The markers of a collection of clips."""
    found = []
    bin_ = otio.adapters.read_from_file(str(target), adapter_name="otio_json")  # held: its clips do not hold it
    for clip in list(bin_):
        for marker in clip.markers:
            marked = marker.marked_range
            rate = exact(marked.start_time.rate)
            begins = _frames(marked.start_time, rate)
            ends = begins + _frames(marked.duration, rate)
            found.append(ReadEvent(clip.name, path_of(clip.media_reference.target_url), rate, begins, ends))
    return tuple(found)


def path_of(url: str) -> str:
    """The path that a file's address means; "" for none, and for a place inside of an archive."""
    parts = urlsplit(url)
    if parts.scheme != "file":
        return ""
    # Names are bytes on most systems, and need not be Unicode.
    return url2pathname(parts.path) if os.name == "nt" else os.fsdecode(unquote_to_bytes(parts.path))


def _frames(time: otio.opentime.RationalTime, rate: Fraction) -> Fraction:
    """A time as frames of this rate."""
    own = exact(time.rate)
    value = Fraction(time.value).limit_denominator(10**6)
    return value if own == rate else value / own * rate


@lru_cache(maxsize=1 << 16)
def _counted(timecode: str, rate: Fraction) -> Fraction:
    """Frames after 00:00:00:00, as OpenTimelineIO counts them."""
    return Fraction(round(otio.opentime.from_timecode(timecode, float(rate)).value))


@lru_cache(maxsize=64)
def exact(rate: float) -> Fraction:
    """The fraction that a rate with few digits means."""
    nominal = Fraction(round(rate))
    for known in (nominal, nominal * 1000 / 1001):
        if abs(known - Fraction(rate)) <= known * _RATE_TOLERANCE / 2:
            return known
    return Fraction(rate).limit_denominator(1001)
