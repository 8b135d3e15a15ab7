"""Frames of a video in order, with their exact times, and small upright copies of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import TypeAlias

import av
import cv2
import numpy as np
import numpy.typing as npt
from av.codec.context import ThreadType
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter
from av.video.stream import VideoStream

from desktop_search.core.token import CancelToken
from desktop_search.media.frame_clock import FrameClock
from desktop_search.media.probe import Shape, shape_of

SAMPLE_SIDE = 480
THUMB_WIDTH, THUMB_HEIGHT = 96, 54

VideoPacket: TypeAlias = "Packet[VideoStream]"
Span: TypeAlias = tuple[int, int]  # from after the one time up to before the other, in ms
Pixels = npt.NDArray[np.uint8]


@dataclass(slots=True)
class TimedFrame:
    """A decoded frame and when it begins, in ms after the video's first frame.

    Attributes:
        goes_on: frames before it were left out, because nothing seems to begin there or with it.
        small, thumb: copies that `Copier` made of it.
    """

    at_ms: int
    frame: VideoFrame
    goes_on: bool = False
    small: Pixels | None = None
    thumb: Pixels | None = None


class Decoder:
    """Decodes one video stream, and goes on after damaged packets.

    Attributes:
        path: the file, where it may be opened a second time.
        pixels: of a frame, as the file says.
        is_intra: every frame stands alone, and can be fetched alone.
        shape: how the first frame that was decoded is shown; None before.
        damaged: how many packets could not be decoded, and 1 more for a file that breaks off.
    """

    def __init__(
        self, container: InputContainer, stream: VideoStream, token: CancelToken, path: Path | None = None
    ) -> None:
        self.path, self.token = path, token
        self.pixels = stream.codec_context.width * stream.codec_context.height
        self.is_intra = stream.codec_context.codec.intra_only
        stream.thread_type = ThreadType.SLICE if self.is_intra else ThreadType.AUTO
        self._container, self._stream = container, stream
        self._clock = FrameClock(container, stream)
        self.damaged = 0
        self.shape: Shape | None = None

    def frames(self) -> Iterator[TimedFrame]:
        """Every frame that decodes, in the order they are shown. Raises Cancelled."""
        return in_order(frame for packet in self.packets() for frame in self.decode(packet))

    def packets(self) -> Iterator[VideoPacket]:
        """The packets of the stream; the last one is empty and empties the decoder. Raises Cancelled."""
        demuxer = self._container.demux(self._stream)
        while True:
            self.token.check()
            try:
                packet = next(demuxer)
            except (StopIteration, EOFError):
                return
            except (av.error.FFmpegError, OSError):
                self.damaged += 1
                return
            yield packet

    def decode(self, packet: VideoPacket | None) -> list[TimedFrame]:
        """The frames that come out when a packet goes in; `None` empties the decoder."""
        try:
            frames = self._stream.decode(packet)
        except (av.error.FFmpegError, OSError, EOFError):
            self.damaged += 1
            return []
        if frames and self.shape is None:
            self.shape = shape_of(frames[0], self._stream.sample_aspect_ratio)
        return [TimedFrame(self._time_of(frame), frame) for frame in frames]

    def frames_of(self, packets: Iterable[VideoPacket], *, whole: Span | None = None) -> Iterator[TimedFrame]:
        """The frames of packets from somewhere in the video, the first of which is a key frame.

        With `whole`, frames that no other frame needs in order to be decoded are left out outside of that span.
        """
        self.forget()
        try:
            for packet in chain((packet for packet in packets if packet.size > 0), (None,)):  # it is emptied once
                if whole is not None and packet is not None:
                    at_ms = whole[0] if packet.pts is None else self.time_ms(packet.pts)
                    is_inside = whole[0] < at_ms < whole[1]
                    self._stream.codec_context.skip_frame = "DEFAULT" if is_inside else "NONREF"
                yield from self.decode(packet)
        finally:
            self._stream.codec_context.skip_frame = "DEFAULT"
            self.forget()

    def forget(self) -> None:
        """Make ready for packets from elsewhere in the video."""
        self._stream.codec_context.flush_buffers()

    @property
    def can_jump(self) -> bool:
        """Whether packets say when their frames are shown, so that some can be left out."""
        return not self._clock.guesses

    def packets_from(self, at_ms: int) -> Iterator[VideoPacket]:
        """The packets from the last key frame at or before `at_ms` on. Raises Cancelled."""
        try:
            self._container.seek(self._clock.timestamp(at_ms), stream=self._stream)
        except (av.error.FFmpegError, OSError, OverflowError):
            self.damaged += 1
            return iter(())
        return self.packets()

    def time_ms(self, pts: int) -> int:
        """A time stamp of the stream in ms after its first frame."""
        return self._clock.ms(pts)

    def _time_of(self, frame: VideoFrame) -> int:
        timestamp = self._clock.read(frame)
        return self._clock.ms(self._clock.start if timestamp is None else timestamp)


def in_order(frames: Iterable[TimedFrame]) -> Iterator[TimedFrame]:
    """Without the frames that do not come after the one before them."""
    last_ms = -1
    for timed in frames:
        if timed.at_ms > last_ms:
            last_ms = timed.at_ms
            yield timed


class Copier:
    """Makes small upright RGB or grey copies of frames; one scaler for each size, since making one is dear."""

    def __init__(self, pixel_shape: Fraction | None) -> None:
        self._pixel_shape = pixel_shape if pixel_shape and Fraction(1, 8) <= pixel_shape <= 8 else Fraction(1)
        self._scalers: dict[tuple[int, int, str], VideoReformatter] = {}

    def sample(self, timed: TimedFrame) -> Pixels:
        """A copy in RGB, upright, in its true shape, at most `SAMPLE_SIDE` long."""
        if timed.small is None:
            timed.small = self.within(timed.frame, SAMPLE_SIDE)
        return timed.small

    def thumbnail(self, timed: TimedFrame) -> Pixels:
        """A copy in RGB, upright, squeezed to 96 × 54: of the sample where there is one, which costs little."""
        if timed.thumb is None:
            timed.thumb = (
                self.exactly(timed.frame, THUMB_WIDTH, THUMB_HEIGHT, "rgb24")
                if timed.small is None
                else squeezed(timed.small)
            )
        return timed.thumb

    def grey(self, timed: TimedFrame, width: int, height: int) -> Pixels:
        """A grey copy squeezed into `width` × `height`, upright: of the sample where there is one."""
        if timed.small is None:
            return self.exactly(timed.frame, width, height, "gray")
        size = (width, height)
        small: Pixels = cv2.resize(cv2.cvtColor(timed.small, cv2.COLOR_RGB2GRAY), size, interpolation=cv2.INTER_AREA)
        return small

    def exactly(self, frame: VideoFrame, width: int, height: int, pixel_format: str) -> Pixels:
        """A copy squeezed into `width` × `height`, upright. `pixel_format` is "rgb24" or "gray"."""
        turns = quarter_turns(frame)
        return self._scaled(frame, height if turns % 2 else width, width if turns % 2 else height, pixel_format, turns)

    def within(self, frame: VideoFrame, side: int) -> Pixels:
        """A copy in RGB with its longer side `side`, or smaller when the frame is; upright, in its true shape."""
        width, height = frame.width * self._pixel_shape, Fraction(frame.height)
        scale = min(Fraction(1), Fraction(side) / max(width, height))
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        return self._scaled(frame, *size, "rgb24", quarter_turns(frame))

    def _scaled(self, frame: VideoFrame, width: int, height: int, pixel_format: str, turns: int) -> Pixels:
        scaler = self._scalers.setdefault((width, height, pixel_format), VideoReformatter())
        copy = scaler.reformat(frame, width, height, pixel_format, interpolation=Interpolation.AREA)
        pixels = copy.to_ndarray().astype(np.uint8, copy=False)
        return np.ascontiguousarray(np.rot90(pixels, turns)) if turns else pixels


def squeezed(rgb: Pixels) -> Pixels:
    """The thumbnail of a picture."""
    small: Pixels = cv2.resize(rgb, (THUMB_WIDTH, THUMB_HEIGHT), interpolation=cv2.INTER_AREA)
    return small


def quarter_turns(frame: VideoFrame) -> int:
    """How many counter-clockwise quarter turns make the frame upright."""
    return round(frame.rotation / 90) % 4
