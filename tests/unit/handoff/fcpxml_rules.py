"""What FCPXML 1.10 demands, as far as we write it: its elements, their order and attributes, and what times must be.

After the document type definition and the reference that Apple publishes; the definition itself is Apple's, not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from xml.etree import ElementTree as ET

# For each element: what may be in it, in which order (a pattern over the names of its children), the attributes that it
# must have, and those that it may have.
_ELEMENTS = {
    "fcpxml": ("resources library", "version", ""),
    "resources": ("((asset|format) ?)*", "", ""),
    "format": ("", "id", "name frameDuration fieldOrder width height paspH paspV colorSpace"),
    "asset": (
        "(media-rep ?)+(metadata)?",
        "id",
        "name uid start duration hasVideo format hasAudio videoSources audioSources audioChannels audioRate",
    ),
    "media-rep": ("", "src", "kind sig suggestedFilename"),
    "metadata": ("(md ?)*", "", ""),
    "md": ("", "key", "value editable type displayName description source"),
    "library": ("(event ?)*", "", "location colorProcessing"),
    "event": ("((asset-clip|keyword-collection|project) ?)*", "", "name uid"),
    "project": ("sequence", "", "name uid id modDate"),
    "sequence": ("(note )?spine", "format", "duration tcStart tcFormat audioLayout audioRate renderFormat keywords"),
    "spine": ("((asset-clip|gap) ?)*", "", "name format lane offset"),
    "asset-clip": (
        "(note ?)?(conform-rate ?)?((marker|rating|keyword) ?)*",
        "ref",
        (
            "lane offset name start duration enabled srcEnable audioStart audioDuration format tcStart tcFormat "
            "modDate audioRole videoRole"
        ),
    ),
    "note": ("", "", ""),
    "conform-rate": ("", "", "scaleEnabled srcFrameRate frameSampling"),
    "marker": ("", "start value", "duration completed note"),
    "keyword": ("", "value", "start duration note"),
    "rating": ("", "value", "name start duration note"),
    "keyword-collection": ("", "name", ""),
}
_CHOICES = {
    ("conform-rate", "scaleEnabled"): {"0", "1"},
    ("conform-rate", "srcFrameRate"): {"23.98", "24", "25", "29.97", "30", "60", "47.95", "48", "50", "59.94"},
    ("sequence", "tcFormat"): {"DF", "NDF"},
    ("asset-clip", "tcFormat"): {"DF", "NDF"},
    ("sequence", "audioLayout"): {"mono", "stereo", "surround"},
    ("sequence", "audioRate"): {"32k", "44.1k", "48k", "88.2k", "96k", "176.4k", "192k"},
    ("rating", "value"): {"favorite", "reject"},
    ("media-rep", "kind"): {"original-media", "proxy-media"},
    ("fcpxml", "version"): {"1.10"},
}
_TIMES = {"start", "duration", "offset", "tcStart", "frameDuration"}
_TIME = re.compile(r"^(0|[1-9]\d*)(/[1-9]\d*)?s$")
_MOST = 2**63, 2**31  # numerator and denominator of a time


def broken_rules(text: str) -> list[str]:
    """What is wrong with a document, in words; empty for nothing."""
    root = ET.fromstring(text)
    return [*_structure(root), *_references(root)] or list(_clips(root))


def _structure(root: ET.Element) -> Iterator[str]:
    for element in root.iter():
        if element.tag not in _ELEMENTS:
            yield f"<{element.tag}> is unknown"
            continue
        order, must, may = _ELEMENTS[element.tag]
        if not re.fullmatch(order, " ".join(child.tag for child in element)):
            yield f"in <{element.tag}>: {[child.tag for child in element]}"
        yield from (f"<{element.tag}> lacks {name}" for name in set(must.split()) - set(element.keys()))
        yield from (f"<{element.tag}> has {name}" for name in set(element.keys()) - {*must.split(), *may.split()})
        for name, value in element.items():
            choices = _CHOICES.get((element.tag, name))
            if choices is not None and value not in choices:
                yield f"<{element.tag} {name}={value}>"
            if name in _TIMES:
                whole = Fraction(value.removesuffix("s")) if _TIME.match(value) else None
                if whole is None or whole.numerator >= _MOST[0] or whole.denominator >= _MOST[1]:
                    yield f"<{element.tag} {name}={value}> is no time"


def _references(root: ET.Element) -> Iterator[str]:
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    if len(ids) != len(set(ids)):
        yield "an id is there twice"
    formats = {each.get("id") for each in root.iter("format")}
    assets = {each.get("id") for each in root.iter("asset")}
    for element in root.iter():
        if element.get("format", next(iter(formats))) not in formats:
            yield f"<{element.tag}> names no format"
        if element.tag == "asset-clip" and element.get("ref") not in assets:
            yield "a clip names no asset"
    for media in root.iter("media-rep"):
        address = media.get("src", "")
        if not re.fullmatch(r"file:///[!-~]+", address) or re.search(r'[ "<>\\^`{|}]', address):
            yield f"{address} is no address of a file"


def _clips(root: ET.Element) -> Iterator[str]:
    frames = {each.get("id"): _seconds(each, "frameDuration") for each in root.iter("format")}
    assets = {each.get("id"): each for each in root.iter("asset")}
    for clip in root.iter("asset-clip"):
        asset = assets[clip.get("ref")]
        frame = frames[asset.get("format")]
        begins, lasts = _seconds(clip, "start"), _seconds(clip, "duration")
        if (begins / frame).denominator != 1:
            yield f"{clip.get('name')} begins between frames"
        starts = _seconds(asset, "start")
        if not starts <= begins < starts + _seconds(asset, "duration"):
            yield f"{clip.get('name')} begins outside of its asset"
        for mark in clip.iter():
            if mark.tag in {"marker", "keyword", "rating"}:
                at = _seconds(mark, "start")
                if (at / frame).denominator != 1 or not begins <= at < begins + lasts:
                    yield f"a {mark.tag} of {clip.get('name')} is not on a frame of it"
        if clip.get("tcFormat") == "DF" and frame not in {Fraction(1001, 30000), Fraction(1001, 60000)}:
            yield f"{clip.get('name')} drops frames at {1 / frame}"
    for sequence in root.iter("sequence"):
        yield from _in_order(sequence, frames[sequence.get("format")])


def _in_order(sequence: ET.Element, frame: Fraction) -> Iterator[str]:
    at = _seconds(sequence, "tcStart")
    for clip in sequence.iterfind("spine/asset-clip"):
        offset, lasts = _seconds(clip, "offset"), _seconds(clip, "duration")
        if offset != at or (offset / frame).denominator != 1 or (lasts / frame).denominator != 1:
            yield f"{clip.get('name')} is not on the next frame of the sequence"
        at = offset + lasts
    if at - _seconds(sequence, "tcStart") != _seconds(sequence, "duration"):
        yield "the sequence is not as long as its clips"


def _seconds(element: ET.Element, name: str) -> Fraction:
    return Fraction(element.get(name, "0s").removesuffix("s"))
