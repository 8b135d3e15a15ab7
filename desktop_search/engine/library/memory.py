"""What searches go through, held in memory and kept up with the store while footage is indexed.

A segment takes about half a kilobyte, a sentence about a hundred bytes. Look vectors take `LOOKS_MAX_BYTES` at most;
what is beyond that is read from the disk at each search by picture.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TypeVar

import numpy as np

from desktop_search.engine.encoders.look_vector import VECTOR_DIM
from desktop_search.engine.indexing.results import Vector
from desktop_search.engine.library.held_rows import Found, HeldRows
from desktop_search.engine.library.keeping_up import KeepingUp
from desktop_search.engine.library.library import API_TAG, folder_of
from desktop_search.engine.ranking import FileWords, LookMatrix, QueryPlan, SeenIndex, SpokenIndex, picture_scores
from desktop_search.engine.store.moments import Marks
from desktop_search.engine.store.rows import PARSE, SegmentRow, SpokenLine, Video
from desktop_search.engine.store.store import Store

LOOKS_MAX_BYTES = 512 * 1024**2  # 200 hours of footage
Row = TypeVar("Row", SegmentRow, SpokenLine)


class VideoMemory(KeepingUp):
    """What is seen and said in videos. Safe from any thread; hits come best first.

    Searches look only at the videos they are told to.
    """

    def __init__(self, store: Store, *, looks_max_bytes: int = LOOKS_MAX_BYTES) -> None:
        super().__init__(store.video_word_changes, store.videos.searchable)
        self._store, self._looks_max = store, looks_max_bytes // (4 * VECTOR_DIM)
        self._begin()

    def seen(self, plan: QueryPlan, video_ids: Iterable[int], *, floor: float, limit: int) -> list[Found]:
        """Segments by what is seen and written in them, and by their file's name, folder and tags."""
        with self.lock:
            self.keep_up()
            scores = self._seen.scores(plan)
            passed = self._segments.of(video_ids) & (scores > 0) & (scores >= floor)
            return self._segments.best(scores, passed, limit)

    def said(self, query: str, video_ids: Iterable[int], *, floor: float, limit: int) -> list[Found]:
        """Utterances by their words."""
        with self.lock:
            self.keep_up()
            scores = self._spoken.scores(query)
            passed = self._lines.of(video_ids) & (scores > 0) & (scores >= floor)
            return self._lines.best(scores, passed, limit)

    def alike(self, picture: Vector, video_ids: Collection[int], *, similarity: float, limit: int) -> list[Found]:
        """Marked frames that look like a picture. Their `row_id` means nothing."""
        with self.lock:
            self.keep_up()
            scores = self._looks.scores(picture)
            passed = self._marks.of(video_ids) & (scores >= similarity)
            found = self._marks.best(scores, passed, limit)
            on_disk = self._on_disk.intersection(video_ids)
        for marks in self._store.moments.marks(on_disk):
            found += _alike_in(marks, picture, similarity)
        return sorted(found, key=lambda hit: (-hit.score, -hit.item_id, hit.start_ms))[:limit]

    def segment_at(self, video_id: int, at_ms: int) -> int | None:
        """The id of the segment that is on screen at a time."""
        with self.lock:
            return next(reversed(self._segments.between(video_id, at_ms, at_ms + 1)), None)

    def lines_between(self, video_id: int, start_ms: int, end_ms: int) -> list[int]:
        """The ids of the utterances within a span, in order."""
        with self.lock:
            return self._lines.between(video_id, start_ms, end_ms)

    def _begin(self) -> None:
        self._seen, self._segments = SeenIndex(), HeldRows()
        self._spoken, self._lines = SpokenIndex(), HeldRows()
        self._looks, self._marks = LookMatrix(VECTOR_DIM, self._looks_max), HeldRows()
        self._on_disk: set[int] = set()

    def _drop(self, item_id: int) -> None:
        for rows in (self._segments, self._lines, self._marks):
            rows.drop(item_id)
        self._on_disk.discard(item_id)

    def _take_in(self, item_ids: list[int]) -> None:
        moments = self._store.moments
        videos = {each.video_id: each for each in self._store.videos.some(item_ids).values() if each.status == PARSE}
        segments, lines = _by_video(moments.segments_of(videos)), _by_video(moments.spoken_in(videos))
        for video_id, video in videos.items():
            self._seen.add(_words_of(video), ((each.words, each.screen_text) for each in segments[video_id]))
            self._segments.add(video_id, ((each.segment_id, each.start_ms, each.end_ms) for each in segments[video_id]))
            for line in lines[video_id]:
                self._spoken.add(line.text)
            self._lines.add(video_id, ((each.line_id, each.start_ms, each.end_ms) for each in lines[video_id]))
        for marks in moments.marks(videos):
            self._take_looks(marks)

    def _take_looks(self, marks: Marks) -> None:
        if marks.vectors.shape[1] != VECTOR_DIM:  # indexed by an older version, and waiting to be indexed again
            return
        if self._looks.add(marks.vectors):
            self._marks.add(marks.video_id, ((0, int(at_ms), int(at_ms)) for at_ms in marks.times_ms))
        else:
            self._on_disk.add(marks.video_id)

    def _outdated(self) -> int:
        return self._segments.outdated

    def _held(self) -> int:
        return self._segments.files


class ImageMemory(KeepingUp):
    """What is seen in still images. Safe from any thread."""

    def __init__(self, store: Store) -> None:
        super().__init__(store.image_word_changes, store.images.searchable)
        self._store = store
        self._begin()

    def seen(self, plan: QueryPlan, image_ids: Iterable[int], *, floor: float, limit: int) -> list[Found]:
        """Images by what is seen and written in them, and by their name and tags; best first, of those ids alone."""
        with self.lock:
            self.keep_up()
            scores = self._seen.scores(plan)
            passed = self._rows.of(image_ids) & (scores > 0) & (scores >= floor)
            return self._rows.best(scores, passed, limit)

    def _begin(self) -> None:
        self._seen, self._rows = SeenIndex(), HeldRows()

    def _drop(self, item_id: int) -> None:
        self._rows.drop(item_id)

    def _take_in(self, item_ids: list[int]) -> None:
        for image, words, screen_text in self._store.images.some(item_ids):
            if image.status == PARSE:
                self._seen.add(FileWords(image.name, tags=_own(image.tags)), [(words, screen_text)])
                self._rows.add(image.image_id, [(image.image_id, 0, 0)])

    def _outdated(self) -> int:
        return self._rows.outdated

    def _held(self) -> int:
        return self._rows.files


def _words_of(video: Video) -> FileWords:
    return FileWords(video.name, folder_of(video), _own(video.tags))


def _own(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Without the mark that everything carries."""
    return tuple(tag for tag in tags if tag != API_TAG)


def _by_video(rows: Iterable[Row]) -> dict[int, list[Row]]:
    sorted_out: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        sorted_out[row.video_id].append(row)
    return sorted_out


def _alike_in(marks: Marks, picture: Vector, similarity: float) -> list[Found]:
    scores = picture_scores(picture, marks.vectors)
    return [
        Found(float(scores[row]), marks.video_id, 0, int(marks.times_ms[row]))
        for row in np.flatnonzero(scores >= similarity)
    ]
