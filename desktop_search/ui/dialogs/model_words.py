"""What is said about models: sizes, states, what each kind is for."""

from __future__ import annotations

from desktop_search.core.search_models import FetchProgress, ModelKind, SearchModel

KIND_TITLES = {
    ModelKind.SEEN: "What is seen, by its meaning",
    ModelKind.TEXT: "What is said, by its meaning",
    ModelKind.SPEECH: "Speech to words",
    ModelKind.CAPTION: "Captions: a sentence for each segment",
}
WITHOUT = {
    ModelKind.SEEN: "Without one, pictures are found by colours, light, shapes, faces, motion and the text in them.",
    ModelKind.TEXT: "Without one, speech is found by its words.",
    ModelKind.SPEECH: "Without one, subtitles are read, and English speech is understood roughly.",
    ModelKind.CAPTION: "Without one, sentences are made of colours, light, shapes, faces, motion and text.",
}
_MEGABYTE, _GIGABYTE = 1_000_000, 1_000_000_000


def size_words(size_bytes: int) -> str:
    """A size as file managers give it: "388 MB", "1.4 GB"."""
    if size_bytes >= _GIGABYTE:
        return f"{size_bytes / _GIGABYTE:.1f} GB"
    return f"{max(1, round(size_bytes / _MEGABYTE)):,} MB"


def state_words(model: SearchModel) -> str:
    """Where a model is and what it takes: "in use · 388 MB", "412 MB to fetch"."""
    if model.is_installed:
        return f"{'in use' if model.is_used else 'on this computer'} · {size_words(model.size_bytes)}"
    to_fetch = f"{size_words(model.download_bytes)} to fetch" if model.download_bytes else "not on this computer"
    return f"{to_fetch} · {size_words(model.size_bytes)} are here" if model.size_bytes else to_fetch


def progress_words(progress: FetchProgress) -> str:
    """How far it is: "fetching: 120 MB of 388 MB"."""
    if progress.stage == "trying":
        return "trying it out…"
    done = size_words(progress.done_bytes)
    counted = f"{done} of {size_words(progress.total_bytes)}" if progress.total_bytes else done
    return f"{progress.stage}: {counted}" if progress.stage else counted
