"""What is said in a video: from its subtitles where it has any, else by listening."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.results import Said, Utterance
from desktop_search.engine.model_store.installed import InstalledModel
from desktop_search.engine.speech.listening import listen, listen_with
from desktop_search.engine.speech.sidecar import read_sidecar
from desktop_search.engine.speech.tracks import read_subtitle_track


def said_in(
    path: Path,
    *,
    duration_ms: int,
    report: Callable[[int], None],
    token: CancelToken,
    model: InstalledModel | None = None,
    has_subtitles: bool = True,
    has_sound: bool = True,
) -> Said:
    """The first of these that has words: subtitle track, sidecar file, the recogniser. `report` gets 0 to 1000.

    `model` is the speech model in use, if there is one. A file that is known to have no such tracks is not opened for
    them: FFmpeg decodes several frames each time it opens one. Never fails for what is in the file: speech is an extra,
    and a damaged sound track leaves a note. Raises Cancelled.
    """
    track = read_subtitle_track(path, token) if has_subtitles else Said()
    for written in (track, read_sidecar(path)):
        kept = _in_bounds(written.utterances, duration_ms)
        if kept:
            report(1000)
            return replace(written, utterances=kept)
    if not has_sound:
        return Said()
    said = listen(path, model, duration_ms=duration_ms, report=report, token=token)
    return replace(said, utterances=_in_bounds(said.utterances, duration_ms))


def heard_in(
    model: InstalledModel, path: Path, *, duration_ms: int, report: Callable[[int], None], token: CancelToken
) -> Said:
    """What this model hears, whatever else has words. Raises ModelProblem, FileProblem and Cancelled."""
    said = listen_with(model, path, duration_ms=duration_ms, report=report, token=token)
    return replace(said, utterances=_in_bounds(said.utterances, duration_ms), source=model.identity)


def _in_bounds(utterances: Sequence[Utterance], duration_ms: int) -> tuple[Utterance, ...]:
    """In order, within the video, and with words."""
    kept = []
    for one in sorted(utterances, key=lambda utterance: (utterance.start_ms, utterance.end_ms)):
        start_ms, end_ms = max(0, one.start_ms), min(one.end_ms, duration_ms)
        if one.text and start_ms < duration_ms:
            kept.append(replace(one, start_ms=start_ms, end_ms=max(start_ms, end_ms)))
    return tuple(kept)
