"""Between the list of selects and what keeps them: read, taken, put in order, taken back; all off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop_search.core.handles import NO_HANDLES, Handles
from desktop_search.core.hits import Hit
from desktop_search.core.language import _, ngettext
from desktop_search.core.selects import Select
from desktop_search.core.selects_edit import moved_before, moved_by
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report
from desktop_search.ui.selects.keeping import BinOnShow, Change, FileLook, Keeper, Whereabouts, read_bin
from desktop_search.ui.selects.selects_tab import SelectsTab

_LANE = "selects"
_FAR = 1_000_000_000  # rows


class SelectsController(QObject):
    """Signals:
    opened(Select): show its first frame.
    shown(BinOnShow): this is in the list now.
    failed(AppError): something could not be done.
    """

    opened = Signal(object)
    shown = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: JobRunner, keeper: Keeper, places: Whereabouts, tab: SelectsTab, look: FileLook) -> None:
        super().__init__(tab)
        self._runner, self._keeper, self._places, self._tab, self._look = runner, keeper, places, tab, look
        self._bin_id = 0
        self.tags: tuple[str, ...] = ()
        self._away: frozenset[Path] | None = None  # of the bin on show
        tab.bin_chosen.connect(self.show_bin)
        tab.opened.connect(self.opened)
        tab.view.went_to.connect(self.opened)
        tab.view.rows_dropped.connect(self.put_before)

    @property
    def bin_id(self) -> int:
        """Which bin is on show; 0 before the first one is read."""
        return self._bin_id

    def start(self) -> None:
        """Show the first bin."""
        self.read_again()

    def read_again(self) -> None:
        """Read what is on show anew."""
        self.do(lambda: None)

    def show_bin(self, bin_id: int) -> None:
        """Show this one."""
        self._bin_id, self._away = bin_id, None
        self._tab.say("")
        self.do(lambda: None, chosen=())

    def take(self, hits: Sequence[Hit], handles: Handles = NO_HANDLES, bin_id: int = 0) -> None:
        """Put these at the end of a bin, of the one on show by default, and say how many are new."""
        if not hits:
            return

        def taken(count: object) -> None:
            if count == 0:
                self._tab.say(_("Already in this bin."))
            elif isinstance(count, int):
                self._tab.say(ngettext("{count} range taken.", "{count} ranges taken.", count))

        def take() -> int:
            return self._keeper.take(hits, bin_id or self._bin_id or self._keeper.bins()[0].bin_id, handles)

        self.do(take, done=taken)

    def remove(self) -> None:
        """Take the chosen ones out; the row after them is chosen then."""
        gone = self._chosen_ids()
        row = max(self._tab.model.row_of(number) for number in gone)
        after = [one.select_id for one in self._tab.model.selects[row + 1 :]][:1]
        before = [one.select_id for one in self._tab.model.selects[:row] if one.select_id not in gone][-1:]
        words = ngettext("removing {count} range", "removing {count} ranges", len(gone))
        self.change(lambda there: [one for one in there if one.select_id not in gone], words, chosen=after or before)

    def move(self, rows: int) -> None:
        """Move the chosen ones so many rows down, or up when negative."""
        chosen = self._chosen_ids()
        self.change(lambda there: moved_by(there, chosen, rows), _("moving"), chosen=chosen)

    def move_to_end(self, end: int) -> None:
        """Move the chosen ones to the top (-1) or to the bottom (1)."""
        self.move(end * _FAR)

    def put_before(self, row: int) -> None:
        """Put the chosen ones before this row."""
        chosen = self._chosen_ids()
        self.change(lambda there: moved_before(there, chosen, row), _("moving"), chosen=chosen)

    def change_chosen(self, change: Callable[[Select], Select], words: str) -> None:
        """Let each of the chosen ones be what `change` makes of it."""
        self.change_these(self._chosen_ids(), change, words)

    def change_these(
        self,
        select_ids: Collection[int],
        change: Callable[[Select], Select],
        words: str,
        done: Callable[[object], object] | None = None,
    ) -> None:
        """The same for those with these ids."""
        self.change(
            lambda there: [change(one) if one.select_id in select_ids else one for one in there], words, done=done
        )

    def change(
        self,
        make: Change,
        words: str,
        *,
        chosen: Collection[int] | None = None,
        done: Callable[[object], object] | None = None,
    ) -> None:
        """Let the bin on show hold what `make` makes of what is in it; `words` name it for undo."""
        bin_id = self._bin_id
        self.do(lambda: self._keeper.change(bin_id, make, words), chosen=chosen, done=done, looks=False)

    def open_chosen(self) -> None:
        """Show the first of the chosen ones."""
        for select in self._tab.chosen()[:1]:
            self.opened.emit(select)

    def undo(self) -> None:
        """Take the last change back, and say what it was."""
        self.do(self._keeper.undo, done=lambda words: self._say(_("Undone: {words}."), words))

    def redo(self) -> None:
        """Make it again."""
        self.do(self._keeper.redo, done=lambda words: self._say(_("Done again: {words}."), words))

    def why_none(self) -> str:
        """Why nothing can be done with what is chosen; "" when something is."""
        return "" if self._tab.chosen() else _("No range is chosen.")

    def do(
        self,
        act: Callable[[], object],
        *,
        done: Callable[[object], object] | None = None,
        chosen: Collection[int] | None = None,
        looks: bool = True,
    ) -> None:
        """Do it off the GUI thread, then show the bin as it is; what was chosen stays so unless `chosen` says else.

        Without `looks` it is of the same files as before, and no disk is asked for them again.
        """

        def work(token: CancelToken, _report: Report) -> tuple[object, BinOnShow]:
            said = act()
            away = None if looks else self._away
            return said, read_bin(self._keeper, self._places, self._look, self._bin_id, token, away)

        def show(result: tuple[object, BinOnShow]) -> None:
            said, shown = result
            if self._bin_id not in {one.bin_id for one in shown.bins}:
                self._bin_id = shown.bin_id
            if shown.bin_id == self._bin_id:  # else another one was asked for meanwhile, and is on its way
                self.tags, self._away = shown.tags, shown.away
                self._tab.show_bin(shown, chosen)
                self.shown.emit(shown)
            if done is not None:
                done(said)

        self._runner.start(work, lane=_LANE, done=show, failed=self.failed.emit)

    def _chosen_ids(self) -> frozenset[int]:
        return frozenset(select.select_id for select in self._tab.chosen())

    def _say(self, form: str, words: object) -> None:
        self._tab.say(form.format(words=words) if words else _("There is nothing to undo or redo."))
