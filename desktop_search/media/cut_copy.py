"""A range of a clip copied as it is, without loss: from the key frame at or before the first frame that was chosen."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import av
from av.container import InputContainer, OutputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

from desktop_search.core.cutting import CutClip, CutJob
from desktop_search.core.errors import FileProblem
from desktop_search.core.language import _
from desktop_search.media.child_work import OnPermille
from desktop_search.media.cut_span import GRACE_S, STEPS_BACK_S, Span, go_before, span_of
from desktop_search.media.frame_clock import is_avi
from desktop_search.media.opening import open_video
from desktop_search.media.probe import probe

_SOUND_LAG_S = 5  # in the file, behind the picture
_MUXERS = {".mp4": "mp4", ".mov": "mov", ".mkv": "matroska", ".webm": "webm", ".mxf": "mxf", ".ts": "mpegts"}


def copy_range(job: CutJob, on_permille: OnPermille) -> CutClip:
    """Write `job.target`. Raises `FileProblem`, also where such a file cannot be cut so."""
    info = probe(job.source)
    span = span_of(job, info)
    with open_video(job.source) as (container, stream):
        if is_avi(container):  # its packets do not say when their frames are shown
            raise _not_so("AVI")
        timecode = bool(info.start_timecode)
        made = _Copying(job, span, container, stream, on_permille, has_timecode=timecode).run()
    try:
        probe(made.path, allow_cut=True)  # what the first frame needs may be elsewhere in the clip
    except FileProblem as error:
        raise _not_so(error.details) from error
    return made


def _not_so(details: str) -> FileProblem:
    return FileProblem(
        _("This clip cannot be cut without encoding it anew."),
        hint=_("Export it as H.264 or ProRes instead."),
        details=details,
    )


class _Copying:
    """One run through the range."""

    def __init__(
        self,
        job: CutJob,
        span: Span,
        container: InputContainer,
        stream: VideoStream,
        on_permille: OnPermille,
        *,
        has_timecode: bool,
    ) -> None:
        self._job, self._span, self._container, self._stream = job, span, container, stream
        self._on_permille, self._permille = on_permille, -1
        self._has_timecode = has_timecode
        self._start, self._time_base = stream.start_time or 0, stream.time_base or Fraction(1, 1000)
        self._sound = [track for track in container.streams.audio if track.codec_context is not None]  # type: ignore[redundant-expr]  # unknown codecs have none
        self._frames, self._key_s = 0, Fraction(0)
        self._last: Fraction | None = None  # when the last frame so far is shown

    def run(self) -> CutClip:
        self._key_s = self._find_key()
        try:
            with av.open(str(self._job.target), "w", format=_MUXERS[self._job.target.suffix]) as target:
                self._copy(target, self._streams(target))
        except (FFmpegError, ValueError) as error:
            if isinstance(error, OSError) and error.errno is not None and error.errno > 0:
                raise  # of the disk
            raise _not_so(str(error)) from error
        first, frames = self._span.frame_of(self._key_s), self._frames
        return CutClip(
            self._job.target,
            first,
            frames,
            self._span.first - first,
            first + frames - self._span.end,
            self._span.timebase.timecode(first),
        )

    def _find_key(self) -> Fraction:
        """When the last key frame at or before the range begins. Its packets are read next."""
        for back_s in (0, *STEPS_BACK_S):
            is_beginning = not go_before(self._container, self._stream, self._span.begin_s + GRACE_S, back_s)
            found = None
            for packet in self._container.demux(self._stream):
                if packet.pts is None:
                    continue
                at = self._seconds(packet)
                if packet.is_keyframe and at <= self._span.begin_s + GRACE_S:
                    found = at
                if packet.dts is not None and (packet.dts - self._start) * self._time_base > self._span.begin_s:
                    break
            if found is not None:
                go_before(self._container, self._stream, found, 1)
                return found
            if is_beginning:
                break
        raise _not_so("no key frame")

    def _streams(self, target: OutputContainer) -> dict[int, Stream]:
        """The tracks of the new file by those of the clip."""
        made: dict[int, Stream] = {}
        for track in (self._stream, *self._sound):
            made[track.index] = target.add_stream_from_template(track, opaque=True)
        video = made[self._stream.index]
        if self._has_timecode and isinstance(video, VideoStream):
            video.codec_context.framerate = self._span.timebase.rate  # without it no timecode track is made
            video.metadata["timecode"] = self._span.timebase.timecode(self._span.frame_of(self._key_s))
        return made

    def _copy(self, target: OutputContainer, streams: dict[int, Stream]) -> None:
        for packet in self._wanted():
            shift = round(((self._start * self._time_base) + self._key_s) / (packet.time_base or 1))
            packet.pts = (packet.pts or 0) - shift
            packet.dts = packet.pts if packet.dts is None else packet.dts - shift
            packet.stream = streams[packet.stream.index]
            target.mux(packet)

    def _wanted(self) -> Iterator[Packet[Stream]]:
        """The packets of the range, in the order of the file."""
        lag = self._span.end_s + _SOUND_LAG_S
        last_wanted = (self._span.end - 1) / self._span.timebase.rate - GRACE_S
        waiting, is_over = {track.index for track in self._sound}, False
        for packet in self._container.demux(self._stream, *self._sound):
            if packet.pts is None or packet.dts is None:
                continue
            at = self._seconds(packet)
            if packet.stream.index != self._stream.index:
                if at > self._span.end_s:
                    waiting.discard(packet.stream.index)
                elif at >= self._key_s - GRACE_S:
                    yield packet
            elif is_over or at < self._key_s - GRACE_S or not (self._last is not None or packet.is_keyframe):
                continue  # frames shown before the key frame lean on what is not there
            elif self._last is not None and at > self._last >= last_wanted:
                is_over = True  # a new group of frames; the one before is complete
            else:
                self._last = at if self._last is None else max(at, self._last)
                self._frames += 1
                self._tell(at)
                yield packet
            if is_over and (not waiting or at > lag):
                return

    def _seconds(self, packet: Packet[Any]) -> Fraction:
        """When what is in a packet is shown, after the clip's first frame."""
        return Fraction(packet.pts or 0) * (packet.time_base or 1) - self._start * self._time_base

    def _tell(self, at: Fraction) -> None:
        permille = max(0, min(999, int((at - self._key_s) * 1000 / (self._span.end_s - self._key_s))))
        if permille > self._permille:
            self._permille = permille
            self._on_permille(permille)
