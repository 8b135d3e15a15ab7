"""Sentences about what is seen, by the caption model in use: one video at a time, once it is searchable."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future

from desktop_search.core.errors import Cancelled, FileProblem
from desktop_search.engine.library.files import Files
from desktop_search.engine.library.indexer import Indexer
from desktop_search.engine.library.worker_process import Task
from desktop_search.engine.meaning.material import Material
from desktop_search.engine.model_store.installed import ChosenModels, InstalledModel
from desktop_search.engine.store.rows import Video
from desktop_search.engine.store.store import Store

_log = logging.getLogger(__name__)
LOOK_EVERY_S = 2.0  # at which model is in use
_ANSWER_EVERY_S = 0.5
_AT_ONCE = 16  # key frames: some ten seconds on a slow computer, then new footage may go first
_FAILURES_MAX = 5  # in a row: then it is the model; the rest waits until another is in use


class Captioning:
    """Has the key frames described of what has no captions by the model in use, while nothing else is to be done.

    Nothing is written down about it: the record says by which model each video was described, also after a crash. It
    takes much longer than all other indexing, so footage never waits for it: until then its sentences are made of its
    index words.
    """

    def __init__(
        self,
        store: Store,
        files: Files,
        indexer: Indexer,
        *,
        models: Callable[[], ChosenModels] = ChosenModels,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        self._store, self._files, self._indexer = store, files, indexer
        self._models, self._look_every_s = models, look_every_s
        self._given_up: set[tuple[str, int]] = set()  # model and video, until the engine ends
        self._failures: dict[str, int] = {}  # in a row, of each model
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._work, name="captioning", daemon=True)

    def start(self) -> None:
        """Begin; what is being indexed goes first."""
        self._thread.start()

    def close(self) -> None:
        """Stop; what is left is taken up at the next start."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join()

    def progress(self) -> tuple[int, int] | None:
        """How many videos have their captions, and how many there are. `None` without a model.

        Those that cannot have any, because key frames are gone, count as done.
        """
        model = self._models().caption
        if model is None:
            return None
        total = len(self._store.videos.searchable())
        return max(0, total - len(self._waiting(model))), total

    def _work(self) -> None:
        while not self._closing.is_set():
            try:
                model = self._models().caption
                video = None if model is None else self._next(model)
                if model is not None and video is not None:
                    self._describe(video, model)
                    continue
            except sqlite3.Error:
                _log.exception("captions could not be read or stored; trying again later")
            self._closing.wait(self._look_every_s)

    def _next(self, model: InstalledModel) -> Video | None:
        if self._failures.get(model.identity, 0) >= _FAILURES_MAX:
            return None
        found = (self._store.videos.get(each) for each in self._waiting(model) if not self._indexer.is_busy(each))
        return next((video for video in found if video is not None), None)

    def _waiting(self, model: InstalledModel) -> list[int]:
        waiting = self._store.captions.waiting(model.identity)
        return [each for each in waiting if (model.identity, each) not in self._given_up]

    def _describe(self, video: Video, model: InstalledModel) -> None:
        segments = list(self._store.moments.segments_of([video.video_id]))
        captions: dict[int, str] = {}
        try:
            for first in range(0, len(segments), _AT_ONCE):
                part = segments[first : first + _AT_ONCE]
                frames = tuple(self._files.keyframe(video.video_id, segment.keyframe_ms) for segment in part)
                texts = self._written(video, model, frames=Material(keyframes=frames))
                captions |= dict(zip((segment.segment_id for segment in part), texts, strict=True))
        except Cancelled:
            self._closing.wait(self._look_every_s)
            return
        except FileProblem as problem:
            _log.warning("%s got no captions: %s %s", video.video_no, problem, problem.details)
            self._given_up.add((model.identity, video.video_id))
            self._failures[model.identity] = self._failures.get(model.identity, 0) + 1
            return
        self._failures[model.identity] = 0
        self._store.captions.keep(video.video_id, model.identity, captions)

    def _written(self, video: Video, model: InstalledModel, *, frames: Material) -> tuple[str, ...]:
        def is_void() -> bool:
            return self._is_void(video, model)

        if is_void():
            raise Cancelled
        task = Task("caption", self._files.keyframes, video.name, ChosenModels(caption=model), frames)
        future: Future[tuple[str, ...]] = self._indexer.later(task, stopped=is_void)
        while not self._closing.is_set():
            try:
                return future.result(_ANSWER_EVERY_S)
            except TimeoutError:
                continue
        raise Cancelled

    def _is_void(self, video: Video, model: InstalledModel) -> bool:
        """Whether nobody wants the result any longer: another model is in use, or the video is gone or read anew."""
        if self._closing.is_set() or self._models().caption != model or self._indexer.is_busy(video.video_id):
            return True
        return self._store.videos.get(video.video_id) is None
