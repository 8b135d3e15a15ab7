"""Which frames of a clip a cut holds, and when they are in the file."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from av.container import InputContainer
from av.error import FFmpegError
from av.video.stream import VideoStream

from desktop_search.core.cutting import CutJob
from desktop_search.core.errors import FileProblem
from desktop_search.core.language import _
from desktop_search.core.timecode import Timebase
from desktop_search.media.frame_clock import is_avi
from desktop_search.media.frames import LAST_TIMESTAMP
from desktop_search.media.probe import MediaInfo

GRACE_S = Fraction(1, 1000)  # containers that count in milliseconds miss a frame's start by half of one
STEPS_BACK_S = (
    1,
    3,
    12,
    60,
)  # sound lies in the file up to a second away from its picture; an index may point too late

NO_FRAME = _("The range holds no frame of the clip.")


@dataclass(frozen=True, slots=True)
class Span:
    """The frames `first` up to `end`, and when they begin, in seconds after the clip's first frame."""

    timebase: Timebase
    first: int
    end: int

    @property
    def half_s(self) -> Fraction:
        """Half of a frame: frames that come that early or late still count as this one."""
        return 1 / self.timebase.rate / 2

    @property
    def begin_s(self) -> Fraction:
        """When the first one begins."""
        return self.first / self.timebase.rate

    @property
    def end_s(self) -> Fraction:
        """When the last one ends."""
        return self.end / self.timebase.rate

    def frame_of(self, at: Fraction) -> int:
        """The frame that begins nearest to `at` seconds."""
        return round(at * self.timebase.rate)


def span_of(job: CutJob, info: MediaInfo) -> Span:
    """Raises `FileProblem` for a range that holds no frame, or lies outside of the clip."""
    base = info.timebase
    last = max(1, round(Fraction(info.duration_ms) * base.rate / 1000))
    first, end = base.frame_at(job.start_ms), min(base.frame_at(job.end_ms), last)
    if job.start_ms < 0 or end <= first:
        raise FileProblem(NO_FRAME)
    return Span(base, first, end)


def go_before(container: InputContainer, stream: VideoStream, at: Fraction, back_s: int) -> bool:
    """Go to a key frame about `back_s` or more seconds before `at` seconds; False: to the very beginning."""
    start, time_base = stream.start_time or 0, stream.time_base or Fraction(1, 1000)
    target = start + int((at - back_s) / time_base)
    if target > start and not is_avi(container):
        try:
            container.seek(min(target, LAST_TIMESTAMP), stream=stream, backward=True)
        except FFmpegError:
            pass
        else:
            return True
    container.seek(0)
    return False
