"""Export of selects: where to, in which form, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from desktop_search.core.errors import AppError
from desktop_search.core.handing_over import Form, HandedOver
from desktop_search.core.language import _, number
from desktop_search.core.selects import Select
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report
from desktop_search.ui.selects.selects_tab import SelectsTab

_LANE = "exports"
_PROBLEMS_SHOWN = 6


class Exporter(Protocol):
    """Writes selects; may take long."""

    def export(
        self,
        selects: Sequence[Select],
        form: Form,
        target: Path,
        token: CancelToken,
        report: Callable[[tuple[int, int]], object],
    ) -> HandedOver:
        """Write them, and prove it."""
        ...


class ExportController(QObject):
    """Signals:
    exported(HandedOver): the file is there.
    """

    exported = Signal(object)

    def __init__(self, runner: JobRunner, exporter: Exporter, tab: SelectsTab) -> None:
        super().__init__(tab)
        self._runner, self._exporter, self._tab = runner, exporter, tab
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)

    def ask(self) -> None:
        """Ask where to, and in which form: the chosen ranges, or all of the bin where fewer than two are chosen."""
        dialog = QFileDialog(self._tab, _("Export selects"), self._folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        filters = {f"{form.title} (*{form.suffix})": form for form in Form}
        dialog.setNameFilters(list(filters))
        dialog.selectFile(self._tab.shown_bin.name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def end_names_right(chosen: str) -> None:  # so that the question before a file is replaced is about that file
            dialog.setDefaultSuffix(filters[chosen].suffix.removeprefix("."))

        end_names_right(dialog.selectedNameFilter())
        dialog.filterSelected.connect(end_names_right)
        dialog.fileSelected.connect(lambda name: self.export(Path(name), filters[dialog.selectedNameFilter()]))
        dialog.open()

    def export(self, target: Path, form: Form) -> None:
        """Write the file; the line below the list says what becomes of it."""
        if target.suffix.lower() != form.suffix:
            target = target.with_name(target.name + form.suffix)
        self._folder = str(target.parent)
        chosen = self._tab.chosen()
        selects = chosen if len(chosen) > 1 else self._tab.model.selects
        self._tab.say("")

        def work(token: CancelToken, report: Report) -> HandedOver:
            return self._exporter.export(selects, form, target, token, report)

        job = self._runner.start(
            work,
            lane=_LANE,
            done=self._on_done,
            failed=self._on_failed,
            cancelled=partial(self._tab.say, _("Stopped; nothing was written.")),
            progress=self._on_progress,
            latest_wins=True,
        )
        self._tab.exporting.follow(job, _("Looking at the clips…"))

    def _on_progress(self, looked_at: tuple[int, int]) -> None:
        self._tab.exporting.say(
            _("Looking at the clips: {some} of {all}…").format(some=number(looked_at[0]), all=number(looked_at[1]))
        )

    def _on_done(self, made: HandedOver) -> None:
        lines = [f"“{made.target.name}”: {made.said}.", *made.problems[:_PROBLEMS_SHOWN]]
        if len(made.problems) > _PROBLEMS_SHOWN:
            lines.append(_("… and {count} more.").format(count=number(len(made.problems) - _PROBLEMS_SHOWN)))
        self._tab.say("\n".join(lines))
        self.exported.emit(made)

    def _on_failed(self, error: AppError) -> None:
        self._tab.say("\n".join(filter(None, (str(error), error.details))))
