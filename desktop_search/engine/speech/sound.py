"""The sound of a video as 16 kHz mono samples, in small pieces with their times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer

from desktop_search.core.token import CancelToken
from desktop_search.media.opening import open_video

RATE_HZ = 16_000

Samples = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Piece:
    """Samples, and when the first of them is heard, in ms after the video's first frame (may be negative)."""

    at_ms: int
    samples: Samples


def sound_of(path: Path, token: CancelToken) -> Iterator[Piece]:
    """The main sound track in order; nothing where there is none. Raises FileProblem and Cancelled."""
    with open_video(path) as (container, video):
        best = container.streams.best("audio")
        if isinstance(best, AudioStream) and best.codec_context is not None:
            start = (video.start_time or 0) * (video.time_base or Fraction(1))
            yield from _pieces(container, best, start, token)


def _pieces(container: InputContainer, stream: AudioStream, start: Fraction, token: CancelToken) -> Iterator[Piece]:
    resampler = AudioResampler(format="s16", layout="mono", rate=RATE_HZ)
    at_ms = 0
    for frame in _frames(container, stream, token):
        if frame.time is not None and frame.pts is not None and frame.time_base is not None:
            at_ms = round((frame.pts * frame.time_base - start) * 1000)
        frame.pts = None  # the resampler would fill holes with as many samples as a broken time stamp asks for
        samples = [piece.to_ndarray().ravel().astype(np.int16, copy=False) for piece in resampler.resample(frame)]
        if samples:
            yield Piece(at_ms, np.concatenate(samples))


def _frames(container: InputContainer, stream: AudioStream, token: CancelToken) -> Iterator[AudioFrame]:
    """Every frame that decodes; damaged packets are passed over."""
    demuxer = container.demux(stream)
    while True:
        token.check()
        try:
            packet = next(demuxer)
        except (StopIteration, EOFError, av.error.FFmpegError):
            return
        try:
            yield from packet.decode()
        except (av.error.FFmpegError, ValueError):
            continue
