"""Fetches the clip that is watched, while it is watched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_search.core.byte_source import ByteSource
from desktop_search.core.errors import AppError
from desktop_search.core.hits import Hit
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report
from desktop_search.ui.watch.player_pane import PlayerPane

_LANE = "fetch"
_LOOK_EVERY_MS = 200


class Fetching(QObject):
    """One clip at a time: another one ends it, another moment of the same clip does not.

    `is_watched` says whether the clip is shown already, so that its progress has its place below the picture.

    Signals:
        failed(AppError): it cannot be fetched.
    """

    failed = Signal(object)

    def __init__(
        self,
        runner: JobRunner,
        fetch: Callable[[Hit, CancelToken, Report], Path],
        pane: PlayerPane,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._runner, self._fetch, self._pane = runner, fetch, pane
        self._source: ByteSource | None = None
        self._was_waiting = False
        self._looking = QTimer(self, interval=_LOOK_EVERY_MS)
        self._looking.timeout.connect(self._look)
        self.is_watched = False

    @property
    def is_under_way(self) -> bool:
        """Whether a clip is being fetched."""
        return self._source is not None

    def follow(self, hit: Hit, source: ByteSource | None) -> None:
        """The hit's clip is wanted: from this source, or here already."""
        if source is self._source:
            return
        self.end()
        if source is None:
            return
        self._source = source

        self._looking.start()
        self._runner.start(
            lambda token, report: self._fetch(hit, token, report),
            lane=_LANE,
            done=lambda _path: self._on_done(source),
            failed=lambda error: self._on_failed(source, error),
            latest_wins=True,
        )

    def end(self) -> None:
        """It need not be fetched any more."""
        self._source, self.is_watched = None, False
        self._looking.stop()
        self._runner.cancel_lane(_LANE)
        self._pane.show_arrived()

    def _look(self) -> None:
        source = self._source
        if source is None:
            return
        was_waiting, self._was_waiting = self._was_waiting, source.is_waiting
        if self.is_watched:
            is_waiting = was_waiting and self._was_waiting  # readers at the front wait for a moment again and again
            self._pane.show_arriving(source.received_bytes, source.total_bytes, is_waiting=is_waiting)
        else:
            self._pane.show_fetching(source.received_bytes, source.total_bytes)

    def _on_done(self, source: ByteSource) -> None:
        if source is self._source:
            self.end()

    def _on_failed(self, source: ByteSource, error: AppError) -> None:
        if source is self._source:
            self.end()
            self.failed.emit(error)
