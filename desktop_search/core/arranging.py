"""What was found as the entries of a list: neighbours merged, duplicates folded, sorted. Pure; nothing is lost by it.

An entry is told by its best moment, with that one's in and out; the others are kept with it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from desktop_search.core.hits import ClipKey, Found, Hit, ImageHit

GAP_MS = 1500  # services tell whole seconds, and leave one out between moments that follow one another
MERGED_MAX_MS = 20_000  # whoever jumps to the best of them is near the others


class Sort(StrEnum):
    """In which order; the value is what the preferences keep."""

    RELEVANCE = "relevance"
    TAKEN = "taken"
    NAME = "name"
    POSITION = "position"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known besides the answer.

    Attributes:
        fingerprints: of the file that a clip was made from, by clip.
        taken_ms: when a clip was captured, as a UTC instant, by clip.
        look_groups: which moments look nearly the same, as told by their pictures: those with the same value.
    """

    fingerprints: Mapping[ClipKey, str] = field(default_factory=dict)
    taken_ms: Mapping[ClipKey, int] = field(default_factory=dict)
    look_groups: Mapping[Hashable, Hashable] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """A moment or an image, and what it stands for besides.

    Attributes:
        found: the best of all.
        beside: those next to it in the same shot, by time.
        copies: those that show the same in other footage, or nearly the same.
    """

    found: Found
    beside: tuple[Hit, ...] = ()
    copies: tuple[Found, ...] = ()

    @property
    def every(self) -> tuple[Found, ...]:
        """All of it, the best first."""
        return (self.found, *self.beside, *self.copies)


def entries(found: Sequence[Found], known: Known, *, is_folded: bool) -> tuple[Entry, ...]:
    """The entries, best first. Without folding each moment is one."""
    if not is_folded:
        return tuple(Entry(each) for each in found)
    return folded(merged(found, known.look_groups), known)


def merged(found: Sequence[Found], look_groups: Mapping[Hashable, Hashable]) -> tuple[Entry, ...]:
    """Moments of one clip that overlap, or are next to each other in one shot, as one entry at the place of the best.

    What is seen begins and ends where the picture changes: two such moments that only touch are one shot only if they
    look the same.
    """
    by_clip: dict[ClipKey, list[tuple[int, Hit]]] = defaultdict(list)
    alone = [(rank, Entry(each)) for rank, each in enumerate(found) if isinstance(each, ImageHit)]
    for rank, hit in enumerate(found):
        if isinstance(hit, Hit):
            by_clip[hit.clip].append((rank, hit))
    for hits in by_clip.values():
        alone += [_as_entry(run) for run in _runs(hits, look_groups)]
    return tuple(entry for _rank, entry in sorted(alone, key=lambda each: each[0]))


def _runs(hits: list[tuple[int, Hit]], look_groups: Mapping[Hashable, Hashable]) -> Iterable[list[tuple[int, Hit]]]:
    hits.sort(key=lambda each: (each[1].start_ms, _end_ms(each[1])))
    run = [hits[0]]
    start_ms = hits[0][1].start_ms
    last = hits[0][1]  # the one that ends last
    for rank, hit in hits[1:]:
        is_near = max(_end_ms(hit), _end_ms(last)) - start_ms <= MERGED_MAX_MS
        if is_near and _is_one_shot(last, hit, look_groups):
            run.append((rank, hit))
        else:
            yield run
            run, start_ms, last = [(rank, hit)], hit.start_ms, hit
        last = max(last, hit, key=_end_ms)
    yield run


def _is_one_shot(before: Hit, after: Hit, look_groups: Mapping[Hashable, Hashable]) -> bool:
    gap_ms = after.start_ms - _end_ms(before)
    if gap_ms < 0:
        return True
    if gap_ms > GAP_MS or is_spoken(before) != is_spoken(after):
        return False
    return is_spoken(before) or (before in look_groups and look_groups[before] == look_groups.get(after))


def _as_entry(run: list[tuple[int, Hit]]) -> tuple[int, Entry]:
    best_rank, best = min(run, key=lambda each: each[0])
    return best_rank, Entry(best, beside=tuple(hit for rank, hit in run if rank != best_rank))


