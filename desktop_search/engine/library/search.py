"""Search by words: in what is seen, in what is said, in still images."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from desktop_search.engine.library.library import folder_of
from desktop_search.engine.ranking import WordCandidate, plan_query, rank_speech, rank_words
from desktop_search.engine.store.filters import Filters
from desktop_search.engine.store.rows import PARSE, Image, SegmentRow, SpokenLine, Video
from desktop_search.engine.store.store import Store

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Moment:
    """A hit in a video. `segment` is set for what is seen; `text` is what is said there, "" when nothing is."""

    video: Video
    start_ms: int
    end_ms: int
    score: float
    text: str = ""
    segment: SegmentRow | None = None


@dataclass(frozen=True, slots=True)
class ImageMatch:
    """A still image that was found."""

    image: Image
    score: float


class Search:
    """Everything here is read-only and safe from any thread. Hits come best first."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def seen(self, query: str, filters: Filters, *, floor: float, limit: int) -> list[Moment]:
        """Segments by what is seen and written in them, and by their file's name, folder and tags."""
        plan = plan_query(query)
        videos = self._searchable(filters)
        segments = self._store.moments.candidates(videos, plan.look_terms, plan.stems)
        candidates = [_candidate(segment, videos[segment.video_id]) for segment in segments]
        scored = list(zip(rank_words(plan, candidates), segments, strict=True))
        chosen = _best(scored, floor, limit, key=lambda segment: (-segment.video_id, segment.start_ms))
        lines = self._lines_by_video({segment.video_id for _, segment in chosen})
        return [
            Moment(
                videos[segment.video_id],
                segment.start_ms,
                segment.end_ms,
                score,
                said_between(lines.get(segment.video_id, []), segment.start_ms, segment.end_ms),
                segment,
            )
            for score, segment in chosen
        ]

    def said(self, query: str, filters: Filters, *, floor: float, limit: int) -> list[Moment]:
        """Utterances by their words."""
        videos = self._searchable(filters)
        lines = self._store.moments.spoken(videos)
        scored = list(zip(rank_speech(query, [line.text for line in lines]), lines, strict=True))
        chosen = _best(scored, floor, limit, key=lambda line: (-line.video_id, line.start_ms))
        return [Moment(videos[line.video_id], line.start_ms, line.end_ms, score, line.text) for score, line in chosen]

    def images(self, query: str, filters: Filters, *, floor: float, limit: int) -> list[ImageMatch]:
        """Still images by what is seen and written in them, their name and tags."""
        found = self._store.images.candidates(replace(_indexed(filters), video_ids=None))
        scores = rank_words(query, [words for _, words in found])
        scored = list(zip(scores, [image for image, _ in found], strict=True))
        return [
            ImageMatch(image, score) for score, image in _best(scored, floor, limit, key=lambda image: -image.image_id)
        ]

    def _searchable(self, filters: Filters) -> dict[int, Video]:
        return self._store.videos.matching(_indexed(filters))

    def _lines_by_video(self, video_ids: set[int]) -> dict[int, list[SpokenLine]]:
        by_video: dict[int, list[SpokenLine]] = {}
        for line in self._store.moments.spoken(video_ids):
            by_video.setdefault(line.video_id, []).append(line)
        return by_video


def said_between(lines: Sequence[SpokenLine], start_ms: int, end_ms: int) -> str:
    """What is said within a span; `lines` in the order of their start."""
    upto = bisect_left(lines, end_ms, key=lambda line: line.start_ms)
    texts = [line.text.strip() for line in lines[:upto] if line.end_ms > start_ms or line.start_ms >= start_ms]
    return " ".join(text for text in texts if text)


def _best(scored: list[tuple[float, T]], floor: float, limit: int, key: Callable[[T], Any]) -> list[tuple[float, T]]:
    """What matches at all and reaches the floor, best first; `key` orders equals, so that answers repeat exactly."""
    passed = [(score, item) for score, item in scored if score > 0 and score >= floor]
    return sorted(passed, key=lambda pair: (-pair[0], key(pair[1])))[:limit]


def _candidate(segment: SegmentRow, video: Video) -> WordCandidate:
    return WordCandidate(segment.words, segment.screen_text, video.name, folder_of(video), video.tags)


def _indexed(filters: Filters) -> Filters:
    return replace(filters, statuses=(PARSE,))
