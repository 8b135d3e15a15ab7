"""Export of selects: asks for what and where to, lets it be done, and says what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop_search.core.cutting import Cut
from desktop_search.core.errors import AppError
from desktop_search.core.exporting import ExportOrder, Goal, TargetThere, default_target, goal_of
from desktop_search.core.handing_over import Arrangement, HandedOver, Progress, Stage
from desktop_search.core.language import _, ngettext, number
from desktop_search.core.selects import Select
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report
from desktop_search.settings.preferences import Preferences
from desktop_search.ui.dialogs.choosing import documents_folder
from desktop_search.ui.selects.export_dialog import ExportDialog
from desktop_search.ui.selects.selects_tab import SelectsTab

_LANE, _KEEPING_LANE = "exports", "preferences"
_PROBLEMS_SHOWN = 6
_STAGES = {
    Stage.LOOKING: _("Looking at the clips: {done} of {all}…"),
    Stage.PICTURES: _("Taking pictures: {done} of {all}…"),
    Stage.CLIPS: _("Making clips: {done} of {all}, and {percent} % of the next…"),
}


class Exporter(Protocol):
    """Hands selects over; may take long."""

    def export(
        self, selects: Sequence[Select], order: ExportOrder, token: CancelToken, report: Callable[[Progress], object]
    ) -> HandedOver:
        """Do it, and prove it where that can be."""
        ...


class ExportController(QObject):
    """`folder` is where the last export went.

    Signals:
    exported(HandedOver): it is done.
    """

    exported = Signal(object)

    def __init__(
        self,
        runner: JobRunner,
        exporter: Exporter,
        tab: SelectsTab,
        chosen: Preferences,
        keep: Callable[..., object],
    ) -> None:
        """`chosen` is what was chosen before; `keep(**choices)` writes down others, and may take long."""
        super().__init__(tab)
        self._runner, self._exporter, self._tab, self._keep = runner, exporter, tab, keep
        self.folder = Path(chosen.export_folder) if chosen.export_folder else documents_folder()
        self._last = goal_of(chosen.export_goal), Arrangement(chosen.export_arrangement), chosen.export_names
        self.dialog = ExportDialog(tab)
        self.dialog.wanted.connect(self.run)

    def ask(self) -> None:
        """Ask where to, and in which form: the chosen ranges, or all of the bin where fewer than two are chosen."""
        goal, arrangement, names = self._last
        title, count = self._tab.shown_bin.name, len(self._selects())
        is_all = count == len(self._tab.model.selects)
        if is_all:
            about = ngettext("The {count} range of “{bin}”.", "All {count} ranges of “{bin}”.", count, bin=title)
        else:
            about = ngettext("{count} chosen range.", "{count} chosen ranges.", count)
        order = ExportOrder(goal, default_target(goal, self.folder, title), title, arrangement, names)
        self.dialog.begin(title, about, order)

    def export(self, target: Path, goal: Goal, arrangement: Arrangement = Arrangement.TIMELINE) -> None:
        """Export to `target`, replacing what is there."""
        title = self._tab.shown_bin.name
        self.run(ExportOrder(goal, target, title, arrangement, self._last[2], may_replace=True))

    def run(self, order: ExportOrder) -> None:
        """Do it; the line below the list says what becomes of it."""
        selects = self._selects()
        self._tab.say("")
        self._remember(order)

        def work(token: CancelToken, report: Report) -> HandedOver:
            return self._exporter.export(selects, order, token, report)

        stopped = _("Stopped; what was complete is there.") if isinstance(order.goal, Cut) else ""
        job = self._runner.start(
            work,
            lane=_LANE,
            done=self._on_done,
            failed=self._on_failed,
            cancelled=partial(self._tab.say, stopped or _("Stopped; nothing was written.")),
            progress=self._on_progress,
            latest_wins=True,
        )
        self._tab.exporting.follow(job, _("Looking at the clips…"))

    def _selects(self) -> tuple[Select, ...]:
        chosen = self._tab.chosen()
        return chosen if len(chosen) > 1 else self._tab.model.selects

    def _remember(self, order: ExportOrder) -> None:
        self._last = order.goal, order.arrangement, order.template
        if str(order.target) not in {"", "."}:
            self.folder = order.target if isinstance(order.goal, Cut) else order.target.parent
        choices = {
            "export_goal": order.goal.value,
            "export_arrangement": order.arrangement.value,
            "export_names": order.template,
            "export_folder": str(self.folder),
        }
        self._runner.start(lambda _token, _report: self._keep(**choices), lane=_KEEPING_LANE, failed=self._on_failed)

    def _on_progress(self, far: Progress) -> None:
        values = {"done": number(far.done), "all": number(far.of), "percent": number(far.permille // 10)}
        self._tab.exporting.say(_STAGES[far.stage].format(**values))

    def _on_done(self, made: HandedOver) -> None:
        lines = [f"“{made.target.name}”: {made.said}.", *made.problems[:_PROBLEMS_SHOWN]]
        if len(made.problems) > _PROBLEMS_SHOWN:
            lines.append(_("… and {count} more.").format(count=number(len(made.problems) - _PROBLEMS_SHOWN)))
        words, is_problem = "\n".join(lines), bool(made.problems)
        if made.target.name:
            self._tab.say_made(words, made.target, is_problem=is_problem)
        else:  # it went into another program
            self._tab.say(words, is_problem=is_problem)
        self.exported.emit(made)

    def _on_failed(self, error: AppError) -> None:
        if isinstance(error, TargetThere):
            self.dialog.offer_replacing(str(error))
        else:
            self._tab.say("\n".join(filter(None, (str(error), error.details))), is_problem=True)
