"""Searches for moments and images in which certain people are."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from desktop_search.engine.library.search import ImageMatch, Moment, Search
from desktop_search.engine.store.filters import Filters
from desktop_search.engine.store.rows import PARSE, SegmentRow
from desktop_search.engine.store.store import Store

_ASKED_MAX = 10_000  # of the best hits, those with the people in them are given


class SearchWithPeople:
    """The same searches as `Search`, within the segments and images that all of these people are in."""

    def __init__(self, store: Store, search: Search) -> None:
        self._store, self._search = store, search

    def images(
        self, query: str, names: Iterable[str], filters: Filters, *, floor: float, limit: int
    ) -> list[ImageMatch]:
        """Images in which they are; without words all of them, the newest first."""
        within = self._store.people.images_with(names)
        if query:
            hits = self._search.images(query, filters, floor=floor, limit=max(limit, _ASKED_MAX))
            return [hit for hit in hits if hit.image.image_id in within][:limit]
        allowed = within & set(self._store.images.matching(replace(filters, statuses=(PARSE,), video_ids=None)))
        images = {image.image_id: image for image, _words, _text in self._store.images.some(allowed)}
        return [ImageMatch(images[each], 1.0) for each in sorted(images, reverse=True)][:limit]

    def seen(self, query: str, names: Iterable[str], filters: Filters, *, floor: float, limit: int) -> list[Moment]:
        """What is seen while they are there; without words every such segment, the newest video first."""
        within = self._store.people.segments_with(names)
        segments = self._store.moments.segments(within)
        allowed = self._in_their_videos(filters, segments)
        if not query:
            return self._all_of(segments, allowed)[:limit]
        hits = self._search.seen(query, allowed, floor=floor, limit=max(limit, _ASKED_MAX))
        return [hit for hit in hits if hit.segment is not None and hit.segment.segment_id in within][:limit]

    def said(self, query: str, names: Iterable[str], filters: Filters, *, floor: float, limit: int) -> list[Moment]:
        """What is said while they are there; nothing without words."""
        if not query:
            return []
        segments = self._store.moments.segments(self._store.people.segments_with(names))
        spans: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for each in sorted(segments.values(), key=lambda segment: segment.start_ms):
            spans[each.video_id].append((each.start_ms, each.end_ms))
        hits = self._search.said(
            query, self._in_their_videos(filters, segments), floor=floor, limit=max(limit, _ASKED_MAX)
        )
        return [hit for hit in hits if _meets(spans[hit.video.video_id], hit)][:limit]

    def _in_their_videos(self, filters: Filters, segments: dict[int, SegmentRow]) -> Filters:
        videos = {each.video_id for each in segments.values()}
        wanted = videos if filters.video_ids is None else videos & set(filters.video_ids)
        return replace(filters, video_ids=tuple(sorted(wanted)))

    def _all_of(self, segments: dict[int, SegmentRow], filters: Filters) -> list[Moment]:
        ids = set(self._store.videos.matching(replace(filters, statuses=(PARSE,))))
        videos = self._store.videos.some(ids)
        ordered = sorted(segments.values(), key=lambda each: (-each.video_id, each.start_ms))
        return [
            Moment(videos[each.video_id], each.start_ms, each.end_ms, 1.0, "", each)
            for each in ordered
            if each.video_id in videos
        ]


def _meets(spans: list[tuple[int, int]], hit: Moment) -> bool:
    """Whether a hit reaches into one of these spans, which are in order and do not overlap."""
    place = bisect_left(spans, (hit.end_ms, 0))
    return place > 0 and spans[place - 1][1] > hit.start_ms
