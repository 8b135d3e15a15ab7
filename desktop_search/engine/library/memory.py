"""What searches go through, held in memory and kept up with the store while footage is indexed.

Words are kept in a file beside the record too, and used from there. Look vectors take `LOOKS_MAX_BYTES` at most; what
is beyond that is read from the disk at each search by picture.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any, TypeVar

import numpy as np

from desktop_search.engine.encoders.look_vector import VECTOR_DIM
from desktop_search.engine.encoders.looks import Looks
from desktop_search.engine.indexing.results import Vector
from desktop_search.engine.library.held_rows import Found, HeldRows
from desktop_search.engine.library.keeping_up import KeepingUp
from desktop_search.engine.library.library import API_TAG, folder_of
from desktop_search.engine.library.shelf import Shelf
from desktop_search.engine.library.snapshots import Snapshot
from desktop_search.engine.ranking import FileWords, LookMatrix, QueryPlan, SeenIndex, SpokenIndex, picture_scores
from desktop_search.engine.store.moments import Marks
from desktop_search.engine.store.rows import PARSE, SegmentRow, SpokenLine, Video
from desktop_search.engine.store.store import Store

LOOKS_MAX_BYTES = 512 * 1024**2  # 800 hours of footage
_WORDS_MERGED, _LOOKS_MERGED = 2**18, 2**16  # rows: a few tenths of a second
_LEAST = 0.0001  # the lowest score there is above nothing
Row = TypeVar("Row", SegmentRow, SpokenLine)


class VideoMemory:
    """What is seen and said in videos, and how their frames look. Safe from any thread; hits come best first.

    Searches look only at the videos they are told to.
    """

    def __init__(self, store: Store, *, looks_max_bytes: int = LOOKS_MAX_BYTES) -> None:
        self.words, self.looks = VideoWords(store), VideoLooks(store, looks_max_bytes)

    def seen(self, plan: QueryPlan, video_ids: Iterable[int], *, floor: float, limit: int) -> list[Found]:
        """Segments by what is seen and written in them, and by their file's name, folder and tags."""
        with self.words.kept_up() as words:
            return words.segments.best(lambda index: index.scores(plan), video_ids, max(floor, _LEAST), limit)

    def said(self, query: str, video_ids: Iterable[int], *, floor: float, limit: int) -> list[Found]:
        """Utterances by their words."""
        with self.words.kept_up() as words:
            return words.lines.best(lambda index: index.scores(query), video_ids, max(floor, _LEAST), limit)

    def alike(self, picture: Vector, video_ids: Collection[int], *, similarity: float, limit: int) -> list[Found]:
        """Marked frames that look like a picture. Their `row_id` means nothing."""
        with self.looks.kept_up() as looks:
            found = looks.marks.best(lambda index: index.scores(picture), video_ids, similarity, limit)
            on_disk = looks.on_disk.intersection(video_ids)
        for marks in looks.read(on_disk):
            found += _alike_in(marks, picture, similarity)
        self.words.keep_up()  # they will be asked in which segments these are
        return sorted(found, key=lambda hit: (-hit.score, -hit.item_id, hit.start_ms))[:limit]

    def segment_at(self, video_id: int, at_ms: int) -> int | None:
        """The id of the segment that is on screen at a time."""
        with self.words.lock:
            return next(reversed(self.words.segments.between(video_id, at_ms, at_ms + 1)), None)

    def lines_between(self, video_id: int, start_ms: int, end_ms: int) -> list[int]:
        """The ids of the utterances within a span, in order."""
        with self.words.lock:
            return self.words.lines.between(video_id, start_ms, end_ms)


