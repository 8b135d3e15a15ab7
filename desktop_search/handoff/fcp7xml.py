"""Final Cut Pro 7's XML (xmeml 5), which Premiere Pro, DaVinci Resolve and many others read.

Our own writer: that of OpenTimelineIO leaves out the picture's size and always says "NDF"
(tests/unit/handoff/test_why_our_own.py).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from desktop_search.core.timecode import Timebase
from desktop_search.core.timeline import Placed, SourceClip, Timeline, TimelineEvent
from desktop_search.handoff.words import clip_name, file_url, plain
from desktop_search.handoff.xml_writer import Parts, XmlWriter

_TRACKS_MAX = 8  # of sound, in the timeline; a file is described with all that it has
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE xmeml>\n'


def fcp7_text(timeline: Timeline) -> str:
    """The document: one sequence with a track of picture, and as many of sound as the clips have channels."""
    xml = XmlWriter()
    base = timeline.timebase
    with xml.element("xmeml", version="5"), xml.element("sequence", id="sequence-1"):
        xml.parts({"name": plain(timeline.name), "duration": timeline.frames, "rate": _rate(base)})
        xml.parts({"timecode": _timecode(base, base.start_frame)})
        with xml.element("media"):
            _Media(xml, timeline).write()
    return f"{_HEAD}{xml}"


def fcp7_sources_text(timeline: Timeline) -> str:
    """The document: a bin with every clip once, and a marker from in to out for each event."""
    xml = XmlWriter()
    files = _Files(xml, timeline)
    with xml.element("xmeml", version="5"), xml.element("bin"):
        xml.parts({"name": plain(timeline.name)})
        with xml.element("children"):
            for clip, events in timeline.by_clip.items():
                _master(xml, files, clip, events)
    return f"{_HEAD}{xml}"


class _Files:
    """The files: described where they first come; after that their id is enough."""

    def __init__(self, xml: XmlWriter, timeline: Timeline) -> None:
        self._xml = xml
        self._numbers = {clip: number for number, clip in enumerate(timeline.clips, 1)}
        self._described: set[SourceClip] = set()

    def master(self, clip: SourceClip) -> str:
        return f"masterclip-{self._numbers[clip]}"

    def write(self, clip: SourceClip) -> None:
        name = f"file-{self._numbers[clip]}"
        if clip in self._described:
            self._xml.empty("file", id=name)
            return
        self._described.add(clip)
        with self._xml.element("file", id=name):
            self._describe(clip)

    def _describe(self, clip: SourceClip) -> None:
        start = dict(_timecode(clip.timebase, clip.timebase.start_frame))
        if clip.reel:
            start["reel"] = {"name": plain(clip.reel)}
        self._xml.parts(
            {
                "name": clip_name(clip.path),
                "pathurl": local_url(clip.path),
                "rate": _rate(clip.timebase),
                "duration": clip.frames,
                "timecode": start,
            }
        )
        with self._xml.element("media"):
            self._xml.parts({"video": {"samplecharacteristics": {"width": clip.width, "height": clip.height}}})
            for channels in clip.audio_tracks:
                rate: Parts = {"depth": 16, "samplerate": clip.audio_rate_hz}
                self._xml.parts({"audio": {"samplecharacteristics": rate, "channelcount": channels}})


class _Media:
    def __init__(self, xml: XmlWriter, timeline: Timeline) -> None:
        self._xml, self._timeline, self._places = xml, timeline, timeline.placed()
        self._files = _Files(xml, timeline)

    def write(self) -> None:
        width, height = self._timeline.size
        picture: Parts = {"rate": _rate(self._timeline.timebase), "width": width, "height": height}
        with self._xml.element("video"):
            self._xml.parts({"format": {"samplecharacteristics": {**picture, "pixelaspectratio": "square"}}})
            self._track("video", 1)
        with self._xml.element("audio"):
            self._xml.parts({"format": {"samplecharacteristics": {"depth": 16, "samplerate": 48_000}}})
            for channel in range(1, 1 + max(map(_heard, self._timeline.clips), default=0)):
                self._track("audio", channel)

    def _track(self, kind: str, channel: int) -> None:
        with self._xml.element("track"):
            for number, place in enumerate(self._places, 1):
                if kind == "video" or _heard(place.event.clip) >= channel:
                    with self._xml.element("clipitem", id=_item_id(number, kind, channel)):
                        self._item(number, place, kind, channel)

    def _item(self, number: int, place: Placed, kind: str, channel: int) -> None:
        event, xml = place.event, self._xml
        clip = event.clip
        xml.parts(
            {
                "masterclipid": self._files.master(clip),
                "name": clip_name(clip.path),
                "enabled": "TRUE",
                "duration": clip.frames,
                "rate": _rate(clip.timebase),
                "start": place.start,
                "end": place.start + place.frames,
                "in": event.in_frame,
                "out": event.out_frame,
            }
        )
        self._files.write(clip)
        if kind == "audio":
            xml.parts({"sourcetrack": {"mediatype": "audio", "trackindex": channel}})
        self._links(number, clip)
        if event.note and kind == "video":
            note = plain(event.note)
            xml.parts({"comments": {"mastercomment1": note}})
            xml.parts({"marker": {"name": note, "comment": "", "in": event.in_frame, "out": -1}})

    def _links(self, number: int, clip: SourceClip) -> None:
        if not clip.audio_tracks:
            return
        linked = [("video", 1), *(("audio", channel) for channel in range(1, 1 + _heard(clip)))]
        for kind, channel in linked:
            item = _item_id(number, kind, channel)
            said = {"linkclipref": item, "mediatype": kind, "trackindex": channel, "clipindex": number}
            self._xml.parts({"link": said})


def _master(xml: XmlWriter, files: _Files, clip: SourceClip, events: tuple[TimelineEvent, ...]) -> None:
    name, master = clip_name(clip.path), files.master(clip)
    what: Parts = {"name": name, "duration": clip.frames, "rate": _rate(clip.timebase)}
    with xml.element("clip", id=master):
        xml.parts({**what, "in": -1, "out": -1, "masterclipid": master, "ismasterclip": "TRUE"})
        with xml.element("media"):
            for kind, channels in (("video", 1), ("audio", clip.audio_channels)):
                with xml.element(kind):
                    for channel in range(1, 1 + channels):
                        with xml.element("track"), xml.element("clipitem", id=f"{master}-{kind}-{channel}"):
                            xml.parts({"masterclipid": master, **what})
                            files.write(clip)
                            xml.parts({"sourcetrack": {"mediatype": kind, "trackindex": channel}})
        for event in events:
            words = {"name": plain(event.note) or name, "comment": ", ".join(map(plain, event.tags))}
            xml.parts({"marker": {**words, "in": event.in_frame, "out": event.out_frame}})


def _heard(clip: SourceClip) -> int:
    """How many of its channels are in the timeline."""
    return min(_TRACKS_MAX, clip.audio_channels)


def _item_id(number: int, kind: str, channel: int) -> str:
    return f"clipitem-{number}-{kind}-{channel}"


@lru_cache(maxsize=64)
def _rate(timebase: Timebase) -> Parts:
    is_ntsc = timebase.rate.denominator == 1001
    return {"timebase": round(timebase.rate), "ntsc": "TRUE" if is_ntsc else "FALSE"}


def _timecode(timebase: Timebase, frame: int) -> Parts:
    """The timecode of a frame, counted from 00:00:00:00."""
    counted = Timebase(timebase.rate, timebase.drop_frame)
    return {
        "rate": _rate(timebase),
        "string": counted.timecode(frame),
        "frame": frame,
        "displayformat": "DF" if timebase.drop_frame else "NDF",
    }


def local_url(path: Path) -> str:
    """As Final Cut Pro 7 wrote it, with the host: `file://localhost/…`."""
    return file_url(path).replace("file:///", "file://localhost/", 1)
