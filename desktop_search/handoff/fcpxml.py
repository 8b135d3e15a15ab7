"""FCPXML 1.10, for Final Cut Pro and DaVinci Resolve. Every time is an exact fraction of a second.

Our own writer: that of OpenTimelineIO writes 1.8, knows no rate of 23.976 or 29.97, and is no longer kept
(tests/unit/handoff/test_why_our_own.py). The rules are those of Apple's document type definition.
"""

from __future__ import annotations

from fractions import Fraction
from xml.etree import ElementTree as ET

from desktop_search.core.timecode import Timebase
from desktop_search.core.timeline import Placed, SourceClip, Timeline
from desktop_search.handoff.words import clip_name, file_url, plain

VERSION = "1.10"
_RATES = {  # what `srcFrameRate` may say
    Fraction(24000, 1001): "23.98",
    Fraction(24): "24",
    Fraction(25): "25",
    Fraction(30000, 1001): "29.97",
    Fraction(30): "30",
    Fraction(48000, 1001): "47.95",
    Fraction(48): "48",
    Fraction(50): "50",
    Fraction(60000, 1001): "59.94",
    Fraction(60): "60",
}
_STARS_OF_A_FAVOURITE = 4


def fcpxml_text(timeline: Timeline) -> str:
    """The document: one event with one project, whose only storyline holds the clips in order."""
    root = ET.Element("fcpxml", version=VERSION)
    resources = ET.SubElement(root, "resources")
    formats = _Formats(resources)
    width, height = timeline.size
    of_timeline = formats.of(timeline.timebase.rate, width, height)
    assets = {clip: _asset(resources, clip, formats) for clip in timeline.clips}
    event = ET.SubElement(ET.SubElement(root, "library"), "event", name=plain(timeline.name))
    project = ET.SubElement(event, "project", name=plain(timeline.name))
    sequence = ET.SubElement(
        project,
        "sequence",
        format=of_timeline,
        duration=seconds(timeline.frames, timeline.timebase),
        tcStart=seconds(timeline.timebase.start_frame, timeline.timebase),
        tcFormat=_counting(timeline.timebase),
        audioLayout="stereo",
        audioRate="48k",
    )
    spine = ET.SubElement(sequence, "spine")
    for place in timeline.placed():
        _clip(spine, place, timeline, assets[place.event.clip], formats)
    ET.indent(root, "    ")
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n\n{body}\n'


def seconds(frames: int, timebase: Timebase) -> str:
    """So many frames as FCPXML writes a time: "0s", "5s", "1001/24000s"."""
    rate = timebase.rate
    if not frames:
        return "0s"
    top, bottom = frames * rate.denominator, rate.numerator
    return f"{top // bottom}s" if top % bottom == 0 else f"{top}/{bottom}s"


class _Formats:
    """One for each rate and size."""

    def __init__(self, resources: ET.Element) -> None:
        self._resources = resources
        self._ids: dict[tuple[Fraction, int, int], str] = {}

    def of(self, rate: Fraction, width: int, height: int) -> str:
        key = (rate, width, height)
        if key not in self._ids:
            self._ids[key] = f"r{len(self._resources) + 1}"
            ET.SubElement(
                self._resources,
                "format",
                id=self._ids[key],
                frameDuration=f"{rate.denominator}/{rate.numerator}s",
                width=str(width),
                height=str(height),
            )
        return self._ids[key]


def _asset(resources: ET.Element, clip: SourceClip, formats: _Formats) -> str:
    of_clip = formats.of(clip.timebase.rate, clip.width, clip.height)
    name = f"r{len(resources) + 1}"
    asset = ET.SubElement(
        resources,
        "asset",
        id=name,
        name=clip_name(clip.path),
        start=seconds(clip.timebase.start_frame, clip.timebase),
        duration=seconds(clip.frames, clip.timebase),
        hasVideo="1",
        format=of_clip,
        videoSources="1",
    )
    if clip.audio_channels:
        asset.attrib |= {"hasAudio": "1", "audioSources": "1", "audioChannels": str(clip.audio_channels)}
        asset.set("audioRate", str(clip.audio_rate_hz))
    ET.SubElement(asset, "media-rep", kind="original-media", src=file_url(clip.path))
    if clip.reel:
        metadata = ET.SubElement(asset, "metadata")
        ET.SubElement(metadata, "md", key="com.apple.proapps.studio.reel", value=plain(clip.reel))
    return name


def _clip(spine: ET.Element, place: Placed, timeline: Timeline, asset: str, formats: _Formats) -> None:
    event, record = place.event, timeline.timebase
    source = event.clip.timebase
    start = seconds(source.start_frame + event.in_frame, source)
    clip = ET.SubElement(
        spine,
        "asset-clip",
        ref=asset,
        name=clip_name(event.clip.path),
        offset=seconds(record.start_frame + place.start, record),
        start=start,
        duration=seconds(place.frames, record),
        format=formats.of(source.rate, event.clip.width, event.clip.height),
        tcFormat=_counting(source),
    )
    if event.clip.audio_channels:
        clip.set("audioRole", "dialogue")
    if event.note:
        ET.SubElement(clip, "note").text = plain(event.note)
    if source.rate != record.rate:
        conform = ET.SubElement(clip, "conform-rate", scaleEnabled="0")
        if source.rate in _RATES:
            conform.set("srcFrameRate", _RATES[source.rate])
    length = seconds(event.frames, source)
    if event.note:
        ET.SubElement(clip, "marker", start=start, duration=seconds(1, source), value=plain(event.note))
    if event.tags:
        ET.SubElement(clip, "keyword", start=start, duration=length, value=", ".join(map(plain, event.tags)))
    if event.rating >= _STARS_OF_A_FAVOURITE:
        ET.SubElement(clip, "rating", start=start, duration=length, name=f"{event.rating} stars", value="favorite")


def _counting(timebase: Timebase) -> str:
    return "DF" if timebase.drop_frame else "NDF"
