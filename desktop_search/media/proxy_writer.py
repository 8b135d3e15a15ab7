"""One H.264 file with stereo AAC that begins at 0, at the exact rate and with the timecode it is told."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from desktop_search.core.proxy_look import AUDIO_BITS_S, Look
from desktop_search.media.proxy_sound import SAMPLE_RATE_HZ, Samples

_LEAST_TICKS_PER_S, _MOST_TICKS_PER_S = 12_800, 1_000_000
_KEY_FRAME_EVERY_S = 2
_QUALITY = "23"


class PartWriter:
    """Writes one file. Leaving the block finishes it; after an error the file is of no use."""

    def __init__(self, path: Path, look: Look, timecode: str, *, has_sound: bool) -> None:
        """`timecode` of the first frame, "" for none."""
        self._container = av.open(str(path), "w", format="mp4")
        self._look = look
        self._times = FrameTimes(look.rate)
        self._video = self._video_stream(timecode)
        self._audio = self._audio_stream() if has_sound else None
        self._samples = 0
        self.written_bytes = 0

    def picture(self, frame: VideoFrame, at: Fraction, tolerance: Fraction) -> None:
        """Add the next frame, which begins `at` seconds; `tolerance` as in `FrameTimes.stamp`."""
        self._times.stamp(frame, at, tolerance)
        self._mux(self._video.encode(frame))

    def sound(self, samples: Samples) -> None:
        """Add the next samples; nothing where the proxy has no sound."""
        if self._audio is None or not samples.shape[1]:
            return
        frame = AudioFrame.from_ndarray(samples.copy(order="C"), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE_HZ, self._samples, Fraction(1, SAMPLE_RATE_HZ)
        self._samples += samples.shape[1]
        self._mux(self._audio.encode(frame))

    def finish(self) -> None:
        """Write what is still held back, and the index."""
        self._mux(self._video.encode(None))
        if self._audio is not None:
            self._mux(self._audio.encode(None))
        self._container.close()

    def abandon(self) -> None:
        """Close the file as it is."""
        self._container.close()

    def _mux(self, packets: list[Packet[VideoStream]] | list[Packet[AudioStream]]) -> None:
        for packet in packets:
            self.written_bytes += packet.size
            self._container.mux(packet)

    def _video_stream(self, timecode: str) -> VideoStream:
        stream = self._container.add_stream("libx264", rate=self._look.rate)
        stream.width, stream.height, stream.pix_fmt = self._look.width, self._look.height, "yuv420p"
        stream.codec_context.time_base = stream.time_base = self._times.tick
        stream.gop_size = max(1, round(self._look.rate * _KEY_FRAME_EVERY_S))
        kbits = str(self._look.bits_per_s // 1000)
        # Without B-frames the file begins at 0 for every reader, also for those that know no edit lists.
        stream.options = {
            "preset": "veryfast",
            "crf": _QUALITY,
            "bf": "0",
            "maxrate": f"{kbits}k",
            "bufsize": f"{kbits}k",
        }
        if timecode:
            stream.metadata["timecode"] = timecode
        return stream

    def _audio_stream(self) -> AudioStream:
        stream = self._container.add_stream("aac", rate=SAMPLE_RATE_HZ, layout="stereo")
        stream.bit_rate = AUDIO_BITS_S
        return stream


class FrameTimes:
    """Times of frames in ticks: exact at the rate, and fine enough for any other time."""

    def __init__(self, rate: Fraction) -> None:
        self._rate, per_frame = rate, rate.numerator
        self._ticks_per_s = min(_MOST_TICKS_PER_S, per_frame * max(1, -(-_LEAST_TICKS_PER_S // per_frame)))
        self._last = -1

    @property
    def tick(self) -> Fraction:
        """In seconds."""
        return Fraction(1, self._ticks_per_s)

    def stamp(self, frame: VideoFrame, at: Fraction, tolerance: Fraction) -> None:
        """Let a frame begin `at` seconds, and after the one before.

        Times that are off the rate's grid by no more than `tolerance` are put on it: containers round them.
        """
        on_grid = round(at * self._rate) / self._rate
        is_regular = abs(on_grid - at) <= tolerance
        self._last = max(self._last + 1, round((on_grid if is_regular else at) * self._ticks_per_s))
        frame.pts, frame.time_base = self._last, self.tick
        frame.pict_type = 0  # the encoder chooses anew where key frames are
