"""Final Cut Pro 7's XML (xmeml 5), which Premiere Pro, DaVinci Resolve and many others read.

Our own writer: that of OpenTimelineIO leaves out the picture's size and always says "NDF"
(tests/unit/handoff/test_why_our_own.py).
"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from desktop_search.core.timecode import Timebase
from desktop_search.core.timeline import Placed, SourceClip, Timeline
from desktop_search.handoff.words import clip_name, file_url, plain

_Parts = dict[str, object]


def fcp7_text(timeline: Timeline) -> str:
    """The document: one sequence with one track of picture, and two of sound where there is any."""
    root = ET.Element("xmeml", version="5")
    sequence = ET.SubElement(root, "sequence", id="sequence-1")
    base = timeline.timebase
    _fill(sequence, {"name": plain(timeline.name), "duration": timeline.frames, "rate": _rate(base)})
    _fill(sequence, {"timecode": _timecode(base, base.start_frame)})
    media = ET.SubElement(sequence, "media")
    _Media(media, timeline).write()
    ET.indent(root, "  ")
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE xmeml>\n{body}\n'


class _Media:
    def __init__(self, media: ET.Element, timeline: Timeline) -> None:
        self._media, self._timeline = media, timeline
        self._files = {clip: f"file-{number}" for number, clip in enumerate(timeline.clips, 1)}
        self._described: set[SourceClip] = set()

    def write(self) -> None:
        places = self._timeline.placed()
        video = ET.SubElement(self._media, "video")
        width, height = self._timeline.size
        picture: _Parts = {"rate": _rate(self._timeline.timebase), "width": width, "height": height}
        _fill(video, {"format": {"samplecharacteristics": {**picture, "pixelaspectratio": "square"}}})
        track = ET.SubElement(video, "track")
        for number, place in enumerate(places, 1):
            self._item(track, number, place, "video")
        audio = ET.SubElement(self._media, "audio")
        _fill(audio, {"format": {"samplecharacteristics": {"depth": 16, "samplerate": 48_000}}})
        for channel in range(1, 1 + max((min(2, clip.audio_channels) for clip in self._timeline.clips), default=0)):
            track = ET.SubElement(audio, "track")
            for number, place in enumerate(places, 1):
                if place.event.clip.audio_channels >= channel:
                    self._item(track, number, place, "audio", channel)

    def _item(self, track: ET.Element, number: int, place: Placed, kind: str, channel: int = 1) -> None:
        event = place.event
        clip = event.clip
        item = ET.SubElement(track, "clipitem", id=_item_id(number, kind, channel))
        _fill(
            item,
            {
                "masterclipid": f"masterclip-{self._files[clip][5:]}",
                "name": clip_name(clip.path),
                "enabled": "TRUE",
                "duration": clip.frames,
                "rate": _rate(clip.timebase),
                "start": place.start,
                "end": place.start + place.frames,
                "in": event.in_frame,
                "out": event.out_frame,
            },
        )
        self._file(item, clip)
        if kind == "audio":
            _fill(item, {"sourcetrack": {"mediatype": "audio", "trackindex": channel}})
        self._links(item, number, clip)
        if event.note and kind == "video":
            _fill(item, {"comments": {"mastercomment1": plain(event.note)}})
            _fill(item, {"marker": {"name": plain(event.note), "comment": "", "in": event.in_frame, "out": -1}})

    def _file(self, item: ET.Element, clip: SourceClip) -> None:
        """Described where it first comes; after that its id is enough."""
        file = ET.SubElement(item, "file", id=self._files[clip])
        if clip in self._described:
            return
        self._described.add(clip)
        start = _timecode(clip.timebase, clip.timebase.start_frame)
        if clip.reel:
            start["reel"] = {"name": plain(clip.reel)}
        media: _Parts = {"video": {"samplecharacteristics": {"width": clip.width, "height": clip.height}}}
        if clip.audio_channels:
            rate: _Parts = {"depth": 16, "samplerate": clip.audio_rate_hz}
            media["audio"] = {"samplecharacteristics": rate, "channelcount": clip.audio_channels}
        _fill(
            file,
            {
                "name": clip_name(clip.path),
                "pathurl": local_url(clip.path),
                "rate": _rate(clip.timebase),
                "duration": clip.frames,
                "timecode": start,
                "media": media,
            },
        )

    def _links(self, item: ET.Element, number: int, clip: SourceClip) -> None:
        if not clip.audio_channels:
            return
        linked = [("video", 1), *(("audio", channel) for channel in range(1, 1 + min(2, clip.audio_channels)))]
        for kind, channel in linked:
            _fill(
                item,
                {
                    "link": {
                        "linkclipref": _item_id(number, kind, channel),
                        "mediatype": kind,
                        "trackindex": channel,
                        "clipindex": number,
                    }
                },
            )


def _item_id(number: int, kind: str, channel: int) -> str:
    return f"clipitem-{number}-{kind}-{channel}"


def _rate(timebase: Timebase) -> _Parts:
    is_ntsc = timebase.rate.denominator == 1001
    return {"timebase": round(timebase.rate), "ntsc": "TRUE" if is_ntsc else "FALSE"}


def _timecode(timebase: Timebase, frame: int) -> _Parts:
    """The timecode of a frame, counted from 00:00:00:00."""
    counted = Timebase(timebase.rate, timebase.drop_frame)
    return {
        "rate": _rate(timebase),
        "string": counted.timecode(frame),
        "frame": frame,
        "displayformat": "DF" if timebase.drop_frame else "NDF",
    }


def _fill(parent: ET.Element, parts: _Parts) -> None:
    for name, value in parts.items():
        element = ET.SubElement(parent, name)
        if isinstance(value, dict):
            _fill(element, value)
        else:
            element.text = str(value)


def local_url(path: Path) -> str:
    """As Final Cut Pro 7 wrote it, with the host: `file://localhost/…`."""
    return file_url(path).replace("file:///", "file://localhost/", 1)
