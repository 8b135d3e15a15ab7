"""Vectors of what is meant, held in memory and kept up with the store while footage is indexed.

A row of 768 numbers takes a kilobyte and a quarter, and only the rows of the models in use are held. Where there are
very many, they lie in files of which searches map two thirds.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import Literal, Protocol

from desktop_search.engine.library.held_rows import Found
from desktop_search.engine.library.meaning_cache import MeaningCache
from desktop_search.engine.meaning.queries import EncodedQuery
from desktop_search.engine.meaning.settings import dim_of
from desktop_search.engine.model_store.installed import ChosenModels
from desktop_search.engine.ranking.meaning import MEANT, calibrated
from desktop_search.engine.store.changes import Changes
from desktop_search.engine.store.store import Store
from desktop_search.engine.vectors.block import ItemRows
from desktop_search.engine.vectors.packed import BLOCK_ROWS, Held, PackedRows

What = Literal["seen", "said", "images"]
FILES_FROM = 250_000  # rows: fewer are read from the record within a second, and files would only take room
_BATCH = 200  # items read at a time
_WORTH_WRITING = 0.05  # of the items: so many must have come or gone before the cache is written anew


class MeaningMemory:
    """The vectors that one model made of one kind of thing, kept up with the store. Safe from any thread.

    Each row comes with its id and start as they were stored with it, so that an answer never takes a row of what was
    indexed before for one of what is indexed now.

    Args:
        changes: the ids of videos or images that change.
        searchable: the ids of all that can be searched.
        read: the rows of those of these ids that have some.
        cache: where they are kept for the next start.
    """

    def __init__(
        self,
        changes: Changes,
        searchable: Callable[[], list[int]],
        read: Callable[[list[int]], Iterable[ItemRows]],
        dim: int,
        cache: MeaningCache,
    ) -> None:
        self._changes, self._searchable, self._read, self._dim = changes, searchable, read, dim
        self._lock = threading.RLock()
        self._cache = cache
        self._rows = PackedRows(dim)
        self._number = -1  # of the last change that is known; nothing was read yet
        self._pending: set[int] = set()
        self._unwritten = 0  # items that came or went since the cache was written

    def best(self, query: EncodedQuery, item_ids: Iterable[int], *, floor: float, limit: int) -> list[Found]:
        """The rows of these items that come nearest to what is asked, with calibrated scores of at least `floor`."""
        with self._lock:
            self.keep_up()
            usual = self._rows.usual(query.vector)
            best, rows = self._rows.best(query.vector, item_ids, limit), self._rows.rows
        scores = calibrated(query.family, best.scores, usual, rows)
        return [
            Found(float(score), int(item_id), int(row_id), int(start_ms))
            for score, item_id, row_id, start_ms in zip(
                scores, best.item_ids, best.row_ids, best.starts_ms, strict=True
            )
            if score >= floor
        ]

    def keep_up(self, *, batches: int | None = None) -> bool:
        """Take in what changed, or a part of it; whether all of it is taken in."""
        with self._lock:
            try:
                if self._number < 0:
                    self._begin()
                changed, self._number = self._changes.since(self._number)
                self._pending |= changed
                while self._pending and batches != 0:
                    self._take_in(list(islice(self._pending, _BATCH)))
                    batches = None if batches is None else batches - 1
            except BaseException:
                self._number = -1  # half of a batch may be in memory: begin anew
                raise
            return not self._pending

    def write(self, *, at_end: bool = False) -> None:
        """Write the cache, if much has changed since it was, or at the end anything."""
        with self._lock:
            if self._number < 0 or self._pending or not self._unwritten:
                return
            if at_end or self._unwritten > _WORTH_WRITING * self._rows.items:
                self._unwritten = 0
                if self._rows.rows < FILES_FROM:
                    self._cache.clear()
                    return
                self._rows.tidy()
                self._keep(self._rows.blocks)
                self._cache.save(self._number, [(held.block, held.live) for held in self._rows.blocks])

    def _begin(self) -> None:
        self._rows = PackedRows(self._dim)
        latest = self._changes.latest()
        cached = self._cache.load()
        if cached is not None and cached[0] <= latest:
            self._number, self._pending = cached[0], set()
            for block, live in cached[1]:
                self._rows.hold(block, live)
        else:
            self._number, self._pending = latest, set(self._searchable())

    def _take_in(self, batch: list[int]) -> None:
        for each in batch:
            self._rows.drop(each)
        self._rows.add([each for each in self._read(batch) if each.vectors.codes.shape[1] == self._dim])
        if self._rows.rows >= FILES_FROM:
            self._keep(held for held in self._rows.blocks if len(held.block.row_ids) >= BLOCK_ROWS)
        self._pending.difference_update(batch)
        self._unwritten += len(batch)

    def _keep(self, held: Iterable[Held]) -> None:
        """Have blocks in files: what is mapped need not stay in memory."""
        for each in held:
            each.block = self._cache.keep(each.block)


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

    def held(self) -> list[MeaningMemory]:
        """The memories that are in use, or were until now."""
        with self._lock:
            return [memory for _, memory in self._held.values()]

    def _memory(self, what: What, model: str, dim: int) -> MeaningMemory:
        with self._lock:
            identity, memory = self._held.get(what, ("", None))
            if memory is None or identity != model:
                memory = self._made(what, model, dim)
                self._held[what] = model, memory
            return memory

    def _made(self, what: What, model: str, dim: int) -> MeaningMemory:
        store = self._store
        folder = (
            store.database.file.with_name("cache") / f"meaning {what}" / hashlib.sha256(model.encode()).hexdigest()[:16]
        )
        cache = MeaningCache(folder, f"{store.identity} {what} {model}", dim)
        if what == "images":
            read = partial(store.meanings.image_rows, model=model)
            return MeaningMemory(store.image_changes, store.images.searchable, read, dim, cache)
        read = partial(store.meanings.rows, part=what, model=model)
        return MeaningMemory(store.video_changes, store.videos.searchable, read, dim, cache)
