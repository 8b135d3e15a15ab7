"""Two models beside each other: until both were asked the same searches, the one before stays and goes on answering."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from desktop_search.engine.library.search import Search
from desktop_search.engine.meaning.queries import QueryEncoder
from desktop_search.engine.model_store.installed import ChosenModels

Which = Literal["before", "after"]


class Trials:
    """Whether models are on trial, which outlives the engine, and searches by either. Safe from any thread."""

    def __init__(self, file: Path) -> None:
        self._file, self._lock = file, threading.Lock()
        self._is_on = file.exists()
        self._models: dict[Which, Callable[[], ChosenModels]] = {}
        self._search: Search | None = None
        self._made: dict[Which, tuple[Search, QueryEncoder]] = {}

    @property
    def is_on(self) -> bool:
        """Whether the vectors of the models before are kept, and answer."""
        return self._is_on

    def compare(self, search: Search, before: Callable[[], ChosenModels], after: Callable[[], ChosenModels]) -> None:
        """What to search with; said once, when all of it is there."""
        self._search, self._models = search, {"before": before, "after": after}

    def set(self, is_on: bool) -> None:
        """Begin, or end. Raises OSError."""
        if is_on:
            self._file.touch()
        else:
            self._file.unlink(missing_ok=True)
            self.close()
        self._is_on = is_on

    def models(self, which: Which) -> ChosenModels:
        """The models of either side."""
        return self._models[which]()

    def search(self, which: Which) -> Search:
        """A search by the models of that side; its vectors stay in memory until the trial ends."""
        assert self._search is not None
        with self._lock:
            if which not in self._made:
                questions = QueryEncoder(self._models[which])
                self._made[which] = self._search.asking(questions), questions
            return self._made[which][0]

    def close(self) -> None:
        """Let go of what searches hold."""
        with self._lock:
            made, self._made = self._made, {}
        for _search, questions in made.values():
            questions.close()
