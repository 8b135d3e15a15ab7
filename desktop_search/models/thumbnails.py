"""Thumbnails off the GUI thread: the newest view first, no backlog, a bounded number in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop_search.core.errors import AppError
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report

LANE = "thumbs"
MAX_SIDE_PX = 256
_AT_ONCE, _KEPT, _WAITING = 2, 400, 120

LoadThumbnail = Callable[[Hashable, int, CancelToken], bytes]


class ThumbnailLoader(QObject):
    """Gives a picture at once if it is there, else fetches it and says so. What a key means is the loader's affair.

    Args:
        load: `(key, longest side in pixels, token) -> JPEG`, called off the GUI thread.

    Signals:
        changed(object): the picture of this key, or the reason why there is none, is there now.
    """

    changed = Signal(object)

    def __init__(self, runner: JobRunner, load: LoadThumbnail, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._load_bytes = load
        self._images: OrderedDict[Hashable, QImage] = OrderedDict()
        self._problems: dict[Hashable, str] = {}
        self._waiting: OrderedDict[Hashable, None] = OrderedDict()
        self._running: set[Hashable] = set()

    def image(self, key: Hashable) -> QImage | None:
        """The picture, or `None` now and `changed` later."""
        if key in self._images:
            self._images.move_to_end(key)
            return self._images[key]
        if key not in self._problems and key not in self._running:
            self._waiting[key] = None
            self._waiting.move_to_end(key)  # what is looked at now comes before what was
            while len(self._waiting) > _WAITING:
                self._waiting.popitem(last=False)
            self._start_next()
        return None

    def problem(self, key: Hashable) -> str:
        """Why there is no picture; "" while there is one or it is still coming."""
        return self._problems.get(key, "")

    @property
    def is_idle(self) -> bool:
        """Whether everything that was asked for has come, or failed."""
        return not self._waiting and not self._running

    def forget_waiting(self) -> None:
        """Drop what was asked for but not begun: something else is on the screen. Failures may be tried again."""
        self._waiting.clear()
        self._problems.clear()

    def _start_next(self) -> None:
        while self._waiting and len(self._running) < _AT_ONCE:
            key, _ = self._waiting.popitem(last=True)
            self._running.add(key)
            self._runner.start(
                partial(self._load, key),
                lane=LANE,
                done=partial(self._on_done, key),
                failed=partial(self._on_failed, key),
                cancelled=partial(self._running.discard, key),
            )

    def _load(self, key: Hashable, token: CancelToken, _report: Report) -> QImage:
        image = QImage.fromData(self._load_bytes(key, MAX_SIDE_PX, token))
        if image.isNull():
            raise AppError("The thumbnail could not be read.")
        return image

    def _on_done(self, key: Hashable, image: QImage) -> None:
        self._images[key] = image
        while len(self._images) > _KEPT:
            self._images.popitem(last=False)
        self._end(key)

    def _on_failed(self, key: Hashable, error: AppError) -> None:
        self._problems[key] = str(error)
        self._end(key)

    def _end(self, key: Hashable) -> None:
        self._running.discard(key)
        self.changed.emit(key)
        self._start_next()
