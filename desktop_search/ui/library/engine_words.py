"""What the engine is doing, in one line and in detail."""

from __future__ import annotations

from desktop_search.core.engine_state import EngineState, Relinked
from desktop_search.models.upload_words import plain_line

_LEARNING = {
    "seen": "Looking at clips again with the new model",
    "text": "Reading transcripts again with the new model",
    "speech": "Listening to clips again with the new model",
    "caption": "Describing clips",
}


def activity_words(state: EngineState) -> str:
    """One line: "Indexing 2 clips · 14 wait"; "" when there is nothing to say."""
    parts = []
    if state.paused:
        parts.append("Indexing is paused")
    elif state.indexing:
        parts.append(f"Indexing {_clips(len(state.indexing))}")
    if state.waiting:
        parts.append(f"{state.waiting:,} {'waits' if state.waiting == 1 else 'wait'}")
    if not state.indexing and not state.waiting:
        parts += [
            f"{_LEARNING[kind]}: {one.done:,} of {one.total:,}" for kind, one in state.learning if kind in _LEARNING
        ]
    if state.offline_count:
        parts.append(f"{_clips(state.offline_count)} offline")
    return " · ".join(parts)


def offline_words(state: EngineState) -> str:
    """Which clips are offline and what that means; "" when there are none."""
    if not state.offline:
        return ""
    lines = ["Still searchable, but their files are away. Connect the drive, or find them where they are now:"]
    lines += [plain_line(video.file) for video in state.offline]
    if state.offline_count > len(state.offline):
        lines.append(f"and {state.offline_count - len(state.offline):,} more")
    return "\n".join(lines)


def relinked_words(result: Relinked) -> str:
    """What came of looking for files: "2 clips were found again. 1 clip is still away." """
    found = f"{_clips(result.found_count)} {_were(result.found_count)} found again."
    away = f" {_clips(result.offline_count)} {'is' if result.offline_count == 1 else 'are'} still away."
    cut = " The folder is too large to be gone through; choose one further down."
    return found + (away if result.offline_count else "") + ("" if result.complete else cut)


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _clips(count: int) -> str:
    return f"{count:,} clip" if count == 1 else f"{count:,} clips"
