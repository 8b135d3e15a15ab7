"""More like this: from a frame, a picture or a result to a search by it, off the GUI thread."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop_search.core.errors import AppError
from desktop_search.core.hits import Hit, ImageHit
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Work
from desktop_search.ui.search.result_menu import Chosen, MenuEntry, ResultMenu, Section
from desktop_search.ui.search.search_pane import SearchPane

_LANE = "likeness"


class Pictures(Protocol):
    """Makes pictures to search by; every method may take long."""

    def frame(self, path: Path, at_ms: int, token: CancelToken) -> Path:
        """Of the frame on screen at that time."""
        ...

    def found(self, found: Hit | ImageHit, token: CancelToken) -> Path:
        """Of what a result looks like."""
        ...


class LikenessController(QObject):
    """The newest wish counts. What one result, or one clip, can be searched for stands in the results' menu.

    Signals:
        failed(AppError): there is no picture to search by.
    """

    failed = Signal(object)

    def __init__(self, runner: JobRunner, pictures: Pictures, search: SearchPane, menu: ResultMenu) -> None:
        super().__init__(search)
        self._runner, self._pictures, self._search = runner, pictures, search
        search.search_requested.connect(self._forget)
        search.stop_requested.connect(self._forget)
        menu.add(MenuEntry("results.like-this", self._like_chosen, Section.FIND, "by-picture", why_not=_why_not_one))
        menu.add(MenuEntry("results.search-inside", self._inside_chosen, Section.FIND, "search", why_not=_why_no_clip))

    def like_frame(self, path: Path, at_ms: int) -> None:
        """Search for frames like the one of this file that is on screen at that time."""
        self._start(lambda token, _report: self._pictures.frame(path, at_ms, token))

    def like_result(self, found: Hit | ImageHit) -> None:
        """Search for frames like the first one of a hit, or like an image."""
        self._start(lambda token, _report: self._pictures.found(found, token))

    def _start(self, work: Work) -> None:
        running = self._runner.start(work, lane=_LANE, done=self._on_made, failed=self._on_failed, latest_wins=True)
        self._search.set_busy(True, running.token)

    def _on_made(self, picture: Path) -> None:
        self._search.set_busy(False)
        self._search.search_by(picture)

    def _on_failed(self, error: AppError) -> None:
        self._search.set_busy(False)
        self.failed.emit(error)

    def _forget(self) -> None:
        """Another search was asked for, or none: the picture comes too late."""
        self._runner.cancel_lane(_LANE)

    def _like_chosen(self, chosen: Chosen) -> None:
        self.like_result(chosen[0])

    def _inside_chosen(self, chosen: Chosen) -> None:
        hit = next(each for each in chosen if isinstance(each, Hit))
        self._search.search_inside(hit.clip, hit.name)


def _why_not_one(chosen: Chosen) -> str:
    return "" if len(chosen) == 1 else _("of one at a time")


def _why_no_clip(chosen: Chosen) -> str:
    hits = [each for each in chosen if isinstance(each, Hit)]
    if len({hit.clip for hit in hits}) != 1 or len(hits) < len(chosen):
        return _("in one clip at a time")
    return _("not in public posts") if hits[0].is_public else ""
