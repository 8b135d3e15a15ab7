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
        )


def _frames(stream: VideoStream, info: MediaInfo) -> int:
    """As many as the container counted, or as fit into its length."""
    return stream.frames or max(1, round(Fraction(info.duration_ms) * info.timebase.rate / 1000))


def _channels(container: InputContainer) -> int:
    return sum(track.channels for track in container.streams.audio)


def _reel(container: InputContainer, stream: VideoStream) -> str:
    """The tape or card that the camera named: QuickTime's and MXF's ways to say it."""
    tags = {name.lower(): text for part in (container, stream) for name, text in part.metadata.items()}
    return next((tags[name] for name in ("reel_name", "com.apple.proapps.reel", "tape") if tags.get(name)), "")
