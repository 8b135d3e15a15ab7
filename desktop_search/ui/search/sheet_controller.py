"""Opens the contact sheet of a clip, fills it off the GUI thread, and leads the player to what is clicked in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop_search.core.errors import AppError
from desktop_search.core.hits import ClipKey, Hit
from desktop_search.core.language import _, ngettext, number
from desktop_search.core.outline import Outline
from desktop_search.core.timecode import Timebase
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report
from desktop_search.models.result_words import one_line
from desktop_search.ui.dialogs.dressing import bring_up
from desktop_search.ui.search.contact_sheet import ContactSheet
from desktop_search.ui.search.result_menu import Chosen, MenuEntry, ResultMenu, Section

LANE = "sheet"


class Still(Protocol):
    """One still: its time in the terms of the hit that was asked for, in ms, and its picture."""

    @property
    def at_ms(self) -> int:
        """When its frame begins."""
        ...

    @property
    def jpeg(self) -> bytes:
        """The picture."""
        ...


class Sheets(Protocol):
    """Where stills come from; may take long."""

    def sheet(
        self,
        hit: Hit,
        shots_ms: Sequence[int],
        token: CancelToken,
        report: Callable[[tuple[Still, int]], None],
    ) -> None:
        """Stills over the whole clip of this hit, each with how many there will be at most."""
        ...


class Outlines(Protocol):
    """Who knows where shots begin; may take long."""

    def outline(self, hit: Hit, token: CancelToken) -> Outline:
        """How the clip of a hit is built, in the time of the video that the library has."""
        ...


class SheetController(QObject):
    """Signals:
    cue_asked(Hit): a moment of the clip that the player is to show.
    """

    cue_asked = Signal(object)

    def __init__(
        self,
        runner: JobRunner,
        sheets: Sheets,
        outlines: Outlines,
        timebases_of: Callable[[Sequence[Hit], CancelToken], dict[ClipKey, Timebase]],
        hits: Callable[[], Sequence[Hit]],
        menu: ResultMenu,
        pane: QWidget,
    ) -> None:
        """`hits` are those on show, to be marked on the sheet; `pane` is where they are."""
        super().__init__(pane)
        self._runner, self._sheets, self._outlines, self._timebases_of = runner, sheets, outlines, timebases_of
        self._hits, self._pane = hits, pane
        self._hit: Hit | None = None
        self._fills = 0  # how often a sheet was filled: what comes of an older time is not for this one
        self.sheet: ContactSheet | None = None
        menu.add(MenuEntry("results.sheet", self.open, Section.FILE, "film", True, why_not=_why_not))

    def open(self, chosen: Chosen) -> None:
        """The sheet of the first chosen clip."""
        hit = next(each for each in chosen if isinstance(each, Hit))
        if self.sheet is None:
            self.sheet = ContactSheet(self._pane)
            self.sheet.setGeometry(self._place())
            self.sheet.gone_to.connect(self._on_gone_to)
            self.sheet.stop_asked.connect(lambda: self._runner.cancel_lane(LANE))
            self.sheet.closed.connect(lambda: self._runner.cancel_lane(LANE))
            self.sheet.go_on_asked.connect(self._fill)
        self._hit = hit
        self._fill()
        bring_up(self.sheet)
        self.sheet.view.setFocus()

    def _place(self) -> QRect:
        """Over the results and what is left of them: the player stays in sight."""
        window = self._pane.window()
        top = self._pane.mapToGlobal(QPoint(0, 0))
        left = window.mapToGlobal(QPoint(0, 0)).x()
        return QRect(left, top.y(), top.x() - left + self._pane.width(), self._pane.height())

    def _fill(self) -> None:
        hit, sheet = self._hit, self.sheet
        if hit is None or sheet is None:
            return
        self._fills += 1
        fill = self._fills
        moments = [(each.start_ms, each.out_ms) for each in self._hits() if each.shares_footage(hit)]
        sheet.model.begin(moments or [(hit.start_ms, hit.out_ms)])
        sheet.begin(one_line(hit.name))

        def work(token: CancelToken, report: Report) -> None:
            report(self._timebases_of([hit], token).get(hit.clip))
            shots_ms = self._shots_ms(hit, token)
            self._sheets.sheet(
                hit, shots_ms, token, lambda told: report((told[0].at_ms, QImage.fromData(told[0].jpeg), told[1]))
            )

        self._runner.start(
            work,
            lane=LANE,
            done=partial(self._on_done, fill),
            failed=partial(self._on_failed, fill),
            cancelled=partial(self._on_cancelled, fill),
            progress=partial(self._on_progress, fill),
            latest_wins=True,
        )

    def _shots_ms(self, hit: Hit, token: CancelToken) -> tuple[int, ...]:
        try:
            return self._outlines.outline(hit, token).moved_by(hit.part_start_ms).shots_ms
        except AppError:  # then the stills are evenly spaced
            return ()

    def _on_progress(self, fill: int, value: Timebase | tuple[int, QImage, int] | None) -> None:
        if self.sheet is None or fill != self._fills:
            return
        if value is None or isinstance(value, Timebase):
            self.sheet.model.set_timebase(value)
            return
        at_ms, picture, count = value
        self.sheet.model.add(at_ms, picture)
        self.sheet.show_progress(self.sheet.model.rowCount(), count)

    def _on_done(self, fill: int, _nothing: None) -> None:
        if self.sheet is not None and fill == self._fills:
            self.sheet.model.end()
            if self._hit is not None:
                self.sheet.choose_at(self._hit.start_ms)
            count = self.sheet.model.rowCount()
            self.sheet.end(ngettext("{count} still", "{count} stills", count))

    def _on_failed(self, fill: int, error: AppError) -> None:
        if self.sheet is not None and fill == self._fills:
            self.sheet.end(str(error))

    def _on_cancelled(self, fill: int) -> None:
        if self.sheet is not None and fill == self._fills:
            self.sheet.end(_("Stopped after {count}").format(count=number(self.sheet.model.rowCount())), can_go_on=True)

    def _on_gone_to(self, at_ms: int) -> None:
        if self._hit is not None:
            self.cue_asked.emit(replace(self._hit, start_ms=at_ms, end_ms=None))


def _why_not(chosen: Chosen) -> str:
    return "" if any(isinstance(each, Hit) for each in chosen) else _("pictures have none")
