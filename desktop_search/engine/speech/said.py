"""What is said in a video: from its subtitles where it has any, else by listening."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.results import Utterance
from desktop_search.engine.speech.listening import listen
from desktop_search.engine.speech.sidecar import read_sidecar
from desktop_search.engine.speech.tracks import read_subtitle_track


@dataclass(frozen=True, slots=True)
class Said:
    """Utterances by their start, and sentences for the user about what could not be read."""

    utterances: tuple[Utterance, ...]
    notes: tuple[str, ...] = ()


def said_in(path: Path, *, duration_ms: int, report: Callable[[int], None], token: CancelToken) -> Said:
    """The first of these that has words: subtitle track, sidecar file, the recogniser. `report` gets 0 to 1000.

    Never fails for what is in the file: speech is an extra, and a damaged sound track leaves a note. Raises Cancelled.
    """
    for source in (read_subtitle_track(path, token), read_sidecar(path)):
        kept = _in_bounds(source, duration_ms)
        if kept:
            report(1000)
            return Said(kept)
    heard, notes = listen(path, duration_ms=duration_ms, report=report, token=token)
    return Said(_in_bounds(heard, duration_ms), notes)


def _in_bounds(utterances: list[Utterance], duration_ms: int) -> tuple[Utterance, ...]:
    """In order, within the video, and with words."""
    kept = []
    for one in sorted(utterances, key=lambda utterance: (utterance.start_ms, utterance.end_ms)):
        start_ms, end_ms = max(0, one.start_ms), min(one.end_ms, duration_ms)
        if one.text and start_ms < duration_ms:
            kept.append(Utterance(start_ms, max(start_ms, end_ms), one.text, one.source))
    return tuple(kept)
