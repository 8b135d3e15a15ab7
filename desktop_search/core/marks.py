"""What the user thinks of moments: stars, a note, tags, rejected; kept by the footage, not by a library's ids."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from desktop_search.core.hits import Hit, ImageHit

RATING_MAX = 5
NOTE_MAX_CHARS = 2000
TAG_MAX_CHARS = 100


@dataclass(frozen=True, slots=True)
class Mark:
    """`rating` is 0 for none, else 1 to 5. `note` is one line of plain text."""

    rating: int = 0
    note: str = ""
    tags: tuple[str, ...] = ()
    is_rejected: bool = False

    def rated(self, stars: int) -> Mark:
        """With so many stars. `ValueError` for more than there are."""
        if not 0 <= stars <= RATING_MAX:
            raise ValueError(f"A rating is 0 to {RATING_MAX}.")
        return replace(self, rating=stars)

    def noted(self, note: str) -> Mark:
        """With this note, cut at `NOTE_MAX_CHARS`; "" takes it away."""
        return replace(self, note=" ".join(note.split())[:NOTE_MAX_CHARS])

    def tagged(self, add: Iterable[str] = (), remove: Iterable[str] = ()) -> Mark:
        """With these tags more and those tags less; each once, in the order they came."""
        wanted = (" ".join(tag.split())[:TAG_MAX_CHARS] for tag in (*self.tags, *add))
        return replace(self, tags=tuple(dict.fromkeys(tag for tag in wanted if tag and tag not in set(remove))))

    def rejected(self, is_rejected: bool) -> Mark:
        """Rejected, or taken back."""
        return replace(self, is_rejected=is_rejected)


NO_MARK = Mark()


@dataclass(frozen=True, slots=True)
class Place:
    """A range of some footage. `source` names the footage; `start_ms` and `end_ms` count from its start."""

    source: str
    start_ms: int
    end_ms: int

    def shared_ms(self, other: Place) -> int:
        """How long both are, where they lie over each other; 0 where they are not the same moment.

        They are the same moment where they share at least half of each: so a long moment does not take the mark of a
        short one in it, nor the other way round.
        """
        if self.source != other.source:
            return 0
        shared = min(self.end_ms, other.end_ms) - max(self.start_ms, other.start_ms)
        longer = max(self.end_ms - self.start_ms, other.end_ms - other.start_ms)
        return shared if 2 * shared >= longer else 0


Kept = Mapping[str, Mapping[Place, Mark]]
"""Marks by their footage, then by their place."""


def places_of(found: Hit | ImageHit, fingerprint: str) -> tuple[Place, ...]:
    """Where marks of this may be kept, the best first: with the content, or with the library's id.

    `fingerprint` is that of the original on this computer, "" where there is none. What was marked while there was none
    is found by the library's id later too.
    """
    if isinstance(found, ImageHit):
        clip = Place(_clip_source(found.library_id, found.namespace, "image", found.image_id), 0, 1)
        return (Place(_content_source(fingerprint), 0, 1), clip) if fingerprint else (clip,)
    there = found.in_its_video
    clip = Place(_clip_source(*found.clip), there.start_ms, max(there.out_ms, there.start_ms + 1))
    if not fingerprint:
        return (clip,)
    return Place(_content_source(fingerprint), found.start_ms, max(found.out_ms, found.start_ms + 1)), clip


def nearest(place: Place, marks: Iterable[Place]) -> Place | None:
    """The place that is the same moment and shares most with this one."""
    return max((each for each in marks if place.shared_ms(each)), key=place.shared_ms, default=None)


def mark_at(places: Iterable[Place], kept: Kept) -> tuple[Place, Mark] | None:
    """The mark of something that may be kept at these places, the best first."""
    for place in places:
        marks = kept.get(place.source, {})
        found = nearest(place, marks)
        if found is not None:
            return found, marks[found]
    return None


@dataclass(frozen=True, slots=True)
class MarkFilter:
    """Which results are shown by their marks. `tag` is "" for any."""

    min_rating: int = 0
    tag: str = ""
    shows_rejected: bool = False

    def admits(self, mark: Mark) -> bool:
        """Whether something with this mark is shown."""
        if mark.is_rejected and not self.shows_rejected:
            return False
        return mark.rating >= self.min_rating and (not self.tag or self.tag in mark.tags)


def _content_source(fingerprint: str) -> str:
    return f"content:{fingerprint}"


def _clip_source(*ids: str) -> str:
    return f"clip:{json.dumps(ids)}"
