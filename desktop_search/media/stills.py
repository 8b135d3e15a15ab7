"""Several frames of a video in one pass: every one exact, or quickly, by key frames."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from av.codec.context import ThreadType
from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from desktop_search.core.errors import FileProblem
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.media.frame_clock import is_avi
from desktop_search.media.frames import HALF_MS, LAST_TIMESTAMP, STEPS_BACK_S, as_picture, timed_frames
from desktop_search.media.opening import NO_PICTURE, open_video

_NEAR_S = 2  # up to so far ahead, decoding on is quicker than a seek
_MOST_FRAMES = 300  # decoded after a key frame where no other is nearer


@dataclass(frozen=True, slots=True)
class Still:
    """One frame: when it begins, in ms after the first, and how it looks."""

    at_ms: int
    picture: Image.Image


def stills(
    path: Path,
    times_ms: Sequence[int],
    max_side_px: int,
    token: CancelToken,
    *,
    is_exact: bool,
    near_ms: Collection[int] = (),
) -> Iterator[Still]:
    """The frames on screen at these times, which ascend; one for each, the last frame for times after the end.

    Without `is_exact` each is a frame at or before the time that is quick to find: the key frame before it, unless that
    was taken for the time before already; then at most 300 frames on. Of times that are in `near_ms` it is the exact
    frame, unless that is more than 300 frames after a key frame. Raises `FileProblem`, `Cancelled`.
    """
    with open_video(path) as (container, stream):
        stream.thread_type = ThreadType.AUTO
        walk = _Walk(container, stream, token)
        for at_ms in times_ms:
            time, frame = walk.to(at_ms, is_quick=not is_exact and at_ms not in near_ms, is_bounded=not is_exact)
            yield Still(walk.ms(time), as_picture(frame, stream.sample_aspect_ratio, max_side_px))


class _Walk:
    """Goes through a video in one direction, by decoding on or by seeking, whichever is nearer."""

    def __init__(self, container: InputContainer, stream: VideoStream, token: CancelToken) -> None:
        self._container, self._stream, self._token = container, stream, token
        self._time_base = stream.time_base or Fraction(1, 1000)
        self._frames = timed_frames(container, stream)
        first = next(self._frames, None)
        if first is None:
            raise FileProblem(NO_PICTURE, hint=_("Try to open it in another player."))
        self._here, self._ahead = first, next(self._frames, None)
        # The start time of AVI does not know how late the decoder begins to show.
        self._start = first[0] if is_avi(container) else (stream.start_time or 0)

    def ms(self, time: int) -> int:
        return max(0, round((time - self._start) * self._time_base * 1000))

    def to(self, at_ms: int, *, is_quick: bool, is_bounded: bool) -> tuple[int, VideoFrame]:
        limit = self._start + (Fraction(at_ms, 1000) + HALF_MS) / self._time_base
        before = self._here[0]
        is_far = limit - before > _NEAR_S / self._time_base
        if is_far and self._seek(limit) and is_quick and self._here[0] > before:
            return self._here
        self._decode_until(limit, _MOST_FRAMES if is_bounded else None)
        return self._here

    def _seek(self, limit: Fraction) -> bool:
        """Go to a key frame at or before the limit. False: the frame of now is near, or there is no going there."""
        for back_s in STEPS_BACK_S:  # an index may point too late
            target = int(limit - back_s / self._time_base)
            if target <= self._here[0]:
                break
            if self._go(min(target, LAST_TIMESTAMP), limit, stream=self._stream):
                return True
        self._go(0, limit, stream=None)  # the very beginning, which a stream's own start need not lead to
        return False

    def _go(self, target: int, limit: Fraction, stream: VideoStream | None) -> bool:
        try:
            self._container.seek(target, stream=stream, backward=True)
        except FFmpegError:
            return False
        self._frames = timed_frames(self._container, self._stream)
        found = next(self._frames, None)
        if found is None or found[0] > limit:
            return False
        self._here, self._ahead = found, next(self._frames, None)
        return True

    def _decode_until(self, limit: Fraction, most: int | None) -> None:
        count = 0
        while self._ahead is not None and self._ahead[0] <= limit and (most is None or count < most):
            self._token.check()
            self._here, self._ahead = self._ahead, next(self._frames, None)
            count += 1
