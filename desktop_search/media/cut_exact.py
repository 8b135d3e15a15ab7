"""A range of a clip encoded anew: begins and ends with exactly the frames that were chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import cast

from av.audio.stream import AudioStream
from av.codec.context import ThreadType
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from desktop_search.core.cutting import CutClip, CutJob
from desktop_search.core.errors import FileProblem
from desktop_search.core.language import _
from desktop_search.core.proxy_look import Look
from desktop_search.media.child_work import OnPermille
from desktop_search.media.clip_writer import FORMATS, ClipFormat, ClipWriter
from desktop_search.media.cut_span import GRACE_S, STEPS_BACK_S, Span, go_before, span_of
from desktop_search.media.frame_clock import FrameClock
from desktop_search.media.frames import timed_frames
from desktop_search.media.opening import open_video
from desktop_search.media.probe import MediaInfo, probe
from desktop_search.media.proxy_sound import SAMPLE_RATE_HZ, Mixer
from desktop_search.media.upright_filter import UprightFilter

_SOUND_LAG_S = 10  # behind the picture; what comes later still is silence


def encode_range(job: CutJob, on_permille: OnPermille) -> CutClip:
    """Write `job.target`. The original is only read. Raises `FileProblem`."""
    info = probe(job.source)
    span = span_of(job, info)
    with open_video(job.source) as (container, stream):
        stream.thread_type = ThreadType.AUTO
        _find_start(container, stream, span)
        return _Encoding(job, info, span, container, stream, on_permille).run()


def _find_start(container: InputContainer, stream: VideoStream, span: Span) -> None:
    """Go to where decoding has to begin so that the first frame is there, and its sound."""
    for back_s in STEPS_BACK_S:
        if not go_before(container, stream, span.begin_s, back_s):
            return
        clock = FrameClock(container, stream)
        found = next(timed_frames(container, stream), None)
        if found is not None and (found[0] - clock.start) * clock.time_base <= span.begin_s + GRACE_S:
            go_before(container, stream, span.begin_s, back_s)
            return
    container.seek(0)


class _Encoding:
    """One run through the range."""

    def __init__(
        self,
        job: CutJob,
        info: MediaInfo,
        span: Span,
        container: InputContainer,
        stream: VideoStream,
        on_permille: OnPermille,
    ) -> None:
        self._job, self._span, self._container, self._stream = job, span, container, stream
        self._on_permille, self._permille = on_permille, -1
        self._clock = FrameClock(container, stream)
        kind = FORMATS[job.cut]
        look = Look(info.width + info.width % 2, info.height + info.height % 2, info.rate)
        self._filter = UprightFilter(look, kind.pixel_format)
        self._audio = [track for track in container.streams.audio if track.codec_context is not None]  # type: ignore[redundant-expr]  # unknown codecs have none
        channels = [_channels(track, kind) for track in self._audio]
        begin = self._clock.start * self._clock.time_base + span.begin_s
        self._mixers = {
            track.index: Mixer([track], begin, count) for track, count in zip(self._audio, channels, strict=True)
        }
        timecode = span.timebase.timecode(span.first) if info.start_timecode else ""
        self._writer = ClipWriter(job.target, kind, look, timecode, channels, stream)
        self._held: tuple[Fraction, VideoFrame] | None = None  # shown until the next one begins
        self._frames, self._is_over = 0, False

    def run(self) -> CutClip:
        try:
            self._read()
            self._take(self._filter.push(None))
            if not self._frames:
                raise FileProblem(_("No picture could be read from this part of the clip."))
            length = max(self._frames, self._span.end - self._span.first) / self._span.timebase.rate
            self._hear(length, rest=True)
            self._writer.finish()
        except BaseException:
            self._writer.abandon()
            raise
        first = self._span.first
        return CutClip(self._job.target, first, self._frames, 0, 0, self._span.timebase.timecode(first))

    def _read(self) -> None:
        for packet in self._container.demux(self._stream, *self._audio):
            if packet.stream.index == self._stream.index:
                if not self._is_over:
                    self._see(cast("Packet[VideoStream]", packet))
                elif packet.pts is not None and self._is_late(packet.pts):
                    return
            else:
                self._mixers[packet.stream.index].add(cast("Packet[AudioStream]", packet))
            if self._is_over and self._is_heard():
                return
        if not self._is_over and self._held is not None:
            self._show(*self._held)

    def _see(self, packet: Packet[VideoStream]) -> None:
        for at, frame in self._decoded(packet):
            if self._held is not None and at >= self._span.begin_s + self._span.half_s:
                self._show(*self._held)
            self._held = at, frame
            if at >= self._span.end_s - self._span.half_s:
                self._is_over = True
                return

    def _decoded(self, packet: Packet[VideoStream]) -> Iterator[tuple[Fraction, VideoFrame]]:
        """The frames of a packet, in seconds after the clip's first."""
        for timestamp, frame in self._clock.decoded(self._stream, packet):
            yield (timestamp - self._clock.start) * self._clock.time_base, frame

    def _show(self, at: Fraction, frame: VideoFrame) -> None:
        since = max(Fraction(0), at - self._span.begin_s)
        ticks = Fraction(1, 1_000_000)
        frame.pts, frame.time_base = round(since / ticks), ticks
        self._take(self._filter.push(frame))
        self._hear(since, rest=False)
        permille = min(999, int(since * 1000 / (self._span.end_s - self._span.begin_s)))
        if permille > self._permille:
            self._permille = permille
            self._on_permille(permille)

    def _take(self, frames: Iterable[VideoFrame]) -> None:
        for frame in frames:
            at = Fraction(frame.pts or 0) * (frame.time_base or 1)
            self._writer.picture(frame, at, GRACE_S)
            self._frames += 1

    def _hear(self, until: Fraction, *, rest: bool) -> None:
        for number, track in enumerate(self._audio):
            self._writer.sound(number, self._mixers[track.index].take(round(until * SAMPLE_RATE_HZ), rest=rest))

    def _is_heard(self) -> bool:
        """Whether all sound of the range was read."""
        wanted = (self._span.end_s - self._span.begin_s) * SAMPLE_RATE_HZ
        return all(mixer.heard >= wanted for mixer in self._mixers.values())

    def _is_late(self, pts: int) -> bool:
        return (pts - self._clock.start) * self._clock.time_base > self._span.end_s + _SOUND_LAG_S


def _channels(track: AudioStream, kind: ClipFormat) -> int:
    """As many as the track has, or two where the form cannot hold so many."""
    return track.channels if track.channels in kind.channels else 2
