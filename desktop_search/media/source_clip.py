"""A file of footage as a timeline needs to know it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

from av.container import InputContainer
from av.video.stream import VideoStream

from desktop_search.core.errors import FileProblem
from desktop_search.core.language import _
from desktop_search.core.timeline import SourceClip
from desktop_search.core.token import CancelToken
from desktop_search.media.opening import check_whole, open_video, os_problem, regular_file_size
from desktop_search.media.probe import MediaInfo, read_video

_AUDIO_RATE_HZ = 48_000
_AT_ONCE = 4


def source_clip(path: Path) -> SourceClip:
    """Read from the file now. Raises `FileProblem`."""
    size_bytes = regular_file_size(path)
    check_whole(path)
    with open_video(path) as (container, stream):
        if not (stream.guessed_rate or stream.average_rate):
            raise FileProblem(_("The file does not say how many frames it has in a second."))
        info = read_video(container, stream, size_bytes)
        tracks = [track for track in container.streams.audio if track.codec_context is not None]  # type: ignore[redundant-expr]  # unknown codecs have none
        return SourceClip(
            path,
            info.timebase,
            _frames(stream, info),
            info.width,
            info.height,
            tuple(track.channels for track in tracks if track.channels),
            next((track.rate for track in tracks if track.rate), _AUDIO_RATE_HZ),
            _reel(container, stream),
        )


class KnownClips:
    """Looks into each file once, and again where its size or time changed. Safe from any thread."""

    def __init__(self, look: Callable[[Path], SourceClip] = source_clip) -> None:
        """`look` looks into a file, and raises `FileProblem`."""
        self._look = look
        self._known: dict[Path, tuple[tuple[int, int], SourceClip]] = {}
        self._lock = threading.Lock()

    def of(self, path: Path) -> SourceClip:
        """The clip as it is now. Raises `FileProblem`."""
        try:
            status = path.stat()
        except OSError as error:
            raise os_problem(error) from error
        state = status.st_size, status.st_mtime_ns
        with self._lock:
            known = self._known.get(path)
        if known is not None and known[0] == state:
            return known[1]
        clip = self._look(path)
        with self._lock:
            self._known[path] = state, clip
        return clip

    def of_all(
        self, paths: Iterable[Path], token: CancelToken, report: Callable[[tuple[int, int]], object]
    ) -> dict[Path, SourceClip | FileProblem]:
        """Each file, or why it cannot be used; several at a time. Reports `(looked at, all)`. Raises `Cancelled`."""
        each = list(dict.fromkeys(paths))
        found: dict[Path, SourceClip | FileProblem] = {}

        def look(path: Path) -> SourceClip | FileProblem:
            token.check()
            try:
                return self.of(path)
            except FileProblem as error:
                return error

        with ThreadPoolExecutor(_AT_ONCE, "looking at clips") as pool:
            for number, (path, clip) in enumerate(zip(each, pool.map(look, each), strict=True), 1):
                found[path] = clip
                report((number, len(each)))
                token.check()
        return found


def _frames(stream: VideoStream, info: MediaInfo) -> int:
    """As many as the container counted; where they come unevenly, as many as its rate has in that time."""
    fitting = max(1, round(Fraction(info.duration_ms) * info.timebase.rate / 1000))
    return stream.frames if stream.frames and abs(stream.frames - fitting) <= 1 else fitting


def _reel(container: InputContainer, stream: VideoStream) -> str:
    """The tape or card that the camera named: QuickTime's and MXF's ways to say it."""
    tags = {name.lower(): text for part in (container, stream) for name, text in part.metadata.items()}
    return next((tags[name] for name in ("reel_name", "com.apple.proapps.reel", "tape") if tags.get(name)), "")
