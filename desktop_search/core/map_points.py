"""Clips on the map, and those that lie close together as one. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from desktop_search.core.library_items import LibraryItem
from desktop_search.core.map_projection import Flat, flat_of
from desktop_search.core.places import Place
from desktop_search.core.query import ClipKey

_NEAR = 0.6  # of a cell: closer ones are drawn as one, though a cell's edge lies between them
_STRIP_LEVELS = 6  # a strip is so many times halved wider than a cell
_AROUND = ((1, 0), (0, 1), (1, 1), (-1, 1))


@dataclass(frozen=True, slots=True)
class PlacedClip:
    """A clip or image as far as map and time line know it. `taken_ms` is a UTC instant; what is not known is `None`."""

    clip: ClipKey
    name: str
    place: Place | None = None
    taken_ms: int | None = None
    item: LibraryItem | None = None


class Cluster(NamedTuple):
    """Clips that are drawn as one: where on the map, and how many of them are hits. Many are made at once."""

    at: Flat
    clips: tuple[PlacedClip, ...]
    hits: int

    @property
    def place(self) -> Place:
        """The place in their middle, where the first of them is if there is one alone."""
        found = [clip.place for clip in self.clips if clip.place is not None]
        return Place(
            round(sum(place.latitude for place in found) / len(found), 5),
            round(sum(place.longitude for place in found) / len(found), 5),
        )


class PointField:
    """All clips that have a place, gathered for any scale, strip by strip as they are looked at."""

    def __init__(self, clips: Iterable[PlacedClip] = (), hits: Collection[ClipKey] = ()) -> None:
        placed = [(flat_of(clip.place.latitude, clip.place.longitude), clip) for clip in clips if clip.place]
        placed.sort(key=lambda each: each[0])
        self.clips = tuple(clip for _at, clip in placed)
        self.points = [at for at, _clip in placed]
        self._wests = [x for x, _y in self.points]
        self._is_hit = [clip.clip in hits for clip in self.clips]
        self._strips: dict[tuple[int, int], list[Cluster]] = {}

    def clusters(self, level: int, left: float, right: float) -> list[Cluster]:
        """Those between two meridians of the map, west to east, where a cell is 1/2**level of the map wide."""
        strips = 1 << max(0, level - _STRIP_LEVELS)
        found: list[Cluster] = []
        for strip in range(max(0, int(left * strips)), min(strips, int(right * strips) + 1)):
            if (level, strip) not in self._strips:
                self._strips[level, strip] = sorted(
                    self._gathered(level, strip / strips, (strip + 1) / strips), key=lambda cluster: cluster.at
                )
            found += [each for each in self._strips[level, strip] if left <= each.at[0] <= right]
        return found

    def _gathered(self, level: int, left: float, right: float) -> Iterable[Cluster]:
        cells = 1 << level
        found: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        last = len(self.points) if right == 1 else bisect_left(self._wests, right)
        for number in range(bisect_left(self._wests, left), last):
            x, y = self.points[number]
            found[int(x * cells), int(y * cells)].append(number)
        middles = {cell: self._middle(numbers) for cell, numbers in found.items()}
        for cell in tuple(found):
            if cell in found:
                self._join_neighbours(cell, found, middles, _NEAR / cells)
        return [self._cluster(numbers, middles[cell]) for cell, numbers in found.items()]

    def _join_neighbours(
        self,
        cell: tuple[int, int],
        found: dict[tuple[int, int], list[int]],
        middles: dict[tuple[int, int], Flat],
        near: float,
    ) -> None:
        for right, down in _AROUND:
            other = cell[0] + right, cell[1] + down
            if other not in found:
                continue
            (x, y), (x2, y2) = middles[cell], middles[other]
            if (x - x2) ** 2 + (y - y2) ** 2 < near**2:
                found[cell] += found.pop(other)
                middles[cell] = self._middle(found[cell])

    def _middle(self, numbers: Sequence[int]) -> Flat:
        if len(numbers) == 1:
            return self.points[numbers[0]]
        points = [self.points[number] for number in numbers]
        return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)

    def _cluster(self, numbers: Sequence[int], at: Flat) -> Cluster:
        if len(numbers) == 1:
            return Cluster(at, (self.clips[numbers[0]],), int(self._is_hit[numbers[0]]))
        clips = tuple([self.clips[number] for number in numbers])
        return Cluster(at, clips, sum(self._is_hit[number] for number in numbers))
