"""Marks of what was found: read, changed for one or many, taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.catalog.marks import MarksTable
from desktop_search.core.hits import Hit, ImageHit
from desktop_search.core.marks import NO_MARK, Mark, Place, mark_at, places_of
from desktop_search.core.undoing import Step, UndoStack

Found = Hit | ImageHit


class Marks:
    """For one thread at a time. Every method raises `CatalogProblem` or `DiskFull`; then nothing was changed."""

    def __init__(self, catalog: Catalog) -> None:
        self._table, self._links = MarksTable(catalog), LocalFilesTable(catalog)
        self._undoing = UndoStack()

    def of(self, found: Iterable[Found]) -> dict[Found, Mark]:
        """The marks of those that have one."""
        places = self._places(found)
        kept = self._kept(places)
        there = ((each, mark_at(at, kept)) for each, at in places.items())
        return {each: mark[1] for each, mark in there if mark is not None}

    def tags(self) -> tuple[str, ...]:
        """Every tag that is in use."""
        return self._table.tags()

    def change(self, found: Iterable[Found], change: Callable[[Mark], Mark], words: str) -> None:
        """Give all of these the mark that `change` makes of theirs. `words` name it for undo."""
        places = self._places(found)
        known = self._kept(places)
        back: dict[Place, Mark] = {}
        for at in places.values():
            # Places of this very change count: the same moment may have been found twice, in two libraries.
            there = mark_at(at, known)
            place, mark = there or (at[0], NO_MARK)
            back.setdefault(place, mark)
            known.setdefault(place.source, {}).setdefault(place, mark)
        after = {place: change(mark) for place, mark in back.items()}
        if after != back:
            self._undoing.do(Step(words, partial(self._table.put, after), partial(self._table.put, back)))

    def undo(self) -> str:
        """Take the last change back: its words, "" where there is none."""
        return self._undoing.undo()

    def redo(self) -> str:
        """Make the change again that was taken back last: its words, "" where there is none."""
        return self._undoing.redo()

    def _kept(self, places: Mapping[Found, tuple[Place, ...]]) -> dict[str, dict[Place, Mark]]:
        return self._table.of({place.source for at in places.values() for place in at})

    def _places(self, found: Iterable[Found]) -> dict[Found, tuple[Place, ...]]:
        each_once = dict.fromkeys(found)
        fingerprints = self._links.fingerprints_of((each.library_id, _remote_id(each)) for each in each_once)
        return {each: places_of(each, fingerprints.get((each.library_id, _remote_id(each)), "")) for each in each_once}


def _remote_id(found: Found) -> str:
    return found.video_no if isinstance(found, Hit) else found.image_id
