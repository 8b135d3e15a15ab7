"""FCPXML 1.10, for Final Cut Pro and DaVinci Resolve. Every time is an exact fraction of a second.

Our own writer: that of OpenTimelineIO writes 1.8, knows no rate of 23.976 or 29.97, and is no longer kept
(tests/unit/handoff/test_why_our_own.py). The rules are those of Apple's document type definition.
"""

from __future__ import annotations

from fractions import Fraction
from xml.etree import ElementTree as ET

from desktop_search.core.timecode import Timebase
from desktop_search.core.timeline import Placed, SourceClip, Timeline, TimelineEvent
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
    root, event, assets, formats = _begun(timeline)
    width, height = timeline.size
    project = ET.SubElement(event, "project", name=plain(timeline.name))
    sequence = ET.SubElement(
        project,
        "sequence",
        format=formats.of(timeline.timebase.rate, width, height),
        duration=seconds(timeline.frames, timeline.timebase),
        tcStart=seconds(timeline.timebase.start_frame, timeline.timebase),
        tcFormat=_counting(timeline.timebase),
        audioLayout="stereo",
        audioRate="48k",
    )
    spine = ET.SubElement(sequence, "spine")
    for place in timeline.placed():
        _clip(spine, place, timeline, assets[place.event.clip], formats)
    return _document(root)


def fcpxml_sources_text(timeline: Timeline) -> str:
    """The document: one event with every clip whole, and a range of the keyword of the timeline's name for each event.

    Its tags are keywords of the same range, its note a marker, and four stars make it a favourite.
    """
    root, event, assets, formats = _begun(timeline)
    for clip, ranges in timeline.by_clip.items():
        whole = _asset_clip(event, clip, assets[clip], formats)
        whole.attrib |= _extent(clip)
        for each in ranges:
            _marks(whole, each, (plain(timeline.name), *map(plain, each.tags)))
    ET.SubElement(event, "keyword-collection", name=plain(timeline.name))
    return _document(root)


def _begun(timeline: Timeline) -> tuple[ET.Element, ET.Element, dict[SourceClip, str], _Formats]:
    """The root, its event, the ids of the clips, and the formats."""
    root = ET.Element("fcpxml", version=VERSION)
    resources = ET.SubElement(root, "resources")
    formats = _Formats(resources)
    width, height = timeline.size
    formats.of(timeline.timebase.rate, width, height)
    assets = {clip: _asset(resources, clip, formats) for clip in timeline.clips}
    event = ET.SubElement(ET.SubElement(root, "library"), "event", name=plain(timeline.name))
    return root, event, assets, formats


def _document(root: ET.Element) -> str:
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


def _extent(clip: SourceClip) -> dict[str, str]:
    """Where a whole clip begins, and how long it is."""
    return {"start": seconds(clip.timebase.start_frame, clip.timebase), "duration": seconds(clip.frames, clip.timebase)}


def _asset(resources: ET.Element, clip: SourceClip, formats: _Formats) -> str:
    of_clip = formats.of(clip.timebase.rate, clip.width, clip.height)
    name = f"r{len(resources) + 1}"
    said = {"id": name, "name": clip_name(clip.path), **_extent(clip)}
    asset = ET.SubElement(resources, "asset", {**said, "hasVideo": "1", "format": of_clip, "videoSources": "1"})
    if clip.audio_tracks:
        sources, channels = str(len(clip.audio_tracks)), str(max(clip.audio_tracks))
        asset.attrib |= {"hasAudio": "1", "audioSources": sources, "audioChannels": channels}
        asset.set("audioRate", str(clip.audio_rate_hz))
    ET.SubElement(asset, "media-rep", kind="original-media", src=file_url(clip.path))
    if clip.reel:
        metadata = ET.SubElement(asset, "metadata")
        ET.SubElement(metadata, "md", key="com.apple.proapps.studio.reel", value=plain(clip.reel))
    return name


def _asset_clip(parent: ET.Element, clip: SourceClip, asset: str, formats: _Formats) -> ET.Element:
    made = ET.SubElement(
        parent,
        "asset-clip",
        ref=asset,
        name=clip_name(clip.path),
        format=formats.of(clip.timebase.rate, clip.width, clip.height),
        tcFormat=_counting(clip.timebase),
    )
    if clip.audio_tracks:
        made.set("audioRole", "dialogue")
    return made


def _clip(spine: ET.Element, place: Placed, timeline: Timeline, asset: str, formats: _Formats) -> None:
    event, record = place.event, timeline.timebase
    source = event.clip.timebase
    clip = _asset_clip(spine, event.clip, asset, formats)
    clip.set("offset", seconds(record.start_frame + place.start, record))
    clip.set("start", seconds(source.start_frame + event.in_frame, source))
    clip.set("duration", seconds(place.frames, record))
    if event.note:
        ET.SubElement(clip, "note").text = plain(event.note)
    if source.rate != record.rate:
        conform = ET.SubElement(clip, "conform-rate", scaleEnabled="0")
        if source.rate in _RATES:
            conform.set("srcFrameRate", _RATES[source.rate])
    _marks(clip, event, tuple(map(plain, event.tags)))


def _marks(clip: ET.Element, event: TimelineEvent, keywords: tuple[str, ...]) -> None:
    """The note as a marker, keywords, and the favourites."""
    source = event.clip.timebase
    start, length = seconds(source.start_frame + event.in_frame, source), seconds(event.frames, source)
    if event.note:
        ET.SubElement(clip, "marker", start=start, duration=seconds(1, source), value=plain(event.note))
    if keywords:
        ET.SubElement(clip, "keyword", start=start, duration=length, value=", ".join(keywords))
    if event.rating >= _STARS_OF_A_FAVOURITE:
        ET.SubElement(clip, "rating", start=start, duration=length, name=f"{event.rating} stars", value="favorite")


def _counting(timebase: Timebase) -> str:
    return "DF" if timebase.drop_frame else "NDF"
