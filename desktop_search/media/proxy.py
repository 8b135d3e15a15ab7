"""An H.264 proxy of any footage that can be read: every frame at its time, the same timecode, at most 1080p."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import cast

from av.audio.stream import AudioStream
from av.codec.context import ThreadType
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from desktop_search.core.errors import FileProblem
from desktop_search.core.proxy_look import Look, look_for
from desktop_search.media.frame_clock import FrameClock, is_avi
from desktop_search.media.opening import open_video
from desktop_search.media.probe import MediaInfo, probe
from desktop_search.media.proxy_job import MadePart, ProxyJob
from desktop_search.media.proxy_parts import PartsWriter, check_room, disk_full
from desktop_search.media.proxy_sound import Mixer
from desktop_search.media.upright_filter import UprightFilter

_ROUNDING = Fraction(3, 5)  # of a tick: how far the times in a container are off, where it rounds them
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

OnPermille = Callable[[int], None]


def make_proxy(job: ProxyJob, on_permille: OnPermille) -> tuple[MadePart, ...]:
    """Turn a video into one proxy, or into several that begin with a new shot where one would be too large.

    The original is only read. Raises `FileProblem` where it cannot be, `DiskFull`.
    """
    info = probe(job.source)
    check_room(job.folder, look_of(info).expected_bytes(info.duration_ms, has_sound=info.has_audio) // 2)
    try:
        with open_video(job.source) as (container, stream):
            return _Transcoding(job, info, container, stream, on_permille).run()
    except FileProblem as error:
        if getattr(error.__cause__, "errno", None) in _FULL:
            raise disk_full(job.folder, error.details) from error
        raise


def look_of(info: MediaInfo) -> Look:
    """The look of the proxy."""
    return look_for(info.width, info.height, info.rate)


class _Transcoding:
    """One run through the original."""

    def __init__(
        self,
        job: ProxyJob,
        info: MediaInfo,
        container: InputContainer,
        stream: VideoStream,
        on_permille: OnPermille,
    ) -> None:
        self._info, self._container, self._stream, self._on_permille = info, container, stream, on_permille
        self._clock = FrameClock(container, stream)
        self._filter = UprightFilter(look_of(info))
        audio = [track for track in container.streams.audio if track.codec_context is not None]  # type: ignore[redundant-expr]  # unknown codecs have none
        sound_start = Fraction(0) if is_avi(container) else self._clock.start * self._clock.time_base
        self._audio = audio
        self._parts = PartsWriter(job, info, look_of(info), Mixer(audio, sound_start) if audio else None)
        self._permille = -1

    def run(self) -> tuple[MadePart, ...]:
        self._stream.thread_type = ThreadType.AUTO
        with self._parts:
            for packet in self._container.demux(self._stream, *self._audio):
                if packet.stream.index == self._stream.index:
                    for frame in self._decoded(cast("Packet[VideoStream]", packet)):
                        self._take(self._filter.push(frame))
                else:
                    self._parts.hear(cast("Packet[AudioStream]", packet))
            self._take(self._filter.push(None))
            return self._parts.finish()

    def _decoded(self, packet: Packet[VideoStream]) -> Iterator[VideoFrame]:
        """The frames of a packet, timed from 0 on."""
        for timestamp, frame in self._clock.decoded(self._stream, packet):
            frame.pts, frame.time_base = max(0, timestamp - self._clock.start), self._clock.time_base
            yield frame

    def _take(self, frames: Iterable[VideoFrame]) -> None:
        for frame in frames:
            at = Fraction(frame.pts or 0) * (frame.time_base or 1)
            self._parts.show(frame, at, self._clock.time_base * _ROUNDING)
            permille = min(999, int(at * 1_000_000 / max(1, self._info.duration_ms)))
            if permille > self._permille:
                self._permille = permille
                self._on_permille(permille)
