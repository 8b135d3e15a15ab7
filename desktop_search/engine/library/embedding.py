"""Vectors for footage that was indexed before its model was in use: made in the background, one video at a time."""

from __future__ import annotations

import itertools
import logging
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace

from desktop_search.core.errors import Cancelled, FileProblem
from desktop_search.engine.library.awaiting import awaited
from desktop_search.engine.library.embedding_jobs import ImagesJob, Job, VideoJob
from desktop_search.engine.library.files import Files
from desktop_search.engine.library.indexer import Indexer
from desktop_search.engine.library.worker_process import Task
from desktop_search.engine.meaning.material import Embedded
from desktop_search.engine.model_store.installed import ChosenModels, InstalledModel, Kind
from desktop_search.engine.store.meanings import Part
from desktop_search.engine.store.store import Store

_log = logging.getLogger(__name__)
LOOK_EVERY_S = 2.0  # at which models are in use
_IMAGES_AT_ONCE = 16
_FAILURES_MAX = 5  # in a row: then it is the model; the rest waits until something changes


@dataclass(frozen=True, slots=True)
class _Missing:
    """Searchable footage without vectors of the models in use."""

    seen: list[int]
    said: list[int]
    images: list[int]

    @property
    def videos(self) -> list[int]:
        """Those that lack either, the newest first."""
        return sorted({*self.seen, *self.said}, reverse=True)


