"""Clip files as they are written: H.264 with AAC, or ProRes with uncompressed sound; every track of its own."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from desktop_search.core.cutting import Cut
from desktop_search.core.proxy_look import Look
from desktop_search.media.proxy_sound import SAMPLE_RATE_HZ, Samples
from desktop_search.media.proxy_writer import FrameTimes

_AAC_BITS_S = 256_000


@dataclass(frozen=True, slots=True)
class ClipFormat:
    """How a clip file is encoded. `channels`: the numbers of channels that a track of sound can have."""

    container: str
    video_codec: str
    pixel_format: str
    options: Mapping[str, str]
    audio_codec: str
    channels: Container[int]


FORMATS = {
    # Without B-frames the file begins at 0 for every reader, also for those that know no edit lists.
    Cut.H264: ClipFormat("mp4", "libx264", "yuv420p", {"preset": "fast", "crf": "16", "bf": "0"}, "aac", {1, 2}),
    Cut.PRORES: ClipFormat(
        "mov", "prores_ks", "yuv422p10le", {"profile": "3", "vendor": "apl0"}, "pcm_s24le", range(1, 9)
    ),
}
_LAYOUTS = {1: "mono", 2: "stereo", 3: "2.1", 4: "quad", 5: "5.0", 6: "5.1", 7: "6.1", 8: "7.1"}


class ClipWriter:
    """Writes one file; `finish` or `abandon` ends it."""

    def __init__(
        self, path: Path, kind: ClipFormat, look: Look, timecode: str, channels: Sequence[int], like: VideoStream
    ) -> None:
        """`timecode` of the first frame, "" for none; a track of sound for each of `channels`; colours `like` these."""
        self._container = av.open(str(path), "w", format=kind.container)
        self._kind, self._times = kind, FrameTimes(look.rate)
        self._video = self._video_stream(look, timecode, like)
        self._tracks = [self._audio_stream(count) for count in channels]
        self._samples = [0] * len(channels)

    def picture(self, frame: VideoFrame, at: Fraction, tolerance: Fraction) -> None:
        """Add the next frame, which begins `at` seconds; `tolerance` as in `FrameTimes.stamp`."""
        self._times.stamp(frame, at, tolerance)
        self._mux(self._video.encode(frame))

    def sound(self, track: int, samples: Samples) -> None:
        """Add the next samples of a track."""
        if not samples.shape[1]:
            return
        stream, at = self._tracks[track], self._samples[track]
        layout = _LAYOUTS[samples.shape[0]]
        frame = AudioFrame.from_ndarray(samples.copy(order="C"), format="fltp", layout=layout)
        frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE_HZ, at, Fraction(1, SAMPLE_RATE_HZ)
        self._samples[track] = at + samples.shape[1]
        self._mux(stream.encode(frame))

    def finish(self) -> None:
        """Write what is still held back, and the index."""
        self._mux(self._video.encode(None))
        for track in self._tracks:
            self._mux(track.encode(None))
        self._container.close()

    def abandon(self) -> None:
        """Close the file as it is."""
        self._container.close()

    def _mux(self, packets: list[Packet[VideoStream]] | list[Packet[AudioStream]]) -> None:
        for packet in packets:
            self._container.mux(packet)

    def _video_stream(self, look: Look, timecode: str, like: VideoStream) -> VideoStream:
        stream = self._container.add_stream(self._kind.video_codec, rate=look.rate)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = look.width, look.height, self._kind.pixel_format
        stream.codec_context.time_base = stream.time_base = self._times.tick
        stream.gop_size = max(1, round(look.rate))
        stream.options = dict(self._kind.options)
        for name in ("color_primaries", "color_trc", "colorspace"):
            setattr(stream.codec_context, name, getattr(like.codec_context, name))
        if timecode:
            stream.metadata["timecode"] = timecode
        return stream

    def _audio_stream(self, channels: int) -> AudioStream:
        stream = self._container.add_stream(self._kind.audio_codec, rate=SAMPLE_RATE_HZ, layout=_LAYOUTS[channels])
        assert isinstance(stream, AudioStream)
        if self._kind.audio_codec == "aac":
            stream.bit_rate = _AAC_BITS_S
        return stream
