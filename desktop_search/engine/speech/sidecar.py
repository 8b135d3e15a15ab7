"""Subtitle files beside a video: `clip.srt`, `clip.vtt`, `clip.en.srt`."""

from __future__ import annotations

import logging
from pathlib import Path

from desktop_search.engine.indexing.results import Utterance
from desktop_search.engine.speech.cues import cues

_ENDINGS = (".srt", ".vtt", ".en.srt", ".en.vtt", ".eng.srt", ".eng.vtt", ".SRT", ".VTT")
_MAX_BYTES = 10_000_000
_log = logging.getLogger(__name__)


def read_sidecar(video: Path) -> list[Utterance]:
    """The cues of the first subtitle file with the video's stem; empty when there is none that can be read."""
    for ending in _ENDINGS:
        file = video.with_name(video.stem + ending)
        try:
            if file.is_file() and file.stat().st_size <= _MAX_BYTES:
                found = [Utterance(*cue, "sidecar") for cue in cues(_decoded(file.read_bytes()))]
                if found:
                    return found
        except OSError as error:
            _log.warning("subtitle file not readable: %s", error)
    return []


def _decoded(data: bytes) -> str:
    """Text in whichever encoding subtitle files come: UTF-16 with its mark, UTF-8, else Western."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
