"""Searches that are remembered: asked lately, and kept under a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from desktop_search.core.findings import Findings
from desktop_search.core.hits import Found, Hit, ImageHit
from desktop_search.core.query import SearchQuery

RECENT_MAX = 100
NAME_MAX = 100  # characters

FoundKey = tuple[str, str, str, int]
"""`(library_id, namespace, id of the video or image, start in ms)`: one found thing, from one answer to the next."""


@dataclass(frozen=True, slots=True)
class RecentSearch:
    """A search that was asked; `asked_ms` is a UTC instant."""

    search_id: int
    query: SearchQuery
    asked_ms: int


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search under a name.

    Attributes:
        library_ids: the libraries that it asks; all of the user's when empty.
        seen: what it found when the user looked at its answer last.
        fresh: what it found since then and not before.
        looked_ms, counted_ms: UTC instants of the last look, and of the last time that `fresh` was found out.
    """

    search_id: int
    name: str
    query: SearchQuery
    library_ids: tuple[str, ...]
    seen: frozenset[FoundKey] = frozenset()
    fresh: frozenset[FoundKey] = frozenset()
    looked_ms: int = 0
    counted_ms: int = 0


def keys_of(findings: Findings, floor: float = 0.0) -> frozenset[FoundKey]:
    """Everything that the libraries have found, to be told from what they find later; without what scores
    lower than `floor`.
    """
    answers = (part.answer for part in findings.asked if part.answer is not None)
    found: Iterable[Found] = chain.from_iterable(chain(answer.hits, answer.images) for answer in answers)
    return frozenset(_key(each) for each in found if not each.is_below(floor))


def fresh_after(saved: SavedSearch, findings: Findings) -> frozenset[FoundKey]:
    """What is new by these answers; what is new in libraries that have not answered stays as it was known."""
    answered = {part.library.library_id for part in findings.asked if part.answer is not None}
    return frozenset(key for key in saved.fresh if key[0] not in answered) | (
        keys_of(findings, saved.query.floor) - saved.seen
    )


def _key(found: Hit | ImageHit) -> FoundKey:
    if isinstance(found, ImageHit):
        return found.library_id, found.namespace, found.image_id, 0
    return found.library_id, found.namespace, found.video_no, found.start_ms
