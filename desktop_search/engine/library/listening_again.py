"""Better transcripts for footage that was heard roughly before a speech model was in use: one video at a time."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future

from desktop_search.core.errors import Cancelled, FileProblem
from desktop_search.engine.indexing.results import Meant, Said
from desktop_search.engine.library.indexer import Indexer
from desktop_search.engine.library.worker_process import Task
from desktop_search.engine.model_store.installed import ChosenModels, InstalledModel
from desktop_search.engine.store.rows import Video
from desktop_search.engine.store.store import Store

_log = logging.getLogger(__name__)
LOOK_EVERY_S = 2.0  # at which model is in use
_ANSWER_EVERY_S = 0.5
_FAILURES_MAX = 5  # in a row: then it is the model; the rest waits until another is in use


def _unheard() -> None:
    pass


class ListeningAgain:
    """Listens with the speech model in use to what was heard by none, while nothing else is to be done.

    Nothing is written down about it: the record says by whom each video was heard, also after a crash. The transcript
    of before answers until the new one takes its place, all at once.
    """

    def __init__(
        self,
        store: Store,
        indexer: Indexer,
        *,
        models: Callable[[], ChosenModels] = ChosenModels,
        on_heard: Callable[[], None] = _unheard,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        self._store, self._indexer, self._models, self._look_every_s = store, indexer, models, look_every_s
        self._on_heard = on_heard
        self._given_up: set[tuple[str, int]] = set()  # model and video, until the engine ends
        self._failures: dict[str, int] = {}  # in a row, of each model
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._work, name="listening again", daemon=True)

    def start(self) -> None:
        """Begin; what is being indexed goes first."""
        self._thread.start()

    def close(self) -> None:
        """Stop; what is left is taken up at the next start."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join()

    def progress(self) -> tuple[int, int] | None:
        """How many videos with sound have their transcript by a model, and how many there are. `None` without a model.

        Those that cannot be heard, because they are away or damaged, count as done.
        """
        model = self._models().speech
        if model is None:
            return None
        total = self._store.transcripts.heard()
        return max(0, total - len(self._waiting(model))), total

    def ask(self) -> int:
        """Have those heard again as well that another model has heard; how many they are. 0 without a model."""
        model = self._models().speech
        return 0 if model is None else self._store.transcripts.ask_again(model.identity)

    def _work(self) -> None:
        while not self._closing.is_set():
            try:
                models = self._models()
                video = self._next(models)
                if video is not None:
                    self._listen(video, models)
                    continue
            except sqlite3.Error:
                _log.exception("transcripts could not be read or stored; trying again later")
            self._closing.wait(self._look_every_s)

    def _next(self, models: ChosenModels) -> Video | None:
        model = models.speech
        if model is None or self._failures.get(model.identity, 0) >= _FAILURES_MAX:
            return None
        found = (self._store.videos.get(each) for each in self._waiting(model) if not self._indexer.is_busy(each))
        return next((video for video in found if video is not None), None)

    def _waiting(self, model: InstalledModel) -> list[int]:
        return [each for each in self._store.transcripts.waiting() if (model.identity, each) not in self._given_up]

    def _listen(self, video: Video, models: ChosenModels) -> None:
        if video.file is None or models.speech is None:
            return
        task, model = Task("said", video.file, video.name, models), models.speech.identity
        try:
            said, meant = self._wait(self._indexer.later(task, stopped=lambda: self._is_void(video, models)))
        except Cancelled:
            self._closing.wait(self._look_every_s)
            return
        except FileProblem as problem:
            _log.warning("%s was not heard again: %s %s", video.video_no, problem, problem.details)
            self._give_up(model, video)
            self._failures[model] = self._failures.get(model, 0) + 1
            return
        self._failures[model] = 0
        if self._store.transcripts.replace(video.video_id, said, meant):
            self._on_heard()
        else:
            self._give_up(model, video)

    def _give_up(self, model: str, video: Video) -> None:
        self._given_up.add((model, video.video_id))

    def _wait(self, future: Future[tuple[Said, Meant | None]]) -> tuple[Said, Meant | None]:
        while not self._closing.is_set():
            try:
                return future.result(_ANSWER_EVERY_S)
            except TimeoutError:
                continue
        raise Cancelled

    def _is_void(self, video: Video, models: ChosenModels) -> bool:
        """Whether nobody wants the result any longer, or new footage must not wait for it: it then begins anew."""
        if self._closing.is_set() or self._models().speech != models.speech:
            return True
        if self._indexer.waiting or self._indexer.is_busy(video.video_id):
            return True
        return self._store.videos.get(video.video_id) is None
