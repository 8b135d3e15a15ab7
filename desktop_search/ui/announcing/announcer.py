"""Collects what became of uploads and imports while the window is not active, and has it announced in one go."""

from __future__ import annotations

import time
from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_search.core.footage import Readiness
from desktop_search.core.imports import ImportItem, ImportState
from desktop_search.core.known_texts import localised
from desktop_search.core.uploads import UploadItem, UploadState
from desktop_search.models.announcement_words import announcement
from desktop_search.models.import_words import import_title
from desktop_search.models.upload_words import plain_name

_FIRST_MS, _NEXT_MS = 3_000, 20_000


class Announcer(QObject):
    """Announces at most every 20 seconds, and then everything since the window was last active.

    Signals:
        announced(str, str): a line and a text to be shown, in the place of what was shown before.
    """

    announced = Signal(str, str)

    def __init__(self, window: QWidget, *, first_ms: int = _FIRST_MS, next_ms: int = _NEXT_MS) -> None:
        super().__init__(window)
        self._is_on = True
        self._since_ms = time.time_ns() // 1_000_000
        self._window = window
        self._first_ms, self._next_ms = first_ms, next_ms
        self._searchable: list[str] = []
        self._failed: list[tuple[str, str]] = []
        self._states: dict[int, UploadState] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)
        self._is_first = True
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.applicationStateChanged.connect(self._on_activity_changed)

    def set_on(self, is_on: bool) -> None:
        """Whether the user wants announcements; at first they do."""
        self._is_on = is_on

    def see_uploads(self, items: Iterable[UploadItem]) -> None:
        """Rows of the queue as they are now. One that is seen for the first time is news only if it was added now."""
        for item in items:
            before = self._states.get(item.item_id)
            self._states[item.item_id] = item.state
            if before is item.state or (before is None and item.added_ms < self._since_ms):
                continue
            if item.state is UploadState.SEARCHABLE:
                self._note(searchable=[plain_name(item.path)])
            elif item.state is UploadState.FAILED:
                self._note(failed=[(plain_name(item.path), localised(item.cause))])

    def see_import(self, item: ImportItem) -> None:
        """An import that got any further; it is announced once, at its end."""
        if item.is_over:
            searchable = [video.name for video in item.videos if video.readiness is Readiness.SEARCHABLE]
            failed = [(import_title(item.wish), localised(item.cause))] if item.state is ImportState.FAILED else []
            self._note(searchable, failed)

    def _note(self, searchable: Iterable[str] = (), failed: Iterable[tuple[str, str]] = ()) -> None:
        if not self._is_on or _is_active():
            return
        self._searchable += searchable
        self._failed += failed
        if not self._timer.isActive() and (self._searchable or self._failed):
            self._timer.start(self._first_ms if self._is_first else self._next_ms)

    def _on_time(self) -> None:
        if self._is_on and (self._searchable or self._failed):
            self._is_first = False
            self.announced.emit(*announcement(self._searchable, self._failed))

    def _on_activity_changed(self, _state: Qt.ApplicationState) -> None:
        if _is_active():  # the user sees for themselves
            self._timer.stop()
            self._is_first = True
            self._searchable, self._failed = [], []


def _is_active() -> bool:
    return QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive
