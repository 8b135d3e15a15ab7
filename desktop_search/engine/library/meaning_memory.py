"""Vectors of what is meant, held in memory and kept up with the store while footage is indexed.

A row of 768 numbers takes a kilobyte and a quarter, and only the rows of the models in use are held.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Literal, Protocol

from desktop_search.engine.library.held_rows import Found
from desktop_search.engine.library.keeping_up import KeepingUp
from desktop_search.engine.meaning.queries import EncodedQuery
from desktop_search.engine.meaning.settings import dim_of
from desktop_search.engine.model_store.installed import ChosenModels
from desktop_search.engine.ranking.meaning import MEANT, calibrated
from desktop_search.engine.store.changes import Changes
from desktop_search.engine.store.store import Store
from desktop_search.engine.vectors.block import ItemRows
from desktop_search.engine.vectors.packed import PackedRows

What = Literal["seen", "said", "images"]


class MeaningMemory(KeepingUp):
    """The vectors that one model made of one kind of thing. Safe from any thread.

    Each row comes with its id and start as they were stored with it, so that an answer never takes a row of what was
    indexed before for one of what is indexed now.
    """

    def __init__(
        self,
        changes: Changes,
        searchable: Callable[[], list[int]],
        read: Callable[[list[int]], Iterable[ItemRows]],
        dim: int,
    ) -> None:
        super().__init__(changes, searchable)
        self._read, self._dim = read, dim
        self._begin()

    def best(self, query: EncodedQuery, item_ids: Iterable[int], *, floor: float, limit: int) -> list[Found]:
        """The rows of these items that come nearest to what is asked, with calibrated scores of at least `floor`."""
        with self.lock:
            self.keep_up()
            usual = self._rows.usual(query.vector)
            best = self._rows.best(query.vector, item_ids, limit)
        scores = calibrated(query.family, best.scores, usual)
        return [
            Found(float(score), int(item_id), int(row_id), int(start_ms))
            for score, item_id, row_id, start_ms in zip(
                scores, best.item_ids, best.row_ids, best.starts_ms, strict=True
            )
            if score >= floor
        ]

    def _begin(self) -> None:
        self._rows = PackedRows(self._dim)

    def _drop(self, item_id: int) -> None:
        self._rows.drop(item_id)

    def _take_in(self, item_ids: list[int]) -> None:
        self._rows.add([each for each in self._read(item_ids) if each.vectors.shape[1] == self._dim])

    def _outdated(self) -> int:
        return 0  # blocks of which most is gone are put together anew

    def _held(self) -> int:
        return self._rows.items


class Questions(Protocol):
    """What turns the words of a search into vectors; `None` where no model for it is in use."""

    def seen(self, text: str) -> EncodedQuery | None:
        """For what is seen."""

    def said(self, text: str) -> EncodedQuery | None:
        """For what is said."""


class MeaningSearch:
    """Search by meaning, as far as models are in use. Safe from any thread.

    Of each kind of thing, the vectors of one model are held: of the one that was last asked for.
    """

    def __init__(self, store: Store, questions: Questions | None) -> None:
        self._store, self._questions = store, questions
        self._lock = threading.Lock()
        self._held: dict[What, tuple[str, MeaningMemory]] = {}

    def best(self, what: What, query: str, item_ids: Iterable[int], *, floor: float, limit: int) -> list[Found] | None:
        """What comes nearest to the query and is meant by it; `None` where no model for it is in use."""
        if self._questions is None:
            return None
        asked = self._questions.said(query) if what == "said" else self._questions.seen(query)
        if asked is None:
            return None
        memory = self._memory(what, asked.model, len(asked.vector))
        return memory.best(asked, item_ids, floor=max(floor, MEANT), limit=limit)

    def in_use(self, models: ChosenModels) -> Iterator[MeaningMemory]:
        """The memories that searches with these models will ask."""
        if models.seen is not None:
            yield self._memory("seen", models.seen.identity, dim_of(models.seen))
            yield self._memory("images", models.seen.identity, dim_of(models.seen))
        if models.text is not None:
            yield self._memory("said", models.text.identity, dim_of(models.text))

    def _memory(self, what: What, model: str, dim: int) -> MeaningMemory:
        with self._lock:
            identity, memory = self._held.get(what, ("", None))
            if memory is None or identity != model:
                memory = self._made(what, model, dim)
                self._held[what] = model, memory
            return memory

    def _made(self, what: What, model: str, dim: int) -> MeaningMemory:
        store = self._store
        if what == "images":
            read = partial(store.meanings.image_rows, model=model)
            return MeaningMemory(store.image_changes, store.images.searchable, read, dim)
        read = partial(store.meanings.rows, part=what, model=model)
        return MeaningMemory(store.video_changes, store.videos.searchable, read, dim)
