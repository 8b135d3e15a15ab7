"""Reads how the clip that is shown is built, off the GUI thread, and hands it to the player's pane."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject

from desktop_search.core.hits import Hit
from desktop_search.core.outline import Outline
from desktop_search.core.timecode import Timebase
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report
from desktop_search.ui.watch.player_pane import PlayerPane

_LANE = "outline"


class Outlines(Protocol):
    """Who knows; may take long."""

    def outline(self, hit: Hit, token: CancelToken) -> Outline:
        """How the clip of a hit is built, in the time of the video that the library has."""
        ...


class OutlineController(QObject):
    """Without an answer the timeline has neither shots nor speech, which is said by their not being there."""

    def __init__(self, runner: JobRunner, outlines: Outlines, pane: PlayerPane) -> None:
        super().__init__(pane)
        self._runner, self._outlines, self._pane = runner, outlines, pane
        self._hit: Hit | None = None

    def show_clip(self, hit: Hit, _path: Path, _timebase: Timebase) -> None:
        """This clip is shown from now on. The hit's times are those of the file."""
        is_new = self._hit is None or self._hit.clip != hit.clip or self._hit.part_start_ms != hit.part_start_ms
        self._hit = hit
        if is_new:
            self._pane.set_outline(Outline())
        self.read_again()

    def show_nothing(self) -> None:
        """No clip is shown."""
        self._hit = None
        self._runner.cancel_lane(_LANE)

    def read_again(self) -> None:
        """More may be known by now."""
        hit = self._hit
        if hit is None:
            return

        def read(token: CancelToken, _report: Report) -> Outline:
            return self._outlines.outline(hit, token).moved_by(hit.part_start_ms)

        self._runner.start(read, lane=_LANE, done=self._pane.set_outline, latest_wins=True)
