"""What runs in a worker process: one file after the other, as a pipe names them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from desktop_search.core.errors import AppError
from desktop_search.core.token import CancelToken
from desktop_search.engine.library.pausing import PausingToken
from desktop_search.engine.model_store.installed import ChosenModels


@dataclass(frozen=True, slots=True)
class Task:
    """One file to be read. `kind` is "video", "image" or "picture" (a query, of which only the vector is wanted).

    `models` are those that were in use when the task was made.
    """

    kind: str
    path: Path
    name: str
    models: ChosenModels = field(default_factory=ChosenModels)


Handler = Callable[[Task, Callable[[int], None], CancelToken], Any]


def analyse(task: Task, report: Callable[[int], None], token: CancelToken) -> object:
    """The analysis of the file; it pauses where `token` says so. Raises FileProblem."""
    from desktop_search.engine.indexing import analysis  # decoders and models: for worker processes alone

    if task.kind == "video":
        return analysis.analyse_video(task.path, name=task.name, report=report, token=token)
    if task.kind == "image":
        return analysis.analyse_image(task.path, name=task.name)
    return analysis.picture_vector(task.path, name=task.name)


def work(pipe: Connection, handler: Handler) -> None:
    """Take tasks from the pipe until it closes.

    Answers each with ("progress", permille) any number of times, then ("done", result) or ("failed", cause). A task
    is held up by the word to pause until the word to go on (`pausing.py`).
    """
    for number in (signal.SIGINT, signal.SIGTERM):  # the engine decides; Ctrl+C reaches the whole group
        signal.signal(number, signal.SIG_IGN)
    _die_with_parent()
    _step_back()
    while True:
        try:
            task = pipe.recv()
            if isinstance(task, Task):  # the word to pause may come when the work is done already
                pipe.send(_answer(task, handler, pipe))
        except (EOFError, OSError):
            return


def _answer(task: Task, handler: Handler, pipe: Connection) -> tuple[str, object]:
    token = PausingToken(pipe)

    def report(permille: int) -> None:
        token.check()
        pipe.send(("progress", permille))

    try:
        return "done", handler(task, report, token)
    except AppError as error:
        return "failed", str(error)
    except MemoryError:
        return "failed", "There was not enough memory to read this file."
    except Exception as error:  # noqa: BLE001 - one damaged file must not end the worker
        return "failed", f"This file could not be read ({type(error).__name__}: {error})."


def _die_with_parent() -> None:
    """End at once when the engine ends, however it ends: a long decode never asks the pipe."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    sentinel = parent.sentinel

    def watch() -> None:
        wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, name="parent", daemon=True).start()


def _step_back() -> None:
    """Let the window, the player and everything else go first."""
    if hasattr(os, "nice"):
        os.nice(10)
