"""Searching the library: by words in what is seen, in what is said, in still images; and by picture."""

from __future__ import annotations

import copy
import logging
import sqlite3
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from desktop_search.engine.freed import give_back
from desktop_search.engine.indexing.results import Vector
from desktop_search.engine.library.held_rows import Found
from desktop_search.engine.library.keeping_up import KeepingUp
from desktop_search.engine.library.meaning_memory import MeaningMemory, MeaningSearch, Questions, What
from desktop_search.engine.library.memory import ImageMemory, VideoMemory
from desktop_search.engine.library.together import deep, together
from desktop_search.engine.model_store.installed import ChosenModels
from desktop_search.engine.ranking import is_written, plan_query
from desktop_search.engine.store.filters import Filters
from desktop_search.engine.store.rows import PARSE, Image, SegmentRow, Video
from desktop_search.engine.store.store import Store

_log = logging.getLogger(__name__)
_TRIES = 3
_WRITE_EVERY_S = 10.0
_LAST_BATCHES = 20  # taken in at the end, so that no file keeps what was deleted just before
FRAMES_MAX = 1000  # the contract has no top_k for pictures; one still shot can be thousands of like frames


class _Memory(Protocol):
    def keep_up(self, *, batches: int | None) -> bool:
        """Take in what changed, or a part of it; whether all of it is taken in."""

    def write(self) -> None:
        """Keep it for the next start, if that is done with it and enough has changed."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A hit in a video.

    Attributes:
        text: what is said there, "" when nothing is.
        segment: set for what is seen.
        read: what is written there, where words of the query are in it, else "".
    """

    video: Video
    start_ms: int
    end_ms: int
    score: float
    text: str = ""
    segment: SegmentRow | None = None
    read: str = ""


@dataclass(frozen=True, slots=True)
class FrameMatch:
    """A frame that was found, and the segment it is in."""

    video: Video
    at_ms: int
    score: float
    segment: SegmentRow | None


@dataclass(frozen=True, slots=True)
class ImageMatch:
    """A still image that was found."""

    image: Image
    score: float