def folded(merged_entries: Sequence[Entry], known: Known) -> tuple[Entry, ...]:
    """Entries that show the same as a better one, folded into it: the same moment of files with the same content, or
    pictures that look nearly alike. What is said is never folded by its look: a face may say anything.
    """
    kept: list[Entry] = []
    by_content: dict[str, list[int]] = defaultdict(list)
    by_look: dict[Hashable, int] = {}
    for entry in merged_entries:
        content = known.fingerprints.get(entry.found.clip, "") if isinstance(entry.found, Hit) else ""
        look = None if is_spoken(entry.found) else known.look_groups.get(entry.found)
        same = next((at for at in by_content[content] if _is_same_moment(kept[at], entry)), None) if content else None
        if same is None and look is not None:
            same = by_look.get(look)
        if same is not None:
            kept[same] = replace(kept[same], copies=(*kept[same].copies, *entry.every))
            continue
        if content:
            by_content[content].append(len(kept))
        if look is not None:
            by_look[look] = len(kept)
        kept.append(entry)
    return tuple(kept)


def _is_same_moment(kept: Entry, entry: Entry) -> bool:
    one, other = kept.found, entry.found
    if not isinstance(one, Hit) or not isinstance(other, Hit) or one.clip == other.clip:
        return False
    overlap_ms = min(one.out_ms, other.out_ms) - max(one.start_ms, other.start_ms)
    shorter_ms = min(one.out_ms - one.start_ms, other.out_ms - other.start_ms)
    return overlap_ms * 2 >= max(shorter_ms, 1)


def is_spoken(found: Found) -> bool:
    """Whether it was found, also, by what is said there."""
    return isinstance(found, Hit) and found.is_spoken


def in_order(listed: Sequence[Entry], sort: Sort, known: Known) -> tuple[Entry, ...]:
    """Entries, which come best first, in another order. What is not known comes last, and ties stay best first.

    By capture time: the newest first, each clip from its start on. By position: clips with better moments first, each
    from its start on.
    """
    if sort is Sort.RELEVANCE:
        return tuple(listed)
    keys: dict[Sort, Callable[[Entry], tuple[object, ...]]] = {
        Sort.NAME: lambda entry: _natural(entry.found.name),
        Sort.TAKEN: lambda entry: _time_key(entry.found, known.taken_ms),
        Sort.POSITION: _position_key(listed),
    }
    return tuple(sorted(listed, key=keys[sort]))


def clip_of(found: Found) -> Hashable:
    """What moments of one clip have in common; parts of one file that was split for a library are one clip."""
    if isinstance(found, ImageHit):
        return (found.library_id, found.namespace, found.image_id)
    return found.clip if found.original is None else (found.library_id, found.original)


def taken_ms_of(found: Found, taken_ms: Mapping[ClipKey, int]) -> int | None:
    """When its clip or picture was captured, as a UTC instant in ms; `None` where nobody knows."""
    return found.taken_ms if isinstance(found, ImageHit) else taken_ms.get(found.clip)


def _time_key(found: Found, taken_ms: Mapping[ClipKey, int]) -> tuple[object, ...]:
    taken = taken_ms_of(found, taken_ms)
    return (1, 0, 0) if taken is None else (0, -taken, found.start_ms if isinstance(found, Hit) else 0)


def _position_key(listed: Sequence[Entry]) -> Callable[[Entry], tuple[object, ...]]:
    clips: dict[Hashable, int] = {}
    for entry in listed:
        clips.setdefault(clip_of(entry.found), len(clips))
    return lambda entry: (
        clips[clip_of(entry.found)],
        entry.found.start_ms if isinstance(entry.found, Hit) else 0,
    )


def _natural(name: str) -> tuple[object, ...]:
    """Words and numbers of a name in turns, so that take 2 comes before take 10."""
    parts = re.split(r"(\d{1,18})", name.casefold())
    return tuple(int(part) if number % 2 else part for number, part in enumerate(parts))


def _end_ms(hit: Hit) -> int:
    """Where a library says no end, a moment ends where it begins: nothing is merged over what nobody said."""
    return hit.start_ms if hit.end_ms is None else max(hit.start_ms, hit.end_ms)
