"""Several result lists as one: fused by rank, the same moment merged, moments taken away, and moments that follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_search.core.hits import ClipKey, Hit

_RANK_OFFSET = 60  # of reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009)
THEN_WITHIN_MS = 20_000


def fuse(lists: Sequence[Sequence[Hit]], limit: int, floor: float = 0.0) -> tuple[Hit, ...]:
    """Best first, by the sum of reciprocal ranks; hits of several lists at the same moment become one.

    What scores lower than `floor` comes last, whatever its ranks: it must not take the place of what is close enough.

    A merged hit has the in and out of the one that ranked better, all scopes and libraries that found it, and the
    better score. Footage of one original is the same footage, in whatever libraries it is.
    """
    if len(lists) == 1:
        return tuple(sorted(lists[0], key=lambda hit: hit.is_below(floor))[:limit])
    merged: list[tuple[Hit, float]] = []
    by_footage: dict[ClipKey | Path, list[int]] = defaultdict(list)
    ranked = sorted(
        ((rank, number, hit) for number, hits in enumerate(lists) for rank, hit in enumerate(hits, 1)),
        key=lambda entry: entry[:2],
    )
    seen_in: dict[int, set[int]] = defaultdict(set)
    for rank, number, hit in ranked:
        weight = 1 / (_RANK_OFFSET + rank)
        places = by_footage[hit.original or hit.clip]
        same = next((at for at in places if number not in seen_in[at] and _is_same_moment(merged[at][0], hit)), None)
        if same is None:
            same = len(merged)
            places.append(same)
            merged.append((hit, weight))
        else:
            best, sum_of_ranks = merged[same]
            merged[same] = (_together(best, hit), sum_of_ranks + weight)
        seen_in[same].add(number)
    merged.sort(key=lambda entry: (entry[0].is_below(floor), -entry[1]))
    return tuple(hit for hit, _weight in merged[:limit])


def without(hits: Iterable[Hit], taken: Iterable[Hit]) -> tuple[Hit, ...]:
    """The hits at whose moment none of `taken` is."""
    by_clip: dict[ClipKey, list[Hit]] = defaultdict(list)
    for hit in taken:
        by_clip[hit.clip].append(hit)
    return tuple(hit for hit in hits if not any(_overlap_ms(hit, other) > 0 for other in by_clip[hit.clip]))


def followed_by(firsts: Sequence[Hit], seconds: Sequence[Hit], within_ms: int = THEN_WITHIN_MS) -> tuple[Hit, ...]:
    """The first moments after which one of the second begins in the same clip within `within_ms`, in their order.

    Each reaches from its own start to the end of the nearest second one.
    """
    by_clip: dict[ClipKey, list[Hit]] = defaultdict(list)
    for hit in sorted(seconds, key=lambda hit: hit.start_ms):
        by_clip[hit.clip].append(hit)
    found = []
    for first in firsts:
        later = (
            hit
            for hit in by_clip[first.clip]
            if hit.start_ms > first.start_ms and hit.start_ms - first.out_ms <= within_ms
        )
        if (second := next(later, None)) is not None:
            said, read = (
                " … ".join(filter(None, dict.fromkeys(words)))
                for words in ((first.excerpt, second.excerpt), (first.read, second.read))
            )
            found.append(replace(first, end_ms=max(first.out_ms, second.out_ms), excerpt=said, read=read))
    return tuple(found)


def _together(best: Hit, other: Hit) -> Hit:
    scopes = dict.fromkeys((*best.also_found_by, *((other.found_by,) if other.found_by else ()), *other.also_found_by))
    scores = [score for score in (best.score, other.score) if score is not None]
    return replace(
        best,
        score=max(scores, default=None),
        excerpt=best.excerpt or other.excerpt,
        read=best.read or other.read,
        keyframe=best.keyframe or (other.keyframe if other.library_id == best.library_id else None),
        also_found_by=tuple(scope for scope in scopes if scope is not best.found_by),
        found_in=tuple(dict.fromkeys((*best.found_in, *other.found_in))),
    )


def _is_same_moment(one: Hit, other: Hit) -> bool:
    """Whether they share at least half of the shorter of them."""
    shorter = min(one.out_ms - one.start_ms, other.out_ms - other.start_ms)
    return _overlap_ms(one, other) * 2 >= max(shorter, 1)


def _overlap_ms(one: Hit, other: Hit) -> int:
    return min(one.out_ms, other.out_ms) - max(one.start_ms, other.start_ms)