class Search:
    """Everything here is read-only and safe from any thread. Hits come best first.

    The store says which footage passes the filters, memory which of its rows are best, and only those are read.
    Without a model in use, words alone decide; with one, what they mean too (`docs/ranking.md`).

    Args:
        questions: what turns the words of a search into vectors.
        models: the models in use, of which the vectors are loaded ahead.
    """

    def __init__(
        self,
        store: Store,
        questions: Questions | None = None,
        models: Callable[[], ChosenModels] = ChosenModels,
    ) -> None:
        self._store, self._models = store, models
        self._videos, self._images = VideoMemory(store), ImageMemory(store)
        self._meaning = MeaningSearch(store, questions)
        self._kept: tuple[KeepingUp, ...] = (self._videos.words, self._images)  # in files too, for the next start
        self._closing = threading.Event()
        self._loading = threading.Thread(target=self._load, name="load", daemon=True)

    def asking(self, questions: Questions) -> Search:
        """The same search with other questions; it shares the words in memory, and has vectors of its own."""
        other = copy.copy(self)
        other._meaning = MeaningSearch(self._store, questions)  # noqa: SLF001 - of the same class
        return other

    def start_loading(self) -> None:
        """Read into memory what is indexed, so that the first search need not wait; and keep it for the next start."""
        self._loading.start()

    def close(self) -> None:
        """Stop reading, and keep for the next start what was read; the store is in use no longer."""
        self._closing.set()
        if self._loading.is_alive():
            self._loading.join()
            kept: tuple[KeepingUp | MeaningMemory, ...] = (*self._kept, *self._meaning.held())
            try:
                for memory in kept:
                    memory.keep_up(batches=_LAST_BATCHES)
                    memory.write(at_end=True)
            except sqlite3.Error:
                _log.exception("what was read could not be kept for the next start")

    def seen(self, query: str, filters: Filters, *, floor: float, limit: int) -> list[Moment]:
        """Segments by what is seen and written in them, by their file's name, folder and tags, and by meaning."""
        return self._steady(lambda: self._seen(query, filters, floor, limit))

    def _seen(self, query: str, filters: Filters, floor: float, limit: int) -> list[Moment]:
        video_ids = self._matching(filters)
        plan = plan_query(query)
        words = partial(self._videos.seen, plan, video_ids)
        found = self._found("seen", query, video_ids, words, floor, limit)
        videos, segments = self._videos_of(found), self._store.moments.segments({hit.row_id for hit in found})
        hits = [
            (hit, segment)
            for hit in found
            if (segment := segments.get(hit.row_id)) is not None and _is_same(hit, segment.video_id, segment.start_ms)
        ]
        texts = self._said_in([segment for _, segment in hits])
        return [
            Moment(
                videos[hit.item_id],
                segment.start_ms,
                segment.end_ms,
                hit.score,
                text,
                segment,
                segment.screen_text if is_written(plan, segment.screen_text) else "",
            )
            for (hit, segment), text in zip(hits, texts, strict=True)
            if hit.item_id in videos
        ]

    def said(self, query: str, filters: Filters, *, floor: float, limit: int) -> list[Moment]:
        """Utterances by their words, and by meaning; where the words are said as they are asked for, first."""
        return self._steady(lambda: self._said(query, filters, floor, limit))

    def _said(self, query: str, filters: Filters, floor: float, limit: int) -> list[Moment]:
        video_ids = self._matching(filters)
        found = self._found("said", query, video_ids, partial(self._videos.said, query, video_ids), floor, limit)
        videos, lines = self._videos_of(found), self._store.moments.spoken({hit.row_id for hit in found})
        return [
            Moment(videos[hit.item_id], line.start_ms, line.end_ms, hit.score, line.text)
            for hit in found
            if (line := lines.get(hit.row_id)) is not None
            and _is_same(hit, line.video_id, line.start_ms)
            and hit.item_id in videos
        ]

    def images(self, query: str, filters: Filters, *, floor: float, limit: int) -> list[ImageMatch]:
        """Still images by what is seen and written in them, their name and tags, and by meaning."""
        image_ids = self._store.images.matching(replace(filters, statuses=(PARSE,), video_ids=None))
        words = partial(self._images.seen, plan_query(query), image_ids)
        found = self._found("images", query, image_ids, words, floor, limit)
        images = {image.image_id: image for image, _, _ in self._store.images.some(hit.item_id for hit in found)}
        return [ImageMatch(images[hit.item_id], hit.score) for hit in found if hit.item_id in images]

    def alike(self, picture: Vector, filters: Filters, similarity: float) -> list[FrameMatch]:
        """Frames of videos at least that similar to a picture."""
        video_ids = self._matching(filters)
        found = self._videos.alike(picture, video_ids, similarity=similarity, limit=FRAMES_MAX)
        videos = self._videos_of(found)
        segment_ids = [self._videos.segment_at(hit.item_id, hit.start_ms) for hit in found]
        segments = self._store.moments.segments({each for each in segment_ids if each is not None})
        shown = [None if each is None else segments.get(each) for each in segment_ids]
        return [
            FrameMatch(videos[hit.item_id], hit.start_ms, min(hit.score, 1.0), segment)
            for hit, segment in zip(found, shown, strict=True)
            if hit.item_id in videos
        ]

    def _steady(self, answer: Callable[[], list[Moment]]) -> list[Moment]:
        """An answer with nothing in it that changed meanwhile: it is asked again, and what changes on is left out."""
        for _ in range(_TRIES):
            number = self._store.video_changes.latest()
            hits = answer()
            changed = self._store.video_changes.since(number)[0]
            steady = [hit for hit in hits if hit.video.video_id not in changed]
            if len(steady) == len(hits):
                break
        return steady

    def _found(
        self, what: What, query: str, item_ids: list[int], words: Callable[..., list[Found]], floor: float, limit: int
    ) -> list[Found]:
        meant = self._meaning.best(what, query, item_ids, floor=floor, limit=deep(limit))
        if meant is None:
            return words(floor=floor, limit=limit)
        said_so = words(floor=floor, limit=deep(limit))
        return together(said_so, meant, limit, literal_first=what == "said")

    def _load(self) -> None:
        while True:
            try:
                self._load_once()
            except sqlite3.Error:
                _log.exception("the index could not be loaded ahead; the next search tries again")
            if self._closing.wait(_WRITE_EVERY_S):
                return

    def _load_once(self) -> None:
        """Each is written as soon as it is whole: what is mapped from a file need not stay in memory for the next."""
        memories: tuple[_Memory, ...] = (*self._kept, *self._meaning.in_use(self._models()), self._videos.looks)
        for memory in memories:
            has_more = False
            while not self._closing.is_set() and not memory.keep_up(batches=1):
                has_more = True
            if self._closing.is_set():
                return
            memory.write()
            if has_more:
                give_back()
        for each in self._meaning.held():
            each.write()

    def _matching(self, filters: Filters) -> list[int]:
        return self._store.videos.matching(replace(filters, statuses=(PARSE,)))

    def _videos_of(self, found: Sequence[Found]) -> dict[int, Video]:
        return self._store.videos.some({hit.item_id for hit in found})

    def _said_in(self, segments: Sequence[SegmentRow]) -> list[str]:
        """What is said during each of these segments."""
        line_ids = [self._videos.lines_between(each.video_id, each.start_ms, each.end_ms) for each in segments]
        lines = self._store.moments.spoken({each for ids in line_ids for each in ids})
        return [
            " ".join(text for each in ids if each in lines and (text := lines[each].text.strip())) for ids in line_ids
        ]


def _is_same(hit: Found, video_id: int, start_ms: int) -> bool:
    """Whether a row is still what was found: footage may have been indexed again meanwhile."""
    return (hit.item_id, hit.start_ms) == (video_id, start_ms)
