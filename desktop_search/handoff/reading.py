"""What was handed over, read again from the file, by other code than that which wrote it."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit
from urllib.request import url2pathname
from xml.etree import ElementTree as ET

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
    """

    name: str
    path: str
    rate: Fraction | None
    source_in: Fraction
    source_out: Fraction
    record_in: Fraction
    record_out: Fraction


def read_edl(text: str, rate: Fraction) -> tuple[ReadEvent, ...]:
    """The events of an edit decision list whose record times count at `rate`, read by pycmx."""
    found = []
    for event in pycmx.parse_cmx3600(io.StringIO(text)).events:
        edit = event.edits[0]
        remarks = [getattr(line, "text", "") for line in event.statements]
        said = next((line.rpartition(":")[2] for line in remarks if "SOURCE RATE:" in line), "")
        source = _exact(float(said)) if said else rate
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


_ADAPTERS = {Form.OTIO: "otio_json", Form.OTIOZ: "otioz", Form.FCP7_XML: "fcp_xml"}


def read_otio(target: Path, form: Form) -> tuple[ReadEvent, ...]:
    """The events of the first track of a file in one of the forms that OpenTimelineIO reads."""
    adapter = _ADAPTERS[form]
    read = otio.adapters.read_from_file(str(target), adapter_name=adapter)
    timeline = read if isinstance(read, otio.schema.Timeline) else read[0]
    begin = timeline.global_start_time
    record_rate = _exact(begin.rate)
    found = []
    for clip in timeline.video_tracks()[0].find_clips():
        source, record, media = clip.trimmed_range(), clip.range_in_parent(), clip.media_reference
        rate = _exact(source.start_time.rate)
        begins, lasts = _frames(source.start_time, rate), _frames(source.duration, rate)
        starts = _frames(begin, record_rate) + _frames(record.start_time, record_rate)
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


def read_fcpxml(text: str) -> tuple[ReadEvent, ...]:
    """The clips of the first storyline. Times that are no whole number of frames stay the fractions they are."""
    root = ET.fromstring(text)  # noqa: S314 - our own file, right after it was written
    rates = {each.get("id"): 1 / _time(each.get("frameDuration", "")) for each in root.iter("format")}
    assets = {each.get("id"): each for each in root.iter("asset")}
    sequence = next(root.iter("sequence"))
    record = rates[sequence.get("format")]
    found = []
    for clip in next(sequence.iter("spine")):
        asset = assets[clip.get("ref")]
        rate = rates[asset.get("format")]
        starts, offset, lasts = (_time(clip.get(name, "0s")) for name in ("start", "offset", "duration"))
        media = asset.find("media-rep")
        found.append(
            ReadEvent(
                clip.get("name", ""),
                path_of("" if media is None else media.get("src", "")),
                rate,
                starts * rate,
                (starts + lasts) * rate,
                offset * record,
                (offset + lasts) * record,
            )
        )
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
    return Fraction(time.value).limit_denominator(10**6) / _exact(time.rate) * rate


def _time(text: str) -> Fraction:
    """ "1001/24000s" as seconds."""
    return Fraction(text.removesuffix("s"))


def _counted(timecode: str, rate: Fraction) -> Fraction:
    """Frames after 00:00:00:00, as OpenTimelineIO counts them."""
    return Fraction(round(otio.opentime.from_timecode(timecode, float(rate)).value))


def _exact(rate: float) -> Fraction:
    """The fraction that a rate with few digits means."""
    nominal = Fraction(round(rate))
    for exact in (nominal, nominal * 1000 / 1001):
        if abs(exact - Fraction(rate)) <= exact * _RATE_TOLERANCE / 2:
            return exact
    return Fraction(rate).limit_denominator(1001)
