"""What is done with results outside the program: their timecodes and paths copied, their files shown and opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from desktop_search.core.errors import AppError
from desktop_search.core.hits import ClipKey, Hit
from desktop_search.core.language import _
from desktop_search.core.timecode import Timebase
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner
from desktop_search.models.found_texts import names, timecodes
from desktop_search.ui.revealing import LANE, Revealer
from desktop_search.ui.search.result_menu import Chosen, MenuEntry, ResultMenu, Section

TimebasesOf = Callable[[Iterable[Hit], CancelToken], dict[ClipKey, Timebase]]


class Originals(Protocol):
    """Which files of this computer results come from; may take long, for disks may sleep."""

    def originals(self, found: Chosen) -> tuple[Path, ...]:
        """The files that are there, each once, in the order of the results."""
        ...


class ResultActions(QObject):
    """Signals:
    failed(AppError): it could not be done.
    busy(object, str): a job that may take its time, and what it is about.
    """

    failed = Signal(object)
    busy = Signal(object, str)

    def __init__(
        self,
        runner: JobRunner,
        files: Originals,
        timebases_of: TimebasesOf,
        revealer: Revealer,
        menu: ResultMenu,
    ) -> None:
        super().__init__(menu)
        self._runner, self._files, self._timebases_of = runner, files, timebases_of
        self._revealer, self._menu = revealer, menu
        menu.originals_asked.connect(self._look_for_originals)
        copy, file = Section.COPY, Section.FILE
        for entry in (
            MenuEntry("results.copy-timecode", self.copy_timecodes, copy, why_not=_why_no_timecode),
            MenuEntry("results.copy-name", self.copy_names, copy),
            MenuEntry("results.copy-path", self.copy_paths, copy, needs_file=True),
            MenuEntry("results.reveal", self.reveal, file, "folder", needs_file=True),
            MenuEntry("results.open-file", self.open, file, "play", needs_file=True),
        ):
            menu.add(entry)

    def copy_timecodes(self, chosen: Chosen) -> None:
        """In and out of each moment, to the clipboard."""
        hits = [each for each in chosen if isinstance(each, Hit)]
        job = self._runner.start(
            lambda token, _report: self._timebases_of(hits, token),
            lane=LANE,
            done=lambda timebases: _copy(timecodes(chosen, timebases)),
            failed=self.failed.emit,
        )
        self.busy.emit(job, _("Reading how the clips count…"))

    def copy_names(self, chosen: Chosen) -> None:
        """To the clipboard, each once."""
        _copy(names(chosen))

    def copy_paths(self, chosen: Chosen) -> None:
        """Of the originals on this computer, to the clipboard."""
        self._with_originals(chosen, lambda paths: _copy("\n".join(map(str, paths))))

    def reveal(self, chosen: Chosen) -> None:
        """Show the originals in their folders."""
        self._with_originals(chosen, self._revealer.reveal)

    def open(self, chosen: Chosen) -> None:
        """Open the originals with what the system has for them."""
        self._with_originals(chosen, self._revealer.open)

    def _with_originals(self, chosen: Chosen, act: Callable[[tuple[Path, ...]], object]) -> None:
        def done(paths: tuple[Path, ...]) -> None:
            if paths:
                act(paths)
            else:
                self.failed.emit(
                    AppError(
                        _("The original is not on this computer, or its disk is not plugged in."),
                        hint=_("The player shows the library's copy."),
                    )
                )

        job = self._runner.start(
            lambda _token, _report: self._files.originals(chosen), lane=LANE, done=done, failed=self.failed.emit
        )
        self.busy.emit(job, _("Looking for the files…"))

    def _look_for_originals(self, chosen: Chosen) -> None:
        self._runner.start(
            lambda _token, _report: self._files.originals(chosen),
            lane=LANE,
            done=lambda paths: self._menu.set_originals(chosen, bool(paths)),
            failed=self.failed.emit,
        )


def _why_no_timecode(chosen: Chosen) -> str:
    return "" if any(isinstance(each, Hit) for each in chosen) else _("pictures have none")


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
