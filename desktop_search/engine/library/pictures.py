"""Search by picture: frames of videos that look like it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np

from desktop_search.engine.indexing.results import Vector
from desktop_search.engine.ranking import picture_scores
from desktop_search.engine.store.filters import Filters
from desktop_search.engine.store.rows import PARSE, SegmentRow, Video
from desktop_search.engine.store.store import Store

FRAMES_MAX = 1000  # the contract has no top_k here; one still shot can be thousands of like frames


@dataclass(frozen=True, slots=True)
class FrameMatch:
    """A frame that was found, and the segment it is in."""

    video: Video
    at_ms: int
    score: float
    segment: SegmentRow | None


def like_picture(store: Store, picture: Vector, namespace: str, similarity: float) -> list[FrameMatch]:
    """Frames at least that similar, best first."""
    videos = store.videos.matching(Filters(namespace, statuses=(PARSE,)))
    found: list[tuple[float, int, int]] = []
    for marks in store.moments.marks(videos):
        if marks.vectors.shape[1] != len(picture):  # indexed by an older version, and waiting to be indexed again
            continue
        scores = picture_scores(picture, marks.vectors)
        rows = np.flatnonzero(scores >= similarity)
        found += [(float(scores[row]), marks.video_id, int(marks.times_ms[row])) for row in rows]
    found.sort(key=lambda hit: (-hit[0], -hit[1], hit[2]))
    del found[FRAMES_MAX:]
    segments = {video_id: store.moments.segments(video_id) for video_id in {hit[1] for hit in found}}
    return [
        FrameMatch(videos[video_id], at_ms, min(score, 1.0), _segment_at(segments[video_id], at_ms))
        for score, video_id, at_ms in found
    ]


def _segment_at(segments: list[SegmentRow], at_ms: int) -> SegmentRow | None:
    place = bisect_right(segments, at_ms, key=lambda segment: segment.start_ms) - 1
    return segments[place] if place >= 0 else None
