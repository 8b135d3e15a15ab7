"""What is said about models: sizes, states, what each kind is for."""

from __future__ import annotations

from desktop_search.core.language import _, number
from desktop_search.core.search_models import FetchProgress, ModelKind, SearchModel

KIND_TITLES = {
    ModelKind.SEEN: _("What is seen, by its meaning"),
    ModelKind.TEXT: _("What is said, by its meaning"),
    ModelKind.SPEECH: _("Speech to words"),
    ModelKind.CAPTION: _("Captions: a sentence for each segment"),
    ModelKind.FACE: _("People: where faces are"),
    ModelKind.PERSON: _("People: whose faces they are"),
}
WITHOUT = {
    ModelKind.SEEN: _("Without one, pictures are found by colours, light, shapes, faces, motion and the text in them."),
    ModelKind.TEXT: _("Without one, speech is found by its words."),
    ModelKind.SPEECH: _("Without one, subtitles are read, and English speech is understood roughly."),
    ModelKind.CAPTION: _("Without one, sentences are made of colours, light, shapes, faces, motion and text."),
    ModelKind.FACE: _("Without one, faces are only counted. It is used once people are switched on."),
    ModelKind.PERSON: _("Without one, faces are not told apart. It is used once people are switched on."),
}
_STAGES = {
    "fetching": _("fetching: {counted}"),
    "copying": _("copying: {counted}"),
    "verifying": _("verifying: {counted}"),
}
_MEGABYTE, _GIGABYTE = 1_000_000, 1_000_000_000


def size_words(size_bytes: int) -> str:
    """A size as file managers give it: "388 MB", "1.4 GB"."""
    if size_bytes >= _GIGABYTE:
        return _("{size} GB").format(size=number(size_bytes / _GIGABYTE, 1))
    return _("{size} MB").format(size=number(max(1, round(size_bytes / _MEGABYTE))))


def state_words(model: SearchModel) -> str:
    """Where a model is and what it takes: "in use · 388 MB", "412 MB to fetch"."""
    if model.is_installed:
        state = _("in use") if model.is_used else _("on this computer")
        return f"{state} · {size_words(model.size_bytes)}"
    to_fetch = _("not on this computer")
    if model.download_bytes:
        to_fetch = _("{size} to fetch").format(size=size_words(model.download_bytes))
    if not model.size_bytes:
        return to_fetch
    here = _("{size} are here").format(size=size_words(model.size_bytes))
    return f"{to_fetch} · {here}"


def progress_words(progress: FetchProgress) -> str:
    """How far it is: "fetching: 120 MB of 388 MB"."""
    if progress.stage == "trying":
        return _("trying it out…")
    counted = size_words(progress.done_bytes)
    if progress.total_bytes:
        counted = _("{done} of {total}").format(done=counted, total=size_words(progress.total_bytes))
    return _STAGES.get(progress.stage, "{counted}").format(counted=counted)
