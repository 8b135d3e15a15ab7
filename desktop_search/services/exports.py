"""Every way to hand selects over, behind one call."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop_search.core.cutting import Cut
from desktop_search.core.editors import Editor
from desktop_search.core.exporting import ExportOrder, TargetThere
from desktop_search.core.handing_over import CONTACT_SHEETS, HandedOver
from desktop_search.core.language import _
from desktop_search.core.selects import Select
from desktop_search.core.token import CancelToken
from desktop_search.services.clip_files import ClipFiles
from desktop_search.services.contact_sheets import ContactSheets, WriteSheet
from desktop_search.services.handing_over import HandOver, Report
from desktop_search.services.to_editor import ToEditor


class Exports:
    """Safe from any thread; may take long."""

    def __init__(self, hand_over: HandOver, write_pdf: WriteSheet) -> None:
        self._hand_over = hand_over
        self._sheets = ContactSheets(hand_over, write_pdf)
        self._clip_files, self._to_editor = ClipFiles(hand_over), ToEditor(hand_over)

    def export(self, selects: Sequence[Select], order: ExportOrder, token: CancelToken, report: Report) -> HandedOver:
        """Do it. Raises `TargetThere`, and what the one that does it raises."""
        goal = order.goal
        if isinstance(goal, Cut):
            return self._clip_files.export(selects, goal, order.target, order.template, order.title, token, report)
        if isinstance(goal, Editor):
            return self._to_editor.export(selects, order.arrangement, order.title, token, report)
        target = _ending(order.target, goal.suffix)
        if target.is_file() and not order.may_replace:
            said = _("“{name}” is there already.").format(name=target.name)
            raise TargetThere(said, hint=_("Replace it, or choose another name."))
        if goal in CONTACT_SHEETS:
            return self._sheets.export(selects, goal, target, token, report)
        return self._hand_over.export(selects, goal, target, token, report, order.arrangement)


def _ending(target: Path, suffix: str) -> Path:
    return target if target.suffix.lower() == suffix else target.with_name(target.name + suffix)
