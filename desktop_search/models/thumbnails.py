"""Thumbnails off the GUI thread: kept ones at once, the newest view first, no backlog, a bounded number in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop_search.core.errors import AppError
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobHandle, JobRunner, Report

KEPT_LANE, LANE = "kept thumbs", "thumbs"
MAX_SIDE_PX = 256
_AT_ONCE, _KEPT, _WAITING = 2, 400, 120

Early = Callable[[bytes], None]
LoadThumbnail = Callable[[Hashable, int, CancelToken, Early], bytes]
ReadKept = Callable[[Hashable, int], bytes | None]


def _nothing_kept(_key: Hashable, _max_side_px: int) -> bytes | None:
    return None


class ThumbnailLoader(QObject):
    """Gives a picture at once if it is there, else fetches it and says so. What a key means is the loader's affair.

    Args:
        load: `(key, longest side in pixels, token, early) -> JPEG`, called off the GUI thread. It may give `early` a
            JPEG to show until it is done.
        kept: `(key, longest side in pixels) -> JPEG` of what needs no making, `None` for the rest; called off the GUI
            thread, and never behind a `load`.

    Signals:
        changed(object): the picture of this key, or the reason why there is none, is there now.
    """

    changed = Signal(object)

    def __init__(
        self,
        runner: JobRunner,
        load: LoadThumbnail,
        parent: QObject | None = None,
        *,
        kept: ReadKept = _nothing_kept,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._load_bytes, self._read_kept = load, kept
        self._images: OrderedDict[Hashable, QImage] = OrderedDict()
        self._problems: dict[Hashable, str] = {}
        self._asked: OrderedDict[Hashable, None] = OrderedDict()  # may be kept
        self._waiting: OrderedDict[Hashable, None] = OrderedDict()  # have to be made
        self._reading: set[Hashable] = set()
        self._running: dict[Hashable, JobHandle] = {}

    def image(self, key: Hashable) -> QImage | None:
        """The picture, or `None` now and `changed` later."""
        if key in self._waiting:
            self._waiting.move_to_end(key)  # what is looked at now comes before what was
        elif not (key in self._images or key in self._problems or self._is_under_way(key)):
            _put_last(self._asked, key)
            self._read_next()
        if key in self._images:
            self._images.move_to_end(key)
            return self._images[key]
        return None

    def problem(self, key: Hashable) -> str:
        """Why there is no picture; "" while there is one or it is still coming."""
        return self._problems.get(key, "")

    @property
    def runner(self) -> JobRunner:
        """What runs the loading; for others who work on the same pictures."""
        return self._runner

    @property
    def is_idle(self) -> bool:
        """Whether everything that was asked for has come, or failed."""
        return not (self._asked or self._waiting or self._reading or self._running)

    def forget_waiting(self) -> None:
        """Drop what was asked for and is not there: something else is on the screen. Failures may be tried again."""
        self._asked.clear()
        self._reading.clear()
        self._waiting.clear()
        self._problems.clear()
        for handle in self._running.values():
            handle.cancel()

    def _is_under_way(self, key: Hashable) -> bool:
        return key in self._reading or (key in self._running and not self._running[key].token.cancelled)

    def _read_next(self) -> None:
        key = next((each for each in reversed(self._asked) if each not in self._running), None)
        if key is None or self._reading:
            return
        del self._asked[key]
        self._reading.add(key)

        def read(_token: CancelToken, _report: Report) -> QImage | None:
            data = self._read_kept(key, MAX_SIDE_PX)
            image = QImage() if data is None else QImage.fromData(data)
            return None if image.isNull() else image

        self._runner.start(
            read,
            lane=KEPT_LANE,
            done=partial(self._on_read, key),
            failed=lambda _error: self._on_read(key, None),
            cancelled=partial(self._reading.discard, key),
        )

    def _on_read(self, key: Hashable, image: QImage | None) -> None:
        is_wanted = key in self._reading  # not dropped meanwhile
        self._reading.discard(key)
        if image is not None:
            self._keep(key, image)
        elif is_wanted:
            _put_last(self._waiting, key)
            self._start_next()
        self._read_next()

    def _start_next(self) -> None:
        while self._waiting and len(self._running) < _AT_ONCE:
            key, _ = self._waiting.popitem(last=True)
            self._running[key] = self._runner.start(
                partial(self._load, key),
                lane=LANE,
                done=partial(self._on_done, key),
                failed=partial(self._on_failed, key),
                cancelled=partial(self._on_cancelled, key),
                progress=partial(self._keep, key),
            )

    def _load(self, key: Hashable, token: CancelToken, report: Report) -> QImage:
        def early(data: bytes) -> None:
            image = QImage.fromData(data)
            if not image.isNull():
                report(image)

        image = QImage.fromData(self._load_bytes(key, MAX_SIDE_PX, token, early))
        if image.isNull():
            raise AppError(_("The thumbnail could not be read."))
        return image

    def _keep(self, key: Hashable, image: QImage) -> None:
        self._images[key] = image
        while len(self._images) > _KEPT:
            self._images.popitem(last=False)
        self.changed.emit(key)

    def _on_done(self, key: Hashable, image: QImage) -> None:
        del self._running[key]
        self._keep(key, image)
        self._start_next()

    def _on_failed(self, key: Hashable, error: AppError) -> None:
        del self._running[key]
        if key not in self._images:
            self._problems[key] = str(error)
        self.changed.emit(key)
        self._start_next()

    def _on_cancelled(self, key: Hashable) -> None:
        """It is asked for again when it is looked at again; an early picture is none to keep."""
        del self._running[key]
        self._images.pop(key, None)
        self._start_next()
        self._read_next()  # it may be wanted again already


def _put_last(keys: OrderedDict[Hashable, None], key: Hashable) -> None:
    keys[key] = None
    keys.move_to_end(key)
    while len(keys) > _WAITING:
        keys.popitem(last=False)
