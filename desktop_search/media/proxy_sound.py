"""All the sound of a file as one stereo track that runs beside the picture from its first frame on."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.error import FFmpegError
from av.packet import Packet
from numpy.typing import NDArray

SAMPLE_RATE_HZ = 48_000
_LAG_MAX = 10 * SAMPLE_RATE_HZ  # a track that is silent for longer holds up nobody
_FARTHEST = 120 * SAMPLE_RATE_HZ  # ahead of what was taken; a timestamp beyond it is damage

Samples = NDArray[np.float32]


class Mixer:
    """Adds up the tracks at their times. Gaps are silence; what is before the picture's start is left out."""

    def __init__(self, streams: Iterable[AudioStream], start: Fraction, channels: int = 2) -> None:
        """`start`, in seconds, is the time in the file that becomes 0."""
        self._start, self._channels = start, channels
        self._resamplers = {stream.index: _resampler() for stream in streams}
        self._ends = dict.fromkeys(self._resamplers, 0)
        self._begun: set[int] = set()
        self._mixed: Samples = np.zeros((channels, 0), np.float32)
        self._taken = 0

    def add(self, packet: Packet[AudioStream]) -> None:
        """Take the sound of a packet of one of the tracks; a damaged one is silence."""
        try:
            frames = packet.decode()
            for frame in frames:
                self._add_frame(packet.stream.index, frame)
        except FFmpegError:
            return

    @property
    def taken(self) -> int:
        """How many samples were taken."""
        return self._taken

    @property
    def heard(self) -> int:
        """Up to which sample every track was heard."""
        return min(self._ends.values())

    def take(self, until: int, *, rest: bool = False) -> Samples:
        """The samples that follow those taken before, at most up to number `until`, with a row for each channel.

        Only what no track will change any more, unless `rest` says that all is heard: then whatever lacks is silence.
        """
        if not rest:
            ends = self._ends.values()
            until = min(until, max(min(ends), max(ends) - _LAG_MAX))
        count = max(0, until - self._taken)
        self._grow(until)
        taken, self._mixed = self._mixed[:, :count], self._mixed[:, count:]
        self._taken += count
        return np.clip(taken, -1.0, 1.0)

    def _add_frame(self, index: int, frame: AudioFrame) -> None:
        at, begins = self._ends[index], index not in self._begun
        if frame.pts is not None and frame.time_base:
            told = round((frame.pts * frame.time_base - self._start) * SAMPLE_RATE_HZ)
            if begins or abs(told - at) > SAMPLE_RATE_HZ // 50:  # small steps are rounding, not gaps
                at = told
        self._begun.add(index)
        frame.pts = None
        for part in self._resampled(index, frame):
            sound = _spread(part, self._channels)
            self._put(at, sound)
            at += sound.shape[1]
        if at < self._taken + _FARTHEST:
            self._ends[index] = at if begins else max(at, self._ends[index])

    def _resampled(self, index: int, frame: AudioFrame) -> list[AudioFrame]:
        try:
            return self._resamplers[index].resample(frame)
        except ValueError:  # another number of channels from here on, as between programmes of a broadcast
            self._resamplers[index] = _resampler()
            return self._resamplers[index].resample(frame)

    def _put(self, at: int, sound: Samples) -> None:
        late = max(0, self._taken - at)
        sound, begin = sound[:, late:], max(0, at - self._taken)
        if sound.shape[1] and begin < _FARTHEST:
            self._grow(self._taken + begin + sound.shape[1])
            self._mixed[:, begin : begin + sound.shape[1]] += sound

    def _grow(self, until: int) -> None:
        lacking = until - self._taken - self._mixed.shape[1]
        if lacking > 0:
            self._mixed = np.concatenate([self._mixed, np.zeros((self._channels, lacking), np.float32)], axis=1)


def _resampler() -> AudioResampler:
    return AudioResampler(format="flt", rate=SAMPLE_RATE_HZ)


def _spread(frame: AudioFrame, wanted: int) -> Samples:
    """As many channels as wanted as they are; any other number together on all, as loud as if they were independent."""
    sound = frame.to_ndarray().astype(np.float32, copy=False).reshape(frame.samples, -1).T  # interleaved
    channels = sound.shape[0]
    if channels == wanted:
        return sound
    together: Samples = (sound.sum(axis=0, keepdims=True) / np.sqrt(channels)).astype(np.float32)
    return np.repeat(together, wanted, axis=0)
