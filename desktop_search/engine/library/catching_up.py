"""What a model makes of videos that were searchable before it was in use: one video at a time, in the background."""

from __future__ import annotations

import logging
import sqlite3
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable

from desktop_search.core.errors import Cancelled, FileProblem
from desktop_search.engine.library.indexer import Indexer
from desktop_search.engine.model_store.installed import ChosenModels, InstalledModel
from desktop_search.engine.store.rows import Video
from desktop_search.engine.store.store import Store

_log = logging.getLogger(__name__)
LOOK_EVERY_S = 2.0  # at which model is in use
_FAILURES_MAX = 5  # in a row: then it is the model; the rest waits until another is in use


class CatchingUp(ABC):
    """Has a model go through what lacks its work, while nothing else is to be done.

    Nothing is written down about it: the record says by which model each video was gone through, also after a crash.

    Args:
        name: of the thread, and of the work in the log.
        model_of: which of the models in use it is.
    """

    def __init__(
        self,
        name: str,
        store: Store,
        indexer: Indexer,
        models: Callable[[], ChosenModels],
        model_of: Callable[[ChosenModels], InstalledModel | None],
        look_every_s: float,
    ) -> None:
        self._name, self._store, self._indexer = name, store, indexer
        self._models, self._model_of, self._look_every_s = models, model_of, look_every_s
        self._given_up: set[tuple[str, int]] = set()  # model and video, until the engine ends
        self._failures: dict[str, int] = {}  # in a row, of each model
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)

    def start(self) -> None:
        """Begin; what is being indexed goes first."""
        self._thread.start()

    def close(self) -> None:
        """Stop; what is left is taken up at the next start."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join()

    def progress(self) -> tuple[int, int] | None:
        """How many videos are done, and how many there are. `None` without a model.

        Those of which nothing can be made, because they are away or damaged, count as done.
        """
        model = self._model_of(self._models())
        if model is None:
            return None
        total = self._total()
        return max(0, total - len(self._waiting(model))), total

    @abstractmethod
    def _total(self) -> int:
        """How many videos the work is for."""

    @abstractmethod
    def _without(self, model: InstalledModel) -> list[int]:
        """The videos that lack the work of the model."""

    @abstractmethod
    def _go_through(self, video: Video, model: InstalledModel) -> bool:
        """Do it, and keep what came out; whether it could be kept. Raises Cancelled, FileProblem, sqlite3.Error."""

    def _is_void(self, video: Video, model: InstalledModel) -> bool:
        """Whether nobody wants the result any longer: another model is in use, or the video is gone or read anew."""
        if self._closing.is_set() or self._model_of(self._models()) != model or self._indexer.is_busy(video.video_id):
            return True
        return self._store.videos.get(video.video_id) is None

    def _work(self) -> None:
        while not self._closing.is_set():
            try:
                model = self._model_of(self._models())
                video = None if model is None else self._next(model)
                if model is not None and video is not None:
                    self._try(video, model)
                    continue
            except sqlite3.Error:
                _log.exception("%s: the record could not be read or written; trying again later", self._name)
            self._closing.wait(self._look_every_s)

    def _next(self, model: InstalledModel) -> Video | None:
        if self._has_failed(model):
            return None
        found = (self._store.videos.get(each) for each in self._waiting(model) if not self._indexer.is_busy(each))
        return next((video for video in found if video is not None), None)

    def _has_failed(self, model: InstalledModel) -> bool:
        """Whether it fails with everything, so that the rest waits until another is in use."""
        return self._failures.get(model.identity, 0) >= _FAILURES_MAX

    def _waiting(self, model: InstalledModel) -> list[int]:
        return [each for each in self._without(model) if (model.identity, each) not in self._given_up]

    def _try(self, video: Video, model: InstalledModel) -> None:
        self._attempt(video.video_id, video.video_no, model, lambda: self._go_through(video, model))

    def _attempt(self, item_id: int, called: str, model: InstalledModel, work: Callable[[], bool]) -> None:
        """Do the work for a video or an image, as `_go_through`; what cannot be done is not tried again.

        `called` is what the log calls it.
        """
        try:
            is_kept = work()
        except Cancelled:
            self._closing.wait(self._look_every_s)
            return
        except FileProblem as problem:
            _log.warning("%s: nothing for %s: %s %s", self._name, called, problem, problem.details)
            self._failures[model.identity] = self._failures.get(model.identity, 0) + 1
            is_kept = False
        else:
            self._failures[model.identity] = 0
        if not is_kept:
            self._given_up.add((model.identity, item_id))
