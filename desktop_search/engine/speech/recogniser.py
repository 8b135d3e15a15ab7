"""What turns speech into words, whichever model does it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Protocol

from desktop_search.core.errors import FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.results import Word
from desktop_search.engine.model_store.installed import InstalledModel
from desktop_search.engine.speech.sound import Samples

LONGEST_S = 28.0  # the longest stretch that the models are given: what they were trained on
_CHECK_IT = "Check it or fetch it again in the list of models."


class ModelProblem(FileProblem):
    """A speech model cannot be loaded, or cannot be used."""

    def __init__(self, model: InstalledModel, what: str, cause: Exception | None = None) -> None:
        message = f"The speech model “{model.model_id}” {what}."
        if cause is not None:
            message = f"The speech model “{model.model_id}” {what} ({type(cause).__name__}: {cause})."
        super().__init__(message, hint=_CHECK_IT)


@dataclass(frozen=True, slots=True)
class Heard:
    """Words with their times from the first sample on, and the language ("en") where the model is sure of it."""

    words: tuple[Word, ...]
    language: str = ""


class Recogniser(Protocol):
    """Hears words in stretches of 16 kHz mono sound. Used by one thread."""

    def hear(self, samples: Samples, language: str, token: CancelToken) -> Heard:
        """The words in a stretch of speech. `language` is what is known of it so far, or "". Raises Cancelled."""
        ...


def threads() -> int:
    """How many threads a model may use: it works in the background."""
    return max(1, min(4, os.cpu_count() or 1))


def require_files(model: InstalledModel, names: tuple[str, ...]) -> None:
    """Raises ModelProblem where one of its files is missing: a library might look for it elsewhere."""
    missing = [name for name in names if not (model.folder / name).is_file()]
    if missing:
        raise ModelProblem(model, f"is not complete: {', '.join(missing)} is missing")
