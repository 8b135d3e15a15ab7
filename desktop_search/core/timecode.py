"""Timecode as a view of a time at a clip's own rate and start. Rates are exact fractions, never floats."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from desktop_search.core.language import _

_DIGITS = 8
_FORM = re.compile(r"^(\d{1,2})[:;.](\d{2})[:;.](\d{2})([:;.])(\d{2,3})$")


def _drops(rate: Fraction) -> int:
    """How many frame numbers drop-frame counting leaves out per minute: 2 at 29.97, 4 at 59.94."""
    return round(rate) // 15


@dataclass(frozen=True, slots=True)
class Timebase:
    """How a clip counts: frames per second, drop-frame flag, and the frame number of its first frame."""

    rate: Fraction = Fraction(25)
    drop_frame: bool = False
    start_frame: int = 0

    def frame_at(self, time_ms: int) -> int:
        """The frame (0 = the clip's first) on screen at `time_ms`: the last one that began at or before it.

        Half a millisecond of grace, because whole milliseconds cannot name every frame's start.
        """
        return int((Fraction(time_ms) + Fraction(1, 2)) * self.rate / 1000)

    def time_ms(self, frame: int) -> int:
        """When `frame` (0 = the clip's first) begins, rounded to the nearest millisecond."""
        return round(Fraction(frame * 1000) / self.rate)

    def middle_ms(self, frame: int) -> int:
        """A time in the middle of `frame`: it names that frame too where frames come a little early or late."""
        return int(Fraction(2 * frame + 1, 2) * 1000 / self.rate)

    def format(self, time_ms: int) -> str:
        """`HH:MM:SS:FF`, or `HH:MM:SS;FF` for drop-frame, counted from the clip's own start."""
        return self.timecode(self.frame_at(time_ms))

    def timecode(self, frame: int) -> str:
        """The same for a frame (0 = the clip's first)."""
        number = frame + self.start_frame
        nominal = round(self.rate)
        if self.drop_frame:
            drops = _drops(self.rate)
            per_minute = nominal * 60 - drops
            per_ten = per_minute * 10 + drops
            tens, rest = divmod(number, per_ten)
            number += drops * 9 * tens + (drops * ((rest - drops) // per_minute) if rest > drops else 0)
        seconds, frames = divmod(number, nominal)
        minutes, second = divmod(seconds, 60)
        hours, minute = divmod(minutes, 60)
        mark = ";" if self.drop_frame else ":"
        return f"{hours % 24:02d}:{minute:02d}:{second:02d}{mark}{frames:02d}"

    def length(self, start_ms: int, end_ms: int) -> str:
        """How long a range is, as timecode: its frames from that at `start_ms` to the one before that at `end_ms`."""
        counting_from_zero = Timebase(self.rate, self.drop_frame)
        return counting_from_zero.timecode(max(0, self.frame_at(end_ms) - self.frame_at(start_ms)))

    def typed(self, text: str, here_ms: int) -> int:
        """The time in milliseconds that somebody typed while the picture stood at `here_ms`.

        A whole timecode; its last digits without colons ("1305" is 13 seconds and 5 frames of this minute and hour);
        or "+12" and "-12" for so many frames from here. `ValueError` says what is wrong.
        """
        words = text.strip()
        if words[:1] in {"+", "-"}:
            if not words[1:].isdecimal():
                raise ValueError(_("After + or - comes a number of frames."))
            return self.time_ms(max(0, self.frame_at(here_ms) + int(words)))
        if words.isdecimal() and len(words) <= _DIGITS:
            here = re.sub(r"[:;]", "", self.format(here_ms))
            whole = here[: _DIGITS - len(words) - len(words) % 2] + words.zfill(len(words) + len(words) % 2)
            mark = ";" if self.drop_frame else ":"
            words = f"{whole[:2]}:{whole[2:4]}:{whole[4:6]}{mark}{whole[6:]}"
        return self.parse(words)

    def parse(self, text: str) -> int:
        """The time in milliseconds from the clip's start that a timecode names. `ValueError` when it names none."""
        frame = self.number_of(text) - self.start_frame
        if frame < 0:
            raise ValueError(_("That is before the clip's first frame."))
        return self.time_ms(frame)

    def number_of(self, text: str) -> int:
        """How many frames after 00:00:00:00 a timecode is. `ValueError` when there is no such one."""
        match = _FORM.match(text.strip())
        if match is None:
            raise ValueError(_("A timecode looks like 01:02:03:04."))
        hours, minutes, seconds, frames = (int(match[i]) for i in (1, 2, 3, 5))
        nominal = round(self.rate)
        if minutes > 59 or seconds > 59 or frames >= nominal:
            raise ValueError(_("There is no such timecode at this frame rate."))
        total_minutes = hours * 60 + minutes
        number = (total_minutes * 60 + seconds) * nominal + frames
        if self.drop_frame:
            if minutes % 10 and seconds == 0 and frames < _drops(self.rate):
                raise ValueError(_("Drop-frame counting leaves this timecode out."))
            number -= _drops(self.rate) * (total_minutes - total_minutes // 10)
        return number


def clock(time_ms: int) -> str:
    """A time without frames, for clips whose rate is not known: 0:04.5, 1:02:03.0."""
    seconds, tenth = divmod(round(time_ms / 100), 10)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    start = f"{hours}:{minute:02d}" if hours else f"{minute}"
    return f"{start}:{second:02d}.{tenth}"


def teller(timebase: Timebase | None) -> Callable[[int], str]:
    """How times of a clip, in ms from its start, are told: as timecode where it is known how the clip counts."""
    return clock if timebase is None else timebase.format
