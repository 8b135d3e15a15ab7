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


Handler = Callable[[Task, Callable[[int], None]], Any]


def analyse(task: Task, report: Callable[[int], None]) -> object:
    """The analysis of the file. Raises FileProblem."""
    from desktop_search.engine.indexing import analysis  # decoders and models: for worker processes alone

    if task.kind == "video":
        return analysis.analyse_video(task.path, name=task.name, report=report, token=CancelToken())
    if task.kind == "image":
        return analysis.analyse_image(task.path, name=task.name)
    return analysis.picture_vector(task.path, name=task.name)


def work(pipe: Connection, handler: Handler) -> None:
    """Take tasks from the pipe until it closes.

    Answers each with ("progress", permille) any number of times, then ("done", result) or ("failed", cause).
    """
    for number in (signal.SIGINT, signal.SIGTERM):  # the engine decides; Ctrl+C reaches the whole group
        signal.signal(number, signal.SIG_IGN)
    _die_with_parent()
    _step_back()
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send(_answer(task, handler, lambda permille: pipe.send(("progress", permille))))


def _answer(task: Task, handler: Handler, report: Callable[[int], None]) -> tuple[str, object]:
    try:
        return "done", handler(task, report)
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
