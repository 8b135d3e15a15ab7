"""The entries of an answer as rows: grouped by clip with a cap, a line at the floor, and what was opened."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass

from desktop_search.core.arranging import Entry, Known, Sort, clip_of, entries, in_order
from desktop_search.core.hits import Found

BELOW = "below"  # the key of the line at the floor
PER_CLIP_DEFAULT, PER_CLIP_MAX = 3, 50


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How the list is shown; kept between runs.

    Attributes:
        per_clip: with how many rows a clip begins, 1 to `PER_CLIP_MAX`, where it is grouped.
        is_grouped: the rows of a clip follow one another, and the rest of a long clip waits to be opened.
        is_folded: near-duplicates and neighbours are one row.
        shows_below: rows below the floor are on show.
    """

    is_grid: bool = False
    sort: Sort = Sort.RELEVANCE
    is_grouped: bool = True
    per_clip: int = PER_CLIP_DEFAULT
    is_folded: bool = True
    shows_below: bool = True


@dataclass(frozen=True, slots=True)
class MomentRow:
    """A moment or an image. `is_inner`: it belongs to the entry above, which was opened."""

    found: Found
    entry: Entry
    is_inner: bool = False
    is_below: bool = False

    @property
    def key(self) -> Hashable:
        """By which the row is known when everything is arranged anew."""
        return self.found


@dataclass(frozen=True, slots=True)
class Opener:
    """Shows or hides rows: the rest of a clip, or what is below the floor (`clip_name` is "" then).

    Attributes:
        key: `BELOW`, or what the rows of the clip have in common.
        count: how many entries it shows or hides.
    """

    key: Hashable
    count: int
    is_open: bool
    clip_name: str = ""
    is_below: bool = False


Row = MomentRow | Opener


def rows(
    found: Sequence[Found],
    arrangement: Arrangement,
    floor: float,
    known: Known,
    opened: Collection[Hashable] = frozenset(),
) -> tuple[Row, ...]:
    """The rows. `found` comes best first; `opened` holds keys of openers of clips, and entries by their `found`.

    What has no score is never below the floor.
    """
    all_entries = entries(found, known, is_folded=arrangement.is_folded)
    above = [entry for entry in all_entries if not entry.found.is_below(floor)]
    below = [entry for entry in all_entries if entry.found.is_below(floor)]
    made = list(_arranged(above, arrangement, known, opened, below=False))
    if below:
        made.append(Opener(BELOW, len(below), arrangement.shows_below, is_below=True))
        if arrangement.shows_below:
            made += _arranged(below, arrangement, known, opened, below=True)
    return tuple(made)


def _arranged(
    best_first: Sequence[Entry], arrangement: Arrangement, known: Known, opened: Collection[Hashable], *, below: bool
) -> Iterator[Row]:
    ordered = in_order(best_first, arrangement.sort, known)
    if not arrangement.is_grouped:
        for entry in ordered:
            yield from _with_inner(entry, opened, below=below)
        return
    ranks = {id(entry): rank for rank, entry in enumerate(best_first)}
    clips: dict[Hashable, list[Entry]] = {}
    for entry in ordered:
        clips.setdefault(clip_of(entry.found), []).append(entry)
    for clip, group in clips.items():
        key = (clip, below)
        is_open = key in opened
        best = sorted(group, key=lambda entry: ranks[id(entry)])[: arrangement.per_clip]
        shown = {id(entry) for entry in (group if is_open else best)}
        for entry in group:
            if id(entry) in shown:
                yield from _with_inner(entry, opened, below=below)
        if len(group) > arrangement.per_clip:
            more = len(group) - arrangement.per_clip
            yield Opener(key, more, is_open, group[0].found.file_name, is_below=below)


def _with_inner(entry: Entry, opened: Collection[Hashable], *, below: bool) -> Iterator[Row]:
    yield MomentRow(entry.found, entry, is_below=below)
    if entry.found in opened:
        for found in entry.every[1:]:
            yield MomentRow(found, entry, is_inner=True, is_below=below)


def owner_of(row: Row) -> Hashable:
    """The key of the clip opener that a row belongs to, whether or not there is one."""
    return row.key if isinstance(row, Opener) else (clip_of(row.entry.found), row.is_below)
