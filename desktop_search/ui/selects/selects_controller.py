"""Between the list of selects, the results, the player and what keeps selects; all of it off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QInputDialog

from desktop_search.core.errors import FileProblem
from desktop_search.core.hits import Hit
from desktop_search.core.language import _, ngettext
from desktop_search.core.selects import Bin, Select
from desktop_search.core.timecode import Timebase
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report
from desktop_search.ui.selects.selects_tab import SelectsTab

_LANE = "selects"
_Read = tuple[tuple[Bin, ...], tuple[Select, ...], dict[Path, Timebase]]


class Keeper(Protocol):
    """Keeps selects; every method may take long."""

    def bins(self) -> tuple[Bin, ...]:
        """All bins."""
        ...

    def of(self, bin_id: int) -> tuple[Select, ...]:
        """What is in one."""
        ...

    def take(self, hits: Iterable[Hit], bin_id: int, *, handle_ms: int = 0) -> tuple[Select, ...]:
        """Put these into one."""
        ...

    def change(
        self, bin_id: int, make: Callable[[tuple[Select, ...]], Sequence[Select]], words: str
    ) -> tuple[Select, ...]:
        """Change what is in one."""
        ...

    def add_bin(self, name: str) -> Bin:
        """A new one."""
        ...

    def rename_bin(self, one: Bin, name: str) -> Bin:
        """The same with another name."""
        ...

    def remove_bin(self, one: Bin) -> None:
        """With all that is in it."""
        ...

    def undo(self) -> str:
        """Take the last change back."""
        ...

    def redo(self) -> str:
        """Make it again."""
        ...


class SelectsController(QObject):
    """Signals:
    opened(Select): show its first frame.
    failed(AppError): something could not be done.
    """

    opened = Signal(object)
    failed = Signal(object)

    def __init__(
        self, runner: JobRunner, keeper: Keeper, tab: SelectsTab, timebase_of: Callable[[Path], Timebase]
    ) -> None:
        """`timebase_of` looks into a file, off the GUI thread, and raises `FileProblem`."""
        super().__init__(tab)
        self._runner, self._keeper, self._tab, self._timebase_of = runner, keeper, tab, timebase_of
        self._bin_id = 0
        tab.bin_chosen.connect(self.show_bin)
        tab.opened.connect(self.opened)
        tab.model.note_entered.connect(lambda select, note: self._change_one(select, select.noted(note), _("note")))

    def start(self) -> None:
        """Show the first bin."""
        self._do(lambda: None)

    def show_bin(self, bin_id: int) -> None:
        """Show this one."""
        self._bin_id = bin_id
        self._tab.say("")
        self._do(lambda: None)

    def take(self, hits: Sequence[Hit]) -> None:
        """Put these at the end of the bin on show."""
        if hits:
            self._do(lambda: self._keeper.take(hits, self._bin_id or self._keeper.bins()[0].bin_id))

    def remove(self) -> None:
        """Take the chosen ones out."""
        gone = {select.select_id for select in self._tab.chosen()}
        self._change(
            lambda there: [one for one in there if one.select_id not in gone],
            ngettext("removing {count}", "removing {count}", len(gone)),
            gone,
        )

    def rate(self, stars: int) -> None:
        """Give the chosen ones so many stars."""
        chosen = {select.select_id for select in self._tab.chosen()}
        self._change(
            lambda there: [one.rated(stars) if one.select_id in chosen else one for one in there], _("rating"), chosen
        )

    def move(self, rows: int) -> None:
        """Move the chosen ones so many rows down, or up when negative."""
        chosen = {select.select_id for select in self._tab.chosen()}
        self._change(lambda there: _moved(there, chosen, rows), _("moving"), chosen)

    def open_chosen(self) -> None:
        """Show the first of the chosen ones."""
        for select in self._tab.chosen()[:1]:
            self.opened.emit(select)

    def undo(self) -> None:
        """Take the last change back, and say what it was."""
        self._do(
            self._keeper.undo,
            done=lambda words: self._tab.say(_("Undone: {step}.").format(step=words) if words else ""),
        )

    def redo(self) -> None:
        """Make it again."""
        self._do(
            self._keeper.redo,
            done=lambda words: self._tab.say(_("Done again: {step}.").format(step=words) if words else ""),
        )

    def ask_for_bin(self) -> None:
        """Ask for a name, and make a bin of it."""
        self._ask_for_name(_("New bin"), "", self.add_bin)

    def ask_for_other_name(self) -> None:
        """Ask for another name for the bin on show."""
        shown = self._tab.shown_bin
        self._ask_for_name(_("Rename the bin"), shown.name, self.rename_bin)

    def add_bin(self, name: str) -> None:
        """Make a bin, and show it."""

        def made(one: object) -> None:
            if isinstance(one, Bin):
                self.show_bin(one.bin_id)

        self._do(lambda: self._keeper.add_bin(name), done=made)

    def rename_bin(self, name: str) -> None:
        """Give the bin on show another name."""
        shown = self._tab.shown_bin
        if name != shown.name:
            self._do(lambda: self._keeper.rename_bin(shown, name))

    def remove_bin(self) -> None:
        """Remove the bin on show with all that is in it, and say how to get it back."""
        shown = self._tab.shown_bin
        said = _("“{bin}” was removed; undo brings it back.").format(bin=shown.name)
        self._do(lambda: self._keeper.remove_bin(shown), done=lambda _none: self._tab.say(said))

    def _ask_for_name(self, title: str, name: str, answer: Callable[[str], None]) -> None:
        dialog = QInputDialog(self._tab)
        dialog.setWindowTitle(title)
        dialog.setLabelText(_("Name of the bin"))
        dialog.setTextValue(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.textValueSelected.connect(answer)
        dialog.open()

    def why_none(self) -> str:
        """Why nothing can be done with what is chosen; "" when something is."""
        return "" if self._tab.chosen() else _("No range is chosen.")

    def _change_one(self, before: Select, after: Select, words: str) -> None:
        number = before.select_id
        self._change(lambda there: [after if one.select_id == number else one for one in there], words, {number})

    def _change(self, make: Callable[[tuple[Select, ...]], Sequence[Select]], words: str, chosen: set[int]) -> None:
        bin_id = self._bin_id
        self._do(lambda: self._keeper.change(bin_id, make, words), chosen=chosen)

    def _do(
        self, act: Callable[[], object], *, done: Callable[..., object] | None = None, chosen: set[int] | None = None
    ) -> None:
        def work(token: CancelToken, _report: Report) -> tuple[object, _Read]:
            said = act()
            return said, self._read(token)

        def show(result: tuple[object, _Read]) -> None:
            said, (bins, selects, timebases) = result
            self._tab.set_bins(bins, self._bin_id)
            self._tab.model.set_selects(selects, timebases)
            self._tab.choose(chosen or set())
            if done is not None:
                done(said)

        self._runner.start(work, lane=_LANE, done=show, failed=self.failed.emit)

    def _read(self, token: CancelToken) -> _Read:
        bins = self._keeper.bins()
        if self._bin_id not in {one.bin_id for one in bins}:
            self._bin_id = bins[0].bin_id
        selects = self._keeper.of(self._bin_id)
        timebases = {}
        for path in {select.path for select in selects if select.path is not None}:
            token.check()
            try:
                timebases[path] = self._timebase_of(path)
            except FileProblem:  # its times are shown in seconds; exporting says what is wrong with it
                continue
        return bins, selects, timebases


def _moved(there: tuple[Select, ...], chosen: set[int], rows: int) -> list[Select]:
    """With the chosen ones together, so many rows further."""
    moving = [one for one in there if one.select_id in chosen]
    staying = [one for one in there if one.select_id not in chosen]
    if not moving:
        return list(there)
    first = next(row for row, one in enumerate(there) if one.select_id in chosen)
    place = max(0, min(len(staying), first + rows))
    return [*staying[:place], *moving, *staying[place:]]
