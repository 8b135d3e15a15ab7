"""Exported timelines as MLT's XML, read by other code than the program's, so that `melt` can render what they mean."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from urllib.parse import unquote, urlparse
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import av
import numpy as np
import opentimelineio as otio

from desktop_search.core.handing_over import Form
from tests.clips import read_frame_number

SIZE = (320, 180)


@dataclass(frozen=True)
class Entry:
    """So many frames of a file from frame `first` on, 0 being its first."""

    path: str
    first: int
    frames: int


def entries(target: Path, form: Form) -> list[Entry]:
    """The clips of an exported timeline, in their order."""
    match form:
        case Form.FCPXML:
            return _of_fcpxml(target)
        case Form.EDL:
            return _of_edl(target)
        case Form.OTIO:
            read = otio.adapters.read_from_file(str(target), adapter_name="otio_json")
            return _of_otio(read)
        case Form.FCP7_XML:
            read = otio.adapters.read_from_file(str(target), adapter_name="fcp_xml")
            read = read if isinstance(read, otio.schema.Timeline) else read[0]
            return _of_otio(read)
    raise ValueError(form)


def rendered_numbers(wanted: Sequence[Entry], rate: Fraction, folder: Path) -> list[int]:
    """Render the clips one after the other at `rate`, and read the number on each frame's picture."""
    document, target = folder / "timeline.mlt", folder / "rendered.mkv"
    document.write_text(_document(wanted, rate), encoding="utf-8")
    consumer = f"avformat:{target}"
    command = ["melt", "-silent", str(document), "-consumer", consumer, "vcodec=ffv1", "an=1"]
    subprocess.run(command, check=True, timeout=50, env={**os.environ, "LC_ALL": "C.UTF-8"})
    with av.open(str(target)) as container:
        pictures = (frame.to_ndarray(format="rgb24").astype(np.uint8) for frame in container.decode(video=0))
        return [read_frame_number(picture) for picture in pictures]


def _document(wanted: Sequence[Entry], rate: Fraction) -> str:
    files = list(dict.fromkeys(each.path for each in wanted))
    producers = "".join(
        f'<producer id="p{number}"><property name="resource">{escape(path)}</property></producer>'
        for number, path in enumerate(files)
    )
    played = "".join(
        f'<entry producer="p{files.index(each.path)}" in="{each.first}" out="{each.first + each.frames - 1}"/>'
        for each in wanted
    )
    profile = (
        f'<profile width="{SIZE[0]}" height="{SIZE[1]}" progressive="1" sample_aspect_num="1" sample_aspect_den="1" '
        f'display_aspect_num="16" display_aspect_den="9" frame_rate_num="{rate.numerator}" '
        f'frame_rate_den="{rate.denominator}" colorspace="601"/>'
    )
    return f"<mlt>{profile}{producers}<playlist>{played}</playlist></mlt>"


def _of_otio(timeline: otio.schema.Timeline) -> list[Entry]:
    found = []
    for clip in timeline.video_tracks()[0]:
        source, whole = clip.source_range, clip.media_reference.available_range
        first = source.start_time - whole.start_time
        path = _path(clip.media_reference.target_url)
        found.append(Entry(path, round(first.value), round(source.duration.value)))
    return found


def _of_fcpxml(target: Path) -> list[Entry]:
    root = ET.parse(target).getroot()
    assets = {each.get("id"): each for each in root.iter("asset")}
    formats = {each.get("id"): _s(each, "frameDuration") for each in root.iter("format")}
    found = []
    for clip in root.iterfind(".//spine/asset-clip"):
        asset = assets[clip.get("ref")]
        frame = formats[asset.get("format")]
        media = asset.find("media-rep")
        assert media is not None
        first, frames = (_s(clip, "start") - _s(asset, "start")) / frame, _s(clip, "duration") / frame
        assert first.denominator == frames.denominator == 1
        found.append(Entry(_path(media.get("src", "")), int(first), int(frames)))
    return found


def _of_edl(target: Path) -> list[Entry]:
    """By the text itself; where the file begins, ffprobe says."""
    found, times = [], ("", "")
    for line in target.read_text(encoding="utf-8").splitlines():
        if line[:3].isdecimal():
            begins, ends = line.split()[-4:-2]
            times = begins, ends
        elif line.startswith("* SOURCE FILE: "):
            path = line.removeprefix("* SOURCE FILE: ")
            start, rate = _probed(path)
            first, end = (round(otio.opentime.from_timecode(time, rate).value) for time in times)
            zero = round(otio.opentime.from_timecode(start, rate).value) if start else 0
            day = round(otio.opentime.from_timecode("23:59:59" + times[0][8] + "00", rate).value) + round(rate)
            found.append(Entry(path, (first - zero) % day, (end - first) % day))
    return found


def _probed(path: str) -> tuple[str, float]:
    command = ["ffprobe", "-v", "error", "-of", "json", "-show_streams", "-show_format", path]
    said = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    parts = [*said["streams"], said["format"]]
    tags = [tag for part in parts for name, tag in part.get("tags", {}).items() if name.lower() == "timecode"]
    video = next(stream for stream in said["streams"] if stream["codec_type"] == "video")
    return (tags or [""])[0], float(Fraction(video["r_frame_rate"]))


def _path(url: str) -> str:
    return unquote(urlparse(url).path)


def _s(element: ET.Element, name: str) -> Fraction:
    return Fraction(element.get(name, "0s").removesuffix("s"))
