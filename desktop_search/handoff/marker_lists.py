"""Lists of markers: the timeline's events as marks on it, in the forms that editing programs import."""

from __future__ import annotations

import csv
import io

from desktop_search.core.timecode import Timebase
from desktop_search.core.timeline import Placed, Timeline
from desktop_search.handoff.words import clip_name, plain

_AVID_COLOURS = {"red", "green", "blue", "cyan", "magenta", "yellow", "black", "white"}
_RESOLVE_COLOURS = {"blue", "cyan", "green", "yellow", "red", "pink", "purple", "fuchsia", "rose", "lavender", "sky"}


def resolve_marker_edl(timeline: Timeline) -> str:
    """DaVinci Resolve's "timeline markers from EDL": an event a frame long for each, the words in a comment."""
    base = timeline.timebase
    lines = [f"TITLE: {plain(timeline.name)}", f"FCM: {'' if base.drop_frame else 'NON-'}DROP FRAME", ""]
    for number, place in enumerate(timeline.placed(), 1):
        begins, ends = base.timecode(place.start), base.timecode(place.start + 1)
        colour = place.event.colour if place.event.colour in _RESOLVE_COLOURS else "blue"
        words = _words(place).replace("|", "/")
        lines += [
            f"{number:03d}  001      V     C        {begins} {ends} {begins} {ends}",
            f" |C:ResolveColor{colour.capitalize()} |M:{words} |D:{place.frames}",
            "",
        ]
    return "\n".join(lines)


def premiere_marker_csv(timeline: Timeline) -> str:
    """The columns of Premiere Pro's own export of markers, separated by tabs."""
    base = timeline.timebase
    rows = [["Marker Name", "Description", "In", "Out", "Duration", "Marker Type"]]
    length = Timebase(base.rate, base.drop_frame)
    for place in timeline.placed():
        begins, ends = base.timecode(place.start), base.timecode(place.start + place.frames)
        rows.append(
            [
                clip_name(place.event.clip.path),
                plain(place.event.note),
                begins,
                ends,
                length.timecode(place.frames),
                "Comment",
            ]
        )
    return _separated(rows, "\t")


def avid_locators(timeline: Timeline) -> str:
    """Avid Media Composer's text: user, timecode, track, colour, words, length, separated by tabs."""
    base = timeline.timebase
    rows = []
    for place in timeline.placed():
        colour = place.event.colour if place.event.colour in _AVID_COLOURS else "green"
        rows.append(["Desktop Search", base.timecode(place.start), "V1", colour, _words(place), str(place.frames)])
    return _separated(rows, "\t")


def events_csv(timeline: Timeline) -> str:
    """Everything that is known of the events, for people and spreadsheets."""
    columns = "Number,Clip,Source in,Source out,Record in,Record out,Frames,Rate,Reel,Note,Rating,Colour,Tags,Path"
    rows = [columns.split(",")]
    base = timeline.timebase
    for number, place in enumerate(timeline.placed(), 1):
        event, source = place.event, place.event.clip.timebase
        rows.append(
            [
                str(number),
                clip_name(event.clip.path),
                source.timecode(event.in_frame),
                source.timecode(event.out_frame),
                base.timecode(place.start),
                base.timecode(place.start + place.frames),
                str(event.frames),
                str(source.rate),
                plain(event.clip.reel),
                plain(event.note),
                str(event.rating or ""),
                event.colour,
                ", ".join(map(plain, event.tags)),
                plain(str(event.clip.path)),
            ]
        )
    return _separated([[_harmless(cell) for cell in row] for row in rows], ",")


def _words(place: Placed) -> str:
    return plain(place.event.note) or clip_name(place.event.clip.path)


def _harmless(cell: str) -> str:
    """What a spreadsheet would take for a formula is told to be text."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell


def _separated(rows: list[list[str]], separator: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue()