class Embedding:
    """Makes up for what is missing, whenever models or footage change.

    Nothing is written down about it: what has no vectors is what is left to do, also after a crash. While another model
    comes into use, the vectors of the one before go on answering until its own are there.
    """

    def __init__(
        self,
        store: Store,
        files: Files,
        indexer: Indexer,
        *,
        models: Callable[[], ChosenModels] = ChosenModels,
        installed: Callable[[], Iterable[InstalledModel]] = tuple,
        keeps_others: Callable[[], bool] = lambda: False,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        self._store, self._files, self._indexer = store, files, indexer
        self._models, self._installed, self._look_every_s = models, installed, look_every_s
        self._keeps_others = keeps_others  # whether the models before are on trial against those in use
        self._jobs: deque[Job] = deque()
        self._failures = 0  # in a row
        self._jobs_for: ChosenModels | None = None  # `None`: look anew
        self._given_up: set[tuple[str, int]] = set()  # model and footage, until the engine ends
        self._numbers = itertools.count(1)
        self._made = 0  # another number whenever something changed by which it is decided who answers
        self._answers: tuple[ChosenModels, int, ChosenModels] | None = None
        self._closing, self._woken = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._work, name="embedding", daemon=True)

    def start(self) -> None:
        """Begin; what is being indexed goes first."""
        self._thread.start()

    def wake(self) -> None:
        """Footage has changed."""
        self._jobs_for = None
        self._made = next(self._numbers)
        self._woken.set()

    def close(self) -> None:
        """Stop; what is left is taken up at the next start."""
        self._closing.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join()

    def progress(self) -> dict[Kind, tuple[int, int]]:
        """Of each kind of which a model is in use: how many items have their vectors, and how many there are.

        Items are videos, and images for what is seen. Those that cannot have any vectors, because what is needed is
        gone or damaged, count as done.
        """
        models = self._models()
        left, videos = self._missing(models), len(self._store.videos.searchable())
        found = {}
        if models.seen is not None:
            total = videos + len(self._store.images.searchable())
            found[Kind.SEEN] = max(0, total - len(left.seen) - len(left.images)), total
        if models.text is not None:
            found[Kind.TEXT] = max(0, videos - len(left.said)), videos
        return found

    def answering(self) -> ChosenModels:
        """The models by whose vectors to search: those in use, or those before them while they have more vectors."""
        chosen, made, known = self._models(), self._made, self._answers
        if known is None or known[:2] != (chosen, made):
            seen, text = self._answerer(chosen.seen, "seen"), self._answerer(chosen.text, "said")
            known = self._answers = chosen, made, replace(chosen, seen=seen, text=text)
        return known[2]

    def before(self) -> ChosenModels:
        """The models before those in use, where vectors of theirs are there; else those in use."""
        chosen = self._models()
        return replace(chosen, seen=self._former(chosen.seen, "seen"), text=self._former(chosen.text, "said"))

    def _former(self, chosen: InstalledModel | None, part: Part) -> InstalledModel | None:
        made = self._store.meanings.models(part)
        others = [] if chosen is None else [each for each in self._installed() if each.kind == chosen.kind]
        former = [each for each in others if each != chosen and made.get(each.identity)]
        return max(former, key=lambda model: made[model.identity], default=chosen)

    def _answerer(self, chosen: InstalledModel | None, part: Part) -> InstalledModel | None:
        if chosen is None:
            return None
        if self._keeps_others():
            return self._former(chosen, part)
        made = self._store.meanings.models(part)
        usable = [chosen, *(each for each in self._installed() if each.kind == chosen.kind)]
        return max(usable, key=lambda model: made.get(model.identity, 0))  # the first of equals

    def _work(self) -> None:
        while not self._closing.is_set():
            try:
                job = self._next()
                if job is not None:
                    self._do(job)
                    continue
            except sqlite3.Error:
                _log.exception("vectors could not be read or stored; trying again later")
                self._jobs_for = None
            self._woken.wait(self._look_every_s)
            self._woken.clear()

    def _next(self) -> Job | None:
        models = self._models()
        if self._jobs_for != models:
            self._jobs_for, self._failures = models, 0
            left = self._missing(models)
            self._jobs = deque(self._jobs_of(left, models))
            self._forget_others(models, left)
        return self._jobs.popleft() if self._jobs else None

    def _jobs_of(self, left: _Missing, models: ChosenModels) -> Iterator[Job]:
        for start in range(0, len(left.images), _IMAGES_AT_ONCE):
            yield ImagesJob(self._store, self._files, tuple(left.images[start : start + _IMAGES_AT_ONCE]), models)
        for video_id in left.videos:
            if not self._indexer.is_busy(video_id):
                yield VideoJob(self._store, self._files, video_id, models)

    def _missing(self, models: ChosenModels) -> _Missing:
        meanings, seen, said = self._store.meanings, models.seen, models.text
        return _Missing(
            seen=[] if seen is None else self._possible(seen, meanings.missing("seen", seen.identity)),
            said=[] if said is None else self._possible(said, meanings.missing("said", said.identity)),
            images=[] if seen is None else self._possible(seen, meanings.images_missing(seen.identity)),
        )

    def _possible(self, model: InstalledModel, ids: Sequence[int]) -> list[int]:
        return [each for each in ids if (model.identity, each) not in self._given_up]

    def _forget_others(self, models: ChosenModels, left: _Missing) -> None:
        """Once a model has all its vectors, those of the ones before it are of no use, unless they are compared."""
        if self._keeps_others():
            return
        parts: tuple[tuple[Part, InstalledModel | None, bool], ...] = (
            ("seen", models.seen, not left.seen and not left.images),
            ("said", models.text, not left.said),
        )
        for part, model, is_whole in parts:
            made = self._store.meanings.models(part)
            if model is not None and is_whole and model.identity in made:
                for other in made.keys() - {model.identity}:
                    self._store.meanings.forget_model(part, other)
                    self._made = next(self._numbers)

    def _do(self, job: Job) -> None:
        failed: tuple[int, ...] = ()
        try:
            made = [self._made_of(task, job) for task in job.tasks()]
            if made:
                failed = job.keep(made)
        except Cancelled:
            pass
        except FileProblem as problem:
            _log.warning("no vectors for %s: %s %s", job.ids, problem, problem.details)
            failed = job.ids
            if job.to_index_again():
                self._indexer.add_video(job.ids[0])
        self._made = next(self._numbers)
        self._failures = self._failures + 1 if failed == job.ids else 0
        for model in (job.models.seen, job.models.text):
            self._given_up |= {(model.identity, each) for each in failed if model is not None}
        if self._failures >= _FAILURES_MAX:
            self._jobs.clear()
        elif not self._jobs:
            self._jobs_for = None  # once more: something may be left, or nothing, and then others are forgotten

    def _made_of(self, task: Task, job: Job) -> Embedded:
        if self._is_void(job):
            raise Cancelled
        made: Future[Embedded] = self._indexer.later(task, stopped=lambda: self._is_void(job))
        return awaited(made, self._closing)

    def _is_void(self, job: Job) -> bool:
        """Whether nobody wants the result any longer: it would be wrong, or belong to nothing."""
        if self._closing.is_set() or self._models() != job.models or any(map(self._indexer.is_busy, job.ids)):
            return True
        return not job.is_wanted()
