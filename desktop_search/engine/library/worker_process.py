"""What runs in a worker process: one file after the other, as a pipe names them."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

from desktop_search.core.errors import AppError, FileProblem
from desktop_search.core.priority import die_with_parent, step_back
from desktop_search.core.token import CancelToken
from desktop_search.core.worker_limits import NO_MEMORY, limit_memory, memory_limit_bytes
from desktop_search.engine.indexing.results import Meant, Said
from desktop_search.engine.library.pausing import PausingToken
from desktop_search.engine.meaning.material import Material
from desktop_search.engine.model_store.installed import ChosenModels
from desktop_search.engine.people.faces import SeenFace


@dataclass(frozen=True, slots=True)
class Task:
    """One file to be read. `kind` is "video", "image" or "picture" (a query, of which only the vector is wanted).

    `models` are those that are in use when its turn comes. Of kind "meaning", `material` is to be embedded by them;
    of kind "said", the video is to be listened to by the speech model among them; of kind "caption", the key frames in
    `material` are to be described by the caption model among them; of kind "faces", looked through for faces by those
    for people.
    """

    kind: str
    path: Path
    name: str
    models: ChosenModels = field(default_factory=ChosenModels)
    material: Material | None = None


class Report(Protocol):
    """How a task tells how far it is."""

    def __call__(self, permille: int) -> None:
        """So much is done, 0 to 1000."""

    def length(self, length_ms: int) -> None:
        """The video is so long, which says how much time it may take."""


Handler = Callable[[Task, Report, CancelToken], Any]


class _PipeReport:
    def __init__(self, pipe: Connection, token: CancelToken) -> None:
        self._pipe, self._token = pipe, token

    def __call__(self, permille: int) -> None:
        self._token.check()
        self._pipe.send(("progress", permille))

    def length(self, length_ms: int) -> None:
        self._pipe.send(("length", length_ms))


def analyse(task: Task, report: Report, token: CancelToken) -> object:
    """The analysis of the file; it pauses where `token` says so. Raises FileProblem."""
    from desktop_search.engine.indexing import analysis  # decoders and models: for worker processes alone
    from desktop_search.engine.meaning.embedding import embedder

    if task.kind == "video":
        return _analyse_video(task, report, token)
    if task.kind == "said":
        return _listen_again(task, report, token)
    if task.kind == "image":
        return embedder().image(analysis.analyse_image(task.path, name=task.name), task.path, task.models)
    if task.kind == "caption":
        return _described(task, token)
    if task.kind == "faces":
        return _faces(task, token)
    if task.material is not None:
        return embedder().later(task.material, task.models, report, token)
    return analysis.picture_vector(task.path, name=task.name)


def _analyse_video(task: Task, report: Report, token: CancelToken) -> object:
    from desktop_search.engine.indexing.analysis import analyse_video
    from desktop_search.engine.meaning.embedding import embedder

    share = embedder().share_of(task.models)
    with embedder().alongside(task.models, token) as beside:
        found = analyse_video(
            task.path,
            name=task.name,
            report=lambda done: report(done * (1000 - share) // 1000),
            token=token,
            on_length=report.length,
            on_segment=beside.add,
            models=task.models,
        )
        seen = beside.result()
    last = lambda done: report(1000 - share + done * share // 1000)  # noqa: E731
    return embedder().finished(found, task.models, seen, last, token)


def _listen_again(task: Task, report: Report, token: CancelToken) -> tuple[Said, Meant | None]:
    from desktop_search.engine.meaning.embedding import embedder
    from desktop_search.engine.speech.said import heard_in
    from desktop_search.media.probe import probe

    if task.models.speech is None:
        raise FileProblem("No speech model is in use.")
    length_ms = probe(task.path, allow_cut=True).duration_ms
    report.length(length_ms)
    said = heard_in(task.models.speech, task.path, duration_ms=length_ms, report=report, token=token)
    if task.models.text is None:
        return said, None
    texts = Material(texts=tuple(utterance.text for utterance in said.utterances))
    with suppress(FileProblem):  # the words are worth having without vectors too
        return said, embedder().later(texts, task.models, report, token).said
    return said, None


def _described(task: Task, token: CancelToken) -> tuple[str, ...]:
    from desktop_search.engine.captions.describing import describer

    if task.models.caption is None or task.material is None:
        raise FileProblem("No caption model is in use.")
    return describer().captions(task.models.caption, task.material.keyframes or (), token)


def _faces(task: Task, token: CancelToken) -> tuple[tuple[SeenFace, ...], ...]:
    from desktop_search.engine.people.reading import KEYFRAME_SIDE, STILL_SIDE, face_reading

    models = task.models
    if models.face is None or models.person is None or task.material is None:
        raise FileProblem("The models for people are not in use.")
    side_px = STILL_SIDE if task.material.images else KEYFRAME_SIDE
    files = task.material.images or task.material.keyframes or ()
    return face_reading().in_files(models.face, models.person, files, side_px, token)


def work(pipe: Connection, handler: Handler) -> None:
    """Take tasks from the pipe until it closes.

    Answers each with ("length", ms) and ("progress", permille) any number of times, then ("done", result) or
    ("failed", (cause, details)). A task is held up by the word to pause until the word to go on (`pausing.py`).
    """
    os.environ["HF_HUB_OFFLINE"] = "1"  # libraries would fetch what a model lacks; that is not their work
    for number in (signal.SIGINT, signal.SIGTERM):  # the engine decides; Ctrl+C reaches the whole group
        signal.signal(number, signal.SIG_IGN)
    die_with_parent()
    step_back()
    limit_memory(memory_limit_bytes())
    while True:
        try:
            task = pipe.recv()
            if isinstance(task, Task):  # the word to pause may come when the work is done already
                pipe.send(_answer(task, handler, pipe))
        except (EOFError, OSError):
            return


def _answer(task: Task, handler: Handler, pipe: Connection) -> tuple[str, object]:
    token = PausingToken(pipe)
    report = _PipeReport(pipe, token)
    try:
        return "done", handler(task, report, token)
    except AppError as error:
        return "failed", (str(error), error.details)
    except MemoryError:
        return "failed", (NO_MEMORY, traceback.format_exc())
    except Exception:  # noqa: BLE001 - one damaged file must not end the worker
        return "failed", ("This file could not be read.", traceback.format_exc())
