"""A file of footage as a timeline needs to know it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.stream import VideoStream

from desktop_search.core.timeline import SourceClip
from desktop_search.media.opening import open_video
from desktop_search.media.probe import MediaInfo, probe

_EVEN = Fraction(1, 1000)  # rates that differ by less are one and the same, written differently
_AUDIO_RATE_HZ = 48_000


def source_clip(path: Path) -> SourceClip:
    """Read from the file now. Raises `FileProblem`."""
    info = probe(path)
    with open_video(path) as (container, stream):
        sound = next(iter(container.streams.audio), None)
        return SourceClip(
            path,
            info.timebase,
            _frames(stream, info),
            info.width,
            info.height,
            _channels(container),
            sound.rate if isinstance(sound, AudioStream) and sound.rate else _AUDIO_RATE_HZ,
            _reel(container, stream),
            _is_variable(stream),
        )


def _frames(stream: VideoStream, info: MediaInfo) -> int:
    """As many as the container counted, or as fit into its length."""
    return stream.frames or max(1, round(Fraction(info.duration_ms) * info.timebase.rate / 1000))


def _channels(container: InputContainer) -> int:
    return sum(track.channels for track in container.streams.audio)


def _is_variable(stream: VideoStream) -> bool:
    average, usual = stream.average_rate, stream.guessed_rate
    return bool(average and usual and abs(average - usual) > usual * _EVEN)


def _reel(container: InputContainer, stream: VideoStream) -> str:
    """The tape or card that the camera named: QuickTime's and MXF's ways to say it."""
    tags = {name.lower(): text for part in (container, stream) for name, text in part.metadata.items()}
    return next((tags[name] for name in ("reel_name", "com.apple.proapps.reel", "tape") if tags.get(name)), "")
