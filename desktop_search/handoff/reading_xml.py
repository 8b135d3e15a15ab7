"""FCPXML and Final Cut Pro 7's XML, read again: what the document itself says, in exact fractions.

OpenTimelineIO's reader of the latter takes half a minute for 5,000 events; that both read the same is a test's matter.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from xml.etree import ElementTree as ET

from desktop_search.handoff.reading import ReadEvent, path_of


def read_fcpxml(text: str) -> tuple[ReadEvent, ...]:
    """The clips of the first storyline. Times that are no whole number of frames stay the fractions they are."""
    document = _Fcpxml(text)
    sequence = next(document.root.iter("sequence"))
    record = document.rates[sequence.get("format", "")]
    found = []
    for clip in next(sequence.iter("spine")):
        rate = document.rate_of(clip)
        starts, offset, lasts = (_time(clip.get(name, "0s")) for name in ("start", "offset", "duration"))
        found.append(
            ReadEvent(
                clip.get("name", ""),
                document.path_of(clip),
                rate,
                starts * rate,
                (starts + lasts) * rate,
                offset * record,
                (offset + lasts) * record,
            )
        )
    return tuple(found)


def read_fcpxml_sources(text: str) -> tuple[ReadEvent, ...]:
    """The ranges with keywords of the clips in the event."""
    document = _Fcpxml(text)
    found = []
    for clip in document.root.iter("asset-clip"):
        rate = document.rate_of(clip)
        for keyword in clip.iter("keyword"):
            begins, lasts = _time(keyword.get("start", "0s")), _time(keyword.get("duration", "0s"))
            path = document.path_of(clip)
            found.append(ReadEvent(clip.get("name", ""), path, rate, begins * rate, (begins + lasts) * rate))
    return tuple(found)


class _Fcpxml:
    def __init__(self, text: str) -> None:
        self.root = _parsed(text)
        self.rates = {each.get("id", ""): 1 / _time(each.get("frameDuration", "")) for each in self.root.iter("format")}
        self._assets = {each.get("id", ""): each for each in self.root.iter("asset")}

    def rate_of(self, clip: ET.Element) -> Fraction:
        return self.rates[self._assets[clip.get("ref", "")].get("format", "")]

    def path_of(self, clip: ET.Element) -> str:
        media = self._assets[clip.get("ref", "")].find("media-rep")
        return path_of("" if media is None else media.get("src", ""))


def read_fcp7(text: str) -> tuple[ReadEvent, ...]:
    """The items of the first track of picture."""
    document = _Fcp7(text)
    sequence = next(document.root.iter("sequence"))
    begin = _whole(sequence, "timecode/frame")
    found = []
    for item in sequence.iterfind("media/video/track[1]/clipitem"):
        name, path, rate, first = document.clip(item)
        times = (_whole(item, tag) for tag in ("in", "out", "start", "end"))
        begins, ends, starts, stops = times
        found.append(ReadEvent(name, path, rate, first + begins, first + ends, begin + starts, begin + stops))
    return tuple(found)


def read_fcp7_sources(text: str) -> tuple[ReadEvent, ...]:
    """The markers of the clips in the bin."""
    document = _Fcp7(text)

    def marked() -> Iterator[ReadEvent]:
        for clip in document.root.iterfind("bin/children/clip"):
            item = clip.find("media/video/track/clipitem")
            if item is None:
                continue
            name, path, rate, first = document.clip(item)
            for marker in clip.iterfind("marker"):
                yield ReadEvent(name, path, rate, first + _whole(marker, "in"), first + _whole(marker, "out"))

    return tuple(marked())


class _Fcp7:
    def __init__(self, text: str) -> None:
        self.root = _parsed(text)
        files = (file for file in self.root.iter("file") if len(file))
        self._files = {
            file.get("id", ""): (path_of(file.findtext("pathurl", "")), _whole(file, "timecode/frame"))
            for file in files
        }

    def clip(self, item: ET.Element) -> tuple[str, str, Fraction, Fraction]:
        """Its name, path and rate, and the number of its first frame."""
        file = item.find("file")
        path, first = self._files["" if file is None else file.get("id", "")]
        is_ntsc = item.findtext("rate/ntsc", "") == "TRUE"
        rate = Fraction(int(item.findtext("rate/timebase", "0"))) * (Fraction(1000, 1001) if is_ntsc else 1)
        return item.findtext("name", ""), path, rate, first


def _parsed(text: str) -> ET.Element:
    """The tree; meanwhile nobody looks for cycles, which takes several times as long as reading a large document."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        return ET.fromstring(text)  # noqa: S314 - our own file, right after it was written
    finally:
        if was_on:
            gc.enable()


def _whole(element: ET.Element, path: str) -> Fraction:
    return Fraction(int(element.findtext(path, "0")))


@lru_cache(maxsize=1 << 16)
def _time(text: str) -> Fraction:
    """ "1001/24000s" as seconds."""
    return Fraction(text.removesuffix("s"))
