"""Describing key frames, in a worker process."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from desktop_search.core.token import CancelToken
from desktop_search.engine.captions.vit_gpt2 import Captioner
from desktop_search.engine.model_store.installed import InstalledModel


class Describer:
    """Keeps the captioner it was last asked for: loading one takes some seconds."""

    def __init__(self) -> None:
        self._held: tuple[InstalledModel, Captioner] | None = None

    def captions(self, model: InstalledModel, files: Iterable[Path], token: CancelToken) -> tuple[str, ...]:
        """A sentence for each of these JPEG files. Raises FileProblem, Cancelled."""
        if self._held is None or self._held[0] != model:
            self._held = None  # the one before goes first
            self._held = model, Captioner(model)
        return self._held[1].captions(files, token)


@lru_cache(maxsize=1)
def describer() -> Describer:
    """The one of this process."""
    return Describer()
