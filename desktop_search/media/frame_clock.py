"""When the frames of a video begin: one way of counting, for indexing and for showing."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

_USUAL_RATE = Fraction(25)


class FrameClock:
    """Reads the timestamps of decoded frames, in the stream's own units.

    AVI stores no presentation times; what FFmpeg guesses is out of order, but the decoding times count up.

    Attributes:
        start: the timestamp that counts as 0. For AVI it is known once the first frame was read: its own start time
            does not know how late the decoder begins to show.
        guesses: whether the times of packets say nothing about when their frames are shown.
    """

    def __init__(self, container: InputContainer, stream: VideoStream) -> None:
        self.time_base = stream.time_base or Fraction(1, 1000)
        self.start = stream.start_time or 0
        self._is_avi = is_avi(container)
        self.guesses = self._is_avi and not stream.codec_context.codec.intra_only
        rate = stream.guessed_rate or stream.average_rate or _USUAL_RATE
        self._frame = max(1, round(1 / (rate * self.time_base)))
        self._last: int | None = None
        self._begun = False

    def read(self, frame: VideoFrame) -> int | None:
        """The timestamp of a frame; one that has none counts on from the one before. `None` without such a one."""
        time = frame.dts if self._is_avi else frame.pts
        if self._is_avi and not self._begun and time is not None:
            self.start, self._begun = time, True
        if time is None and self._last is not None:
            time = self._last + self._frame
        self._last = time
        return time

    def decoded(self, stream: VideoStream, packet: Packet[VideoStream]) -> Iterator[tuple[int, VideoFrame]]:
        """The frames of a packet with their timestamps; a damaged spot costs the frames in it, not the rest."""
        try:
            frames = stream.decode(packet)
        except FFmpegError:
            return
        for frame in frames:
            timestamp = self.read(frame)
            if timestamp is not None:
                yield timestamp, frame

    def ms(self, timestamp: int) -> int:
        """A timestamp in milliseconds after the start, never below 0."""
        return max(0, round((timestamp - self.start) * self.time_base * 1000))

    def timestamp(self, at_ms: int) -> int:
        """The timestamp of a time after the start."""
        return self.start + round(at_ms / 1000 / self.time_base)


def is_avi(container: InputContainer) -> bool:
    """Whether times must be counted."""
    return container.format.name == "avi"
