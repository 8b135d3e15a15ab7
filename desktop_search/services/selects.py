"""Selects: taken, changed, sorted into bins; every change can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.catalog.selects import SelectsTable
from desktop_search.core.errors import FileProblem, RequestRejected
from desktop_search.core.handles import NO_HANDLES, Handles
from desktop_search.core.hits import Hit
from desktop_search.core.language import _, ngettext
from desktop_search.core.selects import BIN_NAME_MAX_CHARS, Bin, Select, select_of
from desktop_search.core.selects_edit import edit_between, with_new
from desktop_search.core.timecode import Timebase
from desktop_search.core.undoing import Step, UndoStack

Change = Callable[[tuple[Select, ...]], Sequence[Select]]
FileLook = Callable[[Path], tuple[Timebase, int]]


class Selects:
    """For one thread at a time. Every method raises `CatalogProblem` or `DiskFull`; then nothing was changed."""

    def __init__(self, catalog: Catalog, look: FileLook, fingerprint_of: Callable[[Path], str]) -> None:
        """`look` tells how a file of footage counts and how long it is, in ms; `fingerprint_of` names its content.

        Both raise `FileProblem` where it cannot be read.
        """
        self._table, self._links = SelectsTable(catalog), LocalFilesTable(catalog)
        self._look, self._fingerprint_of = look, fingerprint_of
        self._undoing = UndoStack()

    def bins(self) -> tuple[Bin, ...]:
        """All bins; there is always one."""
        return self._table.bins()

    def of(self, bin_id: int) -> tuple[Select, ...]:
        """What is in a bin, in its order."""
        return self._table.of(bin_id)

    def tags(self) -> tuple[str, ...]:
        """Every tag that is in use."""
        return self._table.tags()

    def take(self, hits: Iterable[Hit], bin_id: int, handles: Handles = NO_HANDLES) -> int:
        """Put these at the end of a bin, with their handles; one whose range is there already is not put there again.

        Returns how many are new.
        """
        hits = list(hits)
        known = self._links.fingerprints_of((hit.library_id, hit.video_no) for hit in hits)
        fingerprints = {hit.clip: known.get((hit.library_id, hit.video_no), "") for hit in hits}
        new = [self._of(hit, bin_id, fingerprints, handles) for hit in hits]
        there = self._table.of(bin_id)
        count = len(with_new(there, new)) - len(there)
        ids = self._table.reserve(count)
        words = ngettext("taking {count} range", "taking {count} ranges", count)
        self.change(bin_id, lambda there: _numbered(with_new(there, new), ids), words)
        return count

    def change(self, bin_id: int, make: Change, words: str) -> None:
        """Let a bin hold what `make` makes of what is in it; `words` name it for undo."""
        before = self._table.of(bin_id)
        self._edit({bin_id: before}, {bin_id: tuple(make(before))}, words)

    def move_to(self, ids: frozenset[int], from_id: int, to_id: int) -> None:
        """Move these to the end of another bin; a range that is there already leaves its old bin all the same."""
        source, target = self._table.of(from_id), self._table.of(to_id)
        moving = [replace(one, bin_id=to_id) for one in source if one.select_id in ids]
        after = {
            from_id: [one for one in source if one.select_id not in ids],
            to_id: with_new(target, moving),
        }
        words = ngettext("moving {count} range", "moving {count} ranges", len(moving))
        self._edit({from_id: source, to_id: target}, after, words)

    def copy_to(self, ids: frozenset[int], from_id: int, to_id: int) -> None:
        """Copy these to the end of another bin, as far as their ranges are not there."""
        copies = [replace(one, select_id=0, bin_id=to_id) for one in self._table.of(from_id) if one.select_id in ids]
        target = self._table.of(to_id)
        numbers = self._table.reserve(len(with_new(target, copies)) - len(target))
        words = ngettext("copying {count} range", "copying {count} ranges", len(copies))
        self._edit({to_id: target}, {to_id: _numbered(with_new(target, copies), numbers)}, words)

    def add_bin(self, name: str) -> Bin:
        """A new bin. Raises `RequestRejected` for a name that is none, or taken."""
        made = self._table.add_bin(self._good_name(name))
        put, remove = partial(self._table.put_bin, made), partial(self._table.remove_bin, made.bin_id)
        self._undoing.do(Step(_("making “{name}”").format(name=made.name), put, remove))
        return made

    def rename_bin(self, one: Bin, name: str) -> Bin:
        """The same bin with another name. Raises `RequestRejected`."""
        renamed = replace(one, name=self._good_name(name, one))
        put = self._table.put_bin
        words = _("renaming “{name}”").format(name=one.name)
        self._undoing.do(Step(words, partial(put, renamed), partial(put, one)))
        return renamed

    def remove_bin(self, one: Bin) -> None:
        """Remove a bin with all that is in it."""
        held = edit_between({one.bin_id: ()}, {one.bin_id: self._table.of(one.bin_id)})

        def back() -> None:
            self._table.put_bin(one)
            self._table.apply(held)

        words = _("removing “{name}”").format(name=one.name)
        self._undoing.do(Step(words, partial(self._table.remove_bin, one.bin_id), back, 1 + held.weight))

    def undo(self) -> str:
        """Take the last change back: its words, "" where there is none."""
        return self._undoing.undo()

    def redo(self) -> str:
        """Make the change again that was taken back last: its words, "" where there is none."""
        return self._undoing.redo()

    def _edit(self, before: Mapping[int, Sequence[Select]], after: Mapping[int, Sequence[Select]], words: str) -> None:
        forth, back = edit_between(before, after), edit_between(after, before)
        if forth:
            do, undo = partial(self._table.apply, forth), partial(self._table.apply, back)
            self._undoing.do(Step(words, do, undo, 1 + forth.weight + back.weight))

    def _of(self, hit: Hit, bin_id: int, fingerprints: dict[tuple[str, str, str], str], handles: Handles) -> Select:
        """Called and timed as the file on this computer, where there is one; no longer than that."""
        path = self._links.path_of(hit.library_id, hit.video_no) or hit.original
        taken = select_of(hit, bin_id=bin_id)
        if path is None:
            start_ms, end_ms = handles.around(taken.start_ms, taken.end_ms, Timebase(), 0)
            return replace(taken, start_ms=start_ms, end_ms=end_ms)
        try:
            timebase, length_ms = self._look(path)
            if not fingerprints[hit.clip]:
                fingerprints[hit.clip] = self._fingerprint_of(path)
        except FileProblem:  # it is away at the moment; what is known of it is kept
            timebase, length_ms = Timebase(), 0
        start_ms, end_ms = handles.around(taken.start_ms, taken.end_ms, timebase, length_ms)
        end_ms = max(start_ms + 1, end_ms)
        return replace(
            taken,
            path=path,
            name=path.name,
            fingerprint=fingerprints[hit.clip],
            start_ms=start_ms,
            end_ms=end_ms,
        )

    def _good_name(self, name: str, itself: Bin | None = None) -> str:
        plain = " ".join(name.split())[:BIN_NAME_MAX_CHARS]
        if not plain:
            raise RequestRejected(_("A bin needs a name."))
        if plain.casefold() in {one.name.casefold() for one in self._table.bins() if one != itself}:
            raise RequestRejected(
                _("There is a bin “{name}” already.").format(name=plain), hint=_("Choose another name.")
            )
        return plain


def _numbered(selects: Iterable[Select], ids: Iterable[int]) -> list[Select]:
    """The same; those without an id get one of these."""
    free = iter(ids)
    return [one if one.select_id else replace(one, select_id=next(free)) for one in selects]
