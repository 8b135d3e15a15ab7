"""Text subtitle tracks inside a video."""

from __future__ import annotations

import logging
from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer
from av.subtitles.stream import SubtitleStream
from av.subtitles.subtitle import AssSubtitle
from av.video.stream import VideoStream

from desktop_search.core.errors import FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.results import Said, Utterance
from desktop_search.engine.speech.cues import plain
from desktop_search.engine.speech.languages import short_code
from desktop_search.media.opening import open_video

SOURCE = "subtitles"
_TEXT_CODECS = frozenset({"subrip", "srt", "mov_text", "ass", "ssa", "webvtt", "text"})
_log = logging.getLogger(__name__)


def read_subtitle_track(path: Path, token: CancelToken) -> Said:
    """The lines of the English text track, or of the first one; empty when there is none. Raises Cancelled."""
    try:
        with open_video(path) as (container, video):
            track = _choose(container)
            if track is None:
                return Said()
            return Said(tuple(_lines(container, track, video, token)), SOURCE, short_code(track.language))
    except FileProblem as problem:
        _log.info("subtitle track not readable: %s", problem.details)
        return Said()


def _choose(container: InputContainer) -> SubtitleStream | None:
    tracks = [track for track in container.streams.subtitles if track.codec_context.name in _TEXT_CODECS]
    english = [track for track in tracks if short_code(track.language) == "en"]
    return next(iter(english or tracks), None)


def _lines(container: InputContainer, track: SubtitleStream, video: VideoStream, token: CancelToken) -> list[Utterance]:
    found = []
    start = (video.start_time or 0) * (video.time_base or Fraction(1))
    for packet in container.demux(track):
        token.check()
        if packet.pts is None or packet.size == 0 or packet.time_base is None:
            continue
        try:
            decoded = track.decode2(packet)
        except av.error.FFmpegError:
            continue
        parts = [part.dialogue for part in decoded or () if isinstance(part, AssSubtitle)]
        text = b" ".join(parts).decode("utf-8", errors="replace")
        start_ms = round((packet.pts * packet.time_base - start) * 1000)
        length_ms = round((packet.duration or 0) * packet.time_base * 1000)
        if plain(text):
            found.append(Utterance(start_ms, start_ms + length_ms, plain(text), SOURCE))
    return found
