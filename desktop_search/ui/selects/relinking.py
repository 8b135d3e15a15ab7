"""Files of selects that are away: where one of them is now, and with it all others below."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject

from desktop_search.core.errors import AppError
from desktop_search.core.language import _, ngettext, number
from desktop_search.core.relinking import Relinked
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report
from desktop_search.models.selects_words import relinked_words
from desktop_search.ui.dialogs.choosing import choose_file
from desktop_search.ui.selects.selects_controller import SelectsController
from desktop_search.ui.selects.selects_tab import SelectsTab

_LANE = "relink selects"


class Places(Protocol):
    """Finds files again; may take long."""

    def relink(self, old: Path, new: Path, token: CancelToken, report: Callable[[tuple[int, int]], object]) -> Relinked:
        """The file that was at `old` is at `new` now, and others are where that leads."""
        ...


class Relinking(QObject):
    """Asks, looks, and says below the list what came of it."""

    def __init__(self, runner: JobRunner, places: Places, selects: SelectsController, tab: SelectsTab) -> None:
        super().__init__(tab)
        self._runner, self._places, self._selects, self._tab = runner, places, selects, tab

    def ask(self) -> None:
        """Ask where the first of the missing files is now, the chosen ones first."""
        old = self._first_away()
        if old is not None:
            title = _("Where “{name}” is now").format(name=old.name)
            choose_file(self._tab, title, lambda new: self.relink(old, new))

    def relink(self, old: Path, new: Path) -> None:
        """That file is there now; look for the others."""
        self._tab.say("")

        def work(token: CancelToken, report: Report) -> Relinked:
            return self._places.relink(old, new, token, report)

        job = self._runner.start(
            work,
            lane=_LANE,
            done=self._on_done,
            failed=self._on_failed,
            cancelled=partial(self._tab.say, _("Stopped; everything stays where it was.")),
            progress=self._on_progress,
            latest_wins=True,
        )
        self._tab.relinking.follow(job, _("Looking for missing files…"))

    def why_not(self) -> str:
        """Why there is nothing to look for; "" when there is."""
        return "" if self._first_away() is not None else _("No file of this bin is missing.")

    def _first_away(self) -> Path | None:
        model = self._tab.model
        away = (one.path for one in (*self._tab.chosen(), *model.selects) if model.is_away(one) and one.fingerprint)
        return next(away, None)

    def _on_progress(self, looked_at: tuple[int, int]) -> None:
        some, of_all = looked_at
        if of_all:
            words = _("Looking for missing files: {some} of {all}…")
            self._tab.relinking.say(words.format(some=number(some), all=number(of_all)))
        else:
            words = ngettext("Listing the folder: {count} file…", "Listing the folder: {count} files…", some)
            self._tab.relinking.say(words)

    def _on_done(self, relinked: Relinked) -> None:
        self._tab.say(relinked_words(relinked))
        self._selects.read_again()

    def _on_failed(self, error: AppError) -> None:
        self._tab.say(str(error), is_problem=True)
