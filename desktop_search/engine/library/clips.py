"""Segments of one video by a picture and words together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desktop_search.engine.indexing.results import Vector
from desktop_search.engine.library.search import Search
from desktop_search.engine.ranking import picture_scores
from desktop_search.engine.ranking.clips import best_in_each, fused
from desktop_search.engine.store.filters import Filters
from desktop_search.engine.store.rows import SegmentRow, Video
from desktop_search.engine.store.store import Store


@dataclass(frozen=True, slots=True)
class ClipMatch:
    """A segment that was found."""

    segment: SegmentRow
    score: float


def clips_like(store: Store, search: Search, video: Video, picture: Vector, prompt: str) -> list[ClipMatch]:
    """All segments of an indexed video that look like the picture or meet the prompt, best first, then in order."""
    segments = list(store.moments.segments_of([video.video_id]))
    if not segments:
        return []
    alike = np.zeros(len(segments))
    starts_ms = np.array([segment.start_ms for segment in segments])
    for marks in store.moments.marks([video.video_id]):
        if marks.looks.dim == len(picture):  # else indexed by an older version, and waiting for its turn again
            alike = best_in_each(starts_ms, marks.times_ms, picture_scores(picture, marks.looks.vectors))
    filters = Filters(video.namespace, video_ids=(video.video_id,))
    met = search.seen(prompt, filters, floor=0.0, limit=len(segments))
    by_id = {hit.segment.segment_id: hit.score for hit in met if hit.segment is not None}
    seen = np.array([by_id.get(segment.segment_id, 0.0) for segment in segments])
    found = [
        ClipMatch(segment, score)
        for segment, score in zip(segments, fused(alike, seen).tolist(), strict=True)
        if score > 0
    ]
    return sorted(found, key=lambda match: (-match.score, match.segment.start_ms))
