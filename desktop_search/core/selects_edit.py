"""From one state of some bins to another: only what differs, so that undoing much stays quick and small."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop_search.core.selects import Select

Bins = Mapping[int, Sequence[Select]]
"""What is in some bins, each in its order."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Attributes:
    put: selects that are new or changed.
    gone: ids of those that are no longer in any of the bins.
    orders: by bin, the ids of all that are in it, where they are others or in another order.
    """

    put: tuple[Select, ...] = ()
    gone: tuple[int, ...] = ()
    orders: Mapping[int, array[int]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.put or self.gone or self.orders)

    @property
    def weight(self) -> int:
        """How many things it holds; ids are small."""
        return len(self.put) + (len(self.gone) + sum(map(len, self.orders.values()))) // 10


def edit_between(before: Bins, after: Bins) -> Edit:
    """What makes the one of the other; both name the same bins, and every select has its id."""
    was = {one.select_id: one for selects in before.values() for one in selects}
    now = {one.select_id: one for selects in after.values() for one in selects}
    orders = {bin_id: _ids(selects) for bin_id, selects in after.items()}
    return Edit(
        tuple(one for number, one in now.items() if was.get(number) != one),
        tuple(number for number in was if number not in now),
        {bin_id: order for bin_id, order in orders.items() if order != _ids(before[bin_id])},
    )


def moved_by(there: Sequence[Select], chosen: frozenset[int], rows: int) -> list[Select]:
    """With the chosen ones together, so many rows further down, or up when negative."""
    first = next((row for row, one in enumerate(there) if one.select_id in chosen), 0)
    return _put_together(there, chosen, first + rows)


def moved_before(there: Sequence[Select], chosen: frozenset[int], row: int) -> list[Select]:
    """With the chosen ones together, before what is in this row now; the number of rows is the end."""
    return _put_together(there, chosen, sum(one.select_id not in chosen for one in there[:row]))


def with_new(there: Iterable[Select], new: Iterable[Select]) -> list[Select]:
    """With these at the end; one whose range is there already is not put there again."""
    ranges: dict[tuple[object, ...], Select] = {}
    kept = list(there)
    for one in kept:
        ranges.setdefault(_range_of(one), one)
    kept.extend(one for one in new if ranges.setdefault(_range_of(one), one) is one)
    return kept


def _put_together(there: Sequence[Select], chosen: frozenset[int], place: int) -> list[Select]:
    """The chosen ones in one run, behind so many of the others."""
    moving = [one for one in there if one.select_id in chosen]
    staying = [one for one in there if one.select_id not in chosen]
    place = max(0, min(len(staying), place))
    return [*staying[:place], *moving, *staying[place:]]


def _range_of(one: Select) -> tuple[object, ...]:
    return one.source, one.start_ms, one.end_ms


def _ids(selects: Iterable[Select]) -> array[int]:
    return array("q", (one.select_id for one in selects))