class VideoWords(KeepingUp):
    """What is seen and said in videos. A segment takes about 150 bytes, a sentence about 90."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.segments, self.lines = Shelf(SeenIndex, _WORDS_MERGED), Shelf(SpokenIndex, _WORDS_MERGED)
        shelves: dict[str, Shelf[Any]] = {"segments": self.segments, "lines": self.lines}
        super().__init__(store.video_word_changes, store.videos.searchable, shelves, _snapshot(store, "videos"))

    def _take_in(self, item_ids: list[int]) -> None:
        moments = self._store.moments
        videos = {each.video_id: each for each in self._store.videos.some(item_ids).values() if each.status == PARSE}
        segments, lines = _by_video(moments.segments_of(videos)), _by_video(moments.spoken_in(videos))
        seen, spoken = SeenIndex(), SpokenIndex()
        for video_id, video in videos.items():
            seen.add(_words_of(video), ((each.words, each.screen_text) for each in segments[video_id]))
            for line in lines[video_id]:
                spoken.add(line.text)
        self.segments.add(
            HeldRows.of(
                (each, [(one.segment_id, one.start_ms, one.end_ms) for one in segments[each]]) for each in videos
            ),
            seen,
        )
        self.lines.add(
            HeldRows.of((each, [(one.line_id, one.start_ms, one.end_ms) for one in lines[each]]) for each in videos),
            spoken,
        )


class VideoLooks(KeepingUp):
    """How the marked frames of videos look. `on_disk` are those that there was no room for."""

    def __init__(self, store: Store, max_bytes: int) -> None:
        self._store, self._max_rows = store, max_bytes // VECTOR_DIM
        self.marks = Shelf(lambda: LookMatrix(VECTOR_DIM), _LOOKS_MERGED)
        self.on_disk: set[int] = set()
        super().__init__(store.video_word_changes, store.videos.searchable, {"marks": self.marks})

    def read(self, video_ids: Iterable[int]) -> Iterator[Marks]:
        """The marks of videos that are on the disk alone."""
        return (marks for marks in self._store.moments.marks(video_ids) if marks.looks.dim == VECTOR_DIM)

    def _take_in(self, item_ids: list[int]) -> None:
        self.on_disk.difference_update(item_ids)
        files, looks = [], list[Looks]()
        rows = self.marks.rows
        for marks in self.read(item_ids):  # others were indexed by an older version, and wait for their turn
            if rows + len(marks.looks) > self._max_rows:
                self.on_disk.add(marks.video_id)
                continue
            rows += len(marks.looks)
            looks.append(marks.looks)
            files.append((marks.video_id, [(0, at_ms, at_ms) for at_ms in marks.times_ms.tolist()]))
        self.marks.add(HeldRows.of(files), LookMatrix(VECTOR_DIM, looks))


class ImageMemory(KeepingUp):
    """What is seen in still images. Safe from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.images = Shelf(SeenIndex, _WORDS_MERGED)
        shelves = {"images": self.images}
        super().__init__(store.image_word_changes, store.images.searchable, shelves, _snapshot(store, "images"))

    def seen(self, plan: QueryPlan, image_ids: Iterable[int], *, floor: float, limit: int) -> list[Found]:
        """Images by what is seen and written in them, and by their name and tags; best first, of those ids alone."""
        with self.kept_up():
            return self.images.best(lambda index: index.scores(plan), image_ids, max(floor, _LEAST), limit)

    def _take_in(self, item_ids: list[int]) -> None:
        files, seen = [], SeenIndex()
        for image, words, screen_text in self._store.images.some(item_ids):
            if image.status == PARSE:
                seen.add(FileWords(image.name, tags=_own(image.tags)), [(words, screen_text)])
                files.append((image.image_id, [(image.image_id, 0, 0)]))
        self.images.add(HeldRows.of(files), seen)


def _snapshot(store: Store, name: str) -> Snapshot:
    return Snapshot(store.database.file.with_name("cache") / f"{name}.words", store.identity)


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
    scores = picture_scores(picture, marks.looks.vectors)
    return [
        Found(float(scores[row]), marks.video_id, 0, int(marks.times_ms[row]))
        for row in np.flatnonzero(scores >= similarity)
    ]
