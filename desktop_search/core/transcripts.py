"""What is said in a clip, as files that other programs read: subtitles, plain text, a table."""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from collections.abc import Callable, Sequence

from desktop_search.core.footage import TranscriptLine
from desktop_search.core.language import _
from desktop_search.core.timecode import Timebase, teller

_SHORTEST_MS = 1000  # a subtitle that the library gave no end
_FORMULA_SIGNS = "=+-@\t\r"

Write = Callable[[Sequence[TranscriptLine], str, Timebase | None], str]


def line_at(lines: Sequence[TranscriptLine], at_ms: int) -> int | None:
    """Which line is said at `at_ms`, or was said last before it; `None` before the first."""
    number = bisect_right(lines, at_ms, key=lambda line: line.start_ms)
    return number - 1 if number else None


def with_timecode(line: TranscriptLine, name: str, timebase: Timebase | None) -> str:
    """One line to paste into notes: clip, timecode, words."""
    return f"{name}\t{teller(timebase)(line.start_ms)}\t{line.text}"


def as_srt(lines: Sequence[TranscriptLine], _name: str, _timebase: Timebase | None) -> str:
    """SubRip; times from the clip's start."""
    return "\n".join(
        f"{number}\n{_clock(line.start_ms, ',')} --> {_clock(_end_ms(line), ',')}\n{line.text}\n"
        for number, line in enumerate(lines, 1)
    )


def as_vtt(lines: Sequence[TranscriptLine], _name: str, _timebase: Timebase | None) -> str:
    """WebVTT; times from the clip's start."""
    cues = (
        f"{_clock(line.start_ms, '.')} --> {_clock(_end_ms(line), '.')}\n{_vtt_text(line.text)}\n" for line in lines
    )
    return "\n".join(["WEBVTT\n", *cues])


def as_txt(lines: Sequence[TranscriptLine], name: str, timebase: Timebase | None) -> str:
    """Plain text: the clip's name, then a timecode at the clip's own start and the words on each line."""
    say = teller(timebase)
    return "\n".join([name, "", *(f"{say(line.start_ms)}  {line.text}" for line in lines), ""])


def as_csv(lines: Sequence[TranscriptLine], name: str, timebase: Timebase | None) -> str:
    """A table (RFC 4180): clip, in and out as timecode, in and out in milliseconds from the clip's start, words."""
    out, say = io.StringIO(), teller(timebase)
    table = csv.writer(out)
    table.writerow(["clip", "in", "out", "start_ms", "end_ms", "text"])
    for line in lines:
        times = [say(line.start_ms), say(_end_ms(line)), line.start_ms, _end_ms(line)]
        table.writerow([_no_formula(name), *times, _no_formula(line.text)])
    return out.getvalue()


FORMATS: dict[str, tuple[str, Write]] = {
    ".srt": (_("SubRip subtitles"), as_srt),
    ".vtt": (_("WebVTT subtitles"), as_vtt),
    ".txt": (_("Text with timecode"), as_txt),
    ".csv": (_("Table"), as_csv),
}


def _end_ms(line: TranscriptLine) -> int:
    return line.end_ms if line.end_ms > line.start_ms else line.start_ms + _SHORTEST_MS


def _clock(time_ms: int, mark: str) -> str:
    seconds, millis = divmod(time_ms, 1000)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours:02d}:{minute:02d}:{second:02d}{mark}{millis:03d}"


def _vtt_text(text: str) -> str:
    """Words that could be read as markup or as the end of a cue are written so that they are not."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("-->", "--&gt;")


def _no_formula(text: str) -> str:
    """A spreadsheet must not take words for a formula."""
    return f"'{text}" if text[:1] and text[0] in _FORMULA_SIGNS else text
