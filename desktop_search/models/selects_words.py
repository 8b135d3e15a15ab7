"""What is said of selects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from desktop_search.core.language import _, ngettext, pgettext
from desktop_search.core.relinking import Relinked
from desktop_search.core.selects import Select
from desktop_search.core.timecode import Timebase, clock, teller
from desktop_search.models.result_words import one_line

_NAMES_SHOWN = 6
Timebases = Mapping[Path, Timebase]


def colour_name(colour: str) -> str:
    """What a colour of selects is called; "" for none."""
    return {
        "": "",
        "red": pgettext("colour of a select", "Red"),
        "yellow": pgettext("colour of a select", "Yellow"),
        "green": pgettext("colour of a select", "Green"),
        "cyan": pgettext("colour of a select", "Cyan"),
        "blue": pgettext("colour of a select", "Blue"),
        "purple": pgettext("colour of a select", "Purple"),
        "pink": pgettext("colour of a select", "Pink"),
    }.get(colour, colour)


def count_words(count: int, length: str) -> str:
    """How many there are, and how long they are together."""
    return " · ".join([ngettext("{count} select", "{count} selects", count), length]) if count else ""


def length_words(selects: Sequence[Select], timebases: Timebases) -> str:
    """How long all are together: in frames of what most of the footage counts in, in seconds where that is unknown."""
    lasting: Counter[Timebase] = Counter()
    unknown_ms = 0
    for select in selects:
        timebase = timebase_of(select, timebases)
        if timebase is None:
            unknown_ms += select.end_ms - select.start_ms
        else:
            lasting[Timebase(timebase.rate, timebase.drop_frame)] += frames_of(select, timebase)
    if not lasting:
        return clock(unknown_ms)
    seconds = sum((frames / base.rate for base, frames in lasting.items()), Fraction(unknown_ms, 1000))
    most = max(lasting, key=lambda base: lasting[base] / base.rate)
    return most.timecode(round(seconds * most.rate))


def tool_tip(select: Select, timebases: Timebases, *, is_away: bool) -> str:
    """Its file, how long it is, which frame is its last one, and what is thought of it."""
    timebase = timebase_of(select, timebases)
    if timebase is None:
        length = _("{length} long").format(length=clock(select.end_ms - select.start_ms))
    else:
        frames = frames_of(select, timebase)
        length = _("{length} long; its last frame is {timecode}").format(
            length=Timebase(timebase.rate, timebase.drop_frame).timecode(frames),
            timecode=timebase.timecode(last_frame(select, timebase)),
        )
    lines = (
        one_line(str(select.path or "")),
        _("The file is away, or was changed. “Relink files…” looks for it.") if is_away else "",
        length,
        colour_name(select.colour),
        ", ".join(select.tags),
        select.note,
    )
    return "\n".join(filter(None, lines))


def text_of(select: Select, timebases: Timebases) -> str:
    """Its name, in and out in one line, for other programs."""
    say = teller(timebase_of(select, timebases))
    return f"{one_line(select.name)}\t{say(select.start_ms)} – {say(select.end_ms)}"


def timebase_of(select: Select, timebases: Timebases) -> Timebase | None:
    """How its clip counts; `None` where that is not known."""
    return None if select.path is None else timebases.get(select.path)


def frames_of(select: Select, timebase: Timebase) -> int:
    """How many frames are in it."""
    return max(1, timebase.frame_at(select.end_ms) - timebase.frame_at(select.start_ms))


def last_frame(select: Select, timebase: Timebase) -> int:
    """The last frame that is in it; 0 is the clip's first."""
    return timebase.frame_at(select.start_ms) + frames_of(select, timebase) - 1


def relinked_words(relinked: Relinked) -> str:
    """What came of looking for missing files, with the first names of those that were not found."""
    found = len(relinked.found)
    lines = [ngettext("{count} file found and relinked.", "{count} files found and relinked.", found)]
    if relinked.missing:
        lines.append(
            ngettext(
                "{count} file is still missing: {names}",
                "{count} files are still missing: {names}",
                len(relinked.missing),
                names=_names(relinked.missing),
            )
        )
    if relinked.refused:
        lines.append(
            ngettext(
                "{count} file has the right name and another content; it was left alone: {names}",
                "{count} files have the right names and other contents; they were left alone: {names}",
                len(relinked.refused),
                names=_names(relinked.refused),
            )
        )
    if not relinked.is_whole:
        lines.append(_("The folder holds too many files to look at all of them; choose a file deeper in it."))
    return "\n".join(lines)


def _names(paths: Sequence[Path]) -> str:
    shown = ", ".join(one_line(path.name) for path in paths[:_NAMES_SHOWN])
    return f"{shown}, …" if len(paths) > _NAMES_SHOWN else shown
