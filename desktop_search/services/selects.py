"""Selects: taken, changed, sorted into bins; every change can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.catalog.selects import SelectsTable
from desktop_search.core.errors import RequestRejected
from desktop_search.core.hits import Hit
from desktop_search.core.language import _, ngettext
from desktop_search.core.selects import BIN_NAME_MAX_CHARS, Bin, Select, select_of
from desktop_search.core.undoing import Step, UndoStack

Change = Callable[[tuple[Select, ...]], Sequence[Select]]


class Selects:
    """For one thread at a time. Every method raises `CatalogProblem` or `DiskFull`; then nothing was changed."""

    def __init__(self, catalog: Catalog, length_ms_of: Callable[[Path], int | None]) -> None:
        """`length_ms_of` tells how long a file of footage is, `None` where it cannot be read."""
        self._table, self._links = SelectsTable(catalog), LocalFilesTable(catalog)
        self._length_ms_of = length_ms_of
        self._undoing = UndoStack()

    def bins(self) -> tuple[Bin, ...]:
        """All bins; there is always one."""
        return self._table.bins()

    def of(self, bin_id: int) -> tuple[Select, ...]:
        """What is in a bin, in its order."""
        return self._table.of(bin_id)

    def take(self, hits: Iterable[Hit], bin_id: int, *, handle_ms: int = 0) -> tuple[Select, ...]:
        """Put these at the end of a bin; one whose range is there already is not put there again.

        Returns what is in the bin then.
        """
        hits = list(hits)
        fingerprints = self._links.fingerprints_of((hit.library_id, hit.video_no) for hit in hits)
        new = [self._of(hit, bin_id, fingerprints.get((hit.library_id, hit.video_no), ""), handle_ms) for hit in hits]

        def with_new(there: tuple[Select, ...]) -> Sequence[Select]:
            ranges = {_range_of(one): one for one in reversed([*there, *new])}  # of one range, the first
            return [one for one in (*there, *new) if ranges[_range_of(one)] is one]

        return self.change(bin_id, with_new, ngettext("adding {count}", "adding {count}", len(new)))

    def change(self, bin_id: int, make: Change, words: str) -> tuple[Select, ...]:
        """Let a bin hold what `make` makes of what is in it; `words` name it for undo. Returns what is in it then."""
        before = self._table.of(bin_id)
        after = tuple(make(before))
        if after != before:
            kept = [after]

            def do() -> None:
                kept[0] = self._table.set_bin(bin_id, kept[0])  # done again, new ones have the ids they had

            self._undoing.do(Step(words, do, partial(self._table.set_bin, bin_id, before)))
        return self._table.of(bin_id)

    def add_bin(self, name: str) -> Bin:
        """A new bin. Raises `RequestRejected` for a name that is none, or taken."""
        return self._table.add_bin(self._good_name(name))

    def rename_bin(self, one: Bin, name: str) -> Bin:
        """The same bin with another name. Raises `RequestRejected`."""
        renamed = replace(one, name=self._good_name(name))
        self._undoing.do(
            Step(
                _("renaming “{name}”").format(name=one.name),
                partial(self._table.put_bin, renamed),
                partial(self._table.put_bin, one),
            )
        )
        return renamed

    def remove_bin(self, one: Bin) -> None:
        """Remove a bin with all that is in it."""
        held = self._table.of(one.bin_id)

        def back() -> None:
            self._table.put_bin(one)
            self._table.set_bin(one.bin_id, held)

        self._undoing.do(
            Step(_("removing “{name}”").format(name=one.name), partial(self._table.remove_bin, one.bin_id), back)
        )

    def undo(self) -> str:
        """Take the last change back: its words, "" where there is none."""
        return self._undoing.undo()

    def redo(self) -> str:
        """Make the change again that was taken back last: its words, "" where there is none."""
        return self._undoing.redo()

    def _of(self, hit: Hit, bin_id: int, fingerprint: str, handle_ms: int) -> Select:
        """Called and timed as the file on this computer, where there is one; no longer than that."""
        path = hit.original or self._links.path_of(hit.library_id, hit.video_no)
        taken = select_of(hit, bin_id=bin_id, fingerprint=fingerprint, handle_ms=handle_ms)
        if path is None:
            return taken
        length_ms = self._length_ms_of(path)
        end_ms = taken.end_ms if length_ms is None else max(taken.start_ms + 1, min(taken.end_ms, length_ms))
        return replace(taken, path=path, name=path.name, end_ms=end_ms)

    def _good_name(self, name: str) -> str:
        plain = " ".join(name.split())[:BIN_NAME_MAX_CHARS]
        if not plain:
            raise RequestRejected(_("A bin needs a name."))
        if plain.casefold() in {one.name.casefold() for one in self._table.bins()}:
            raise RequestRejected(
                _("There is a bin “{name}” already.").format(name=plain), hint=_("Choose another name.")
            )
        return plain


def _range_of(one: Select) -> tuple[object, ...]:
    return one.path or one.clip, one.start_ms, one.end_ms
