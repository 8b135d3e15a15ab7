"""Work on a file that may crash a decoder, in a process of its own: the program survives it, and it goes last."""

from __future__ import annotations

import multiprocessing
import signal
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from desktop_search.core.errors import AppError, FileProblem
from desktop_search.core.known_texts import localised
from desktop_search.core.language import _
from desktop_search.core.priority import die_with_parent, step_back
from desktop_search.core.token import CancelToken
from desktop_search.core.worker_limits import NO_MEMORY, death, limit_memory, memory_limit_bytes

_POLL_S = 0.1
_STALL_LIMIT_S = 600.0
_JOIN_S = 5.0  # a child that was told to end by force

Job = TypeVar("Job")
Made = TypeVar("Made")
OnPermille = Callable[[int], None]


def run_in_child(
    work: Callable[[Job, OnPermille], Made],
    job: Job,
    token: CancelToken,
    on_permille: OnPermille,
    *,
    stall_limit_s: float = _STALL_LIMIT_S,
) -> Made:
    """What `work(job, report)` returns, done by a child process at low priority.

    `work` is a function of a module, and it, `job` and the result can be pickled. Raises the `AppError` that `work`
    raised, `FileProblem` when it crashed or made no progress for `stall_limit_s`, and `Cancelled` within a second.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_child, args=(theirs, work, job), name="media work", daemon=True)
    process.start()
    theirs.close()
    try:
        made: Made = _answer(ours, token, on_permille, stall_limit_s)
        return made
    except (EOFError, OSError):
        process.join(_JOIN_S)
        raise death(process.exitcode) from None
    finally:
        ours.close()
        process.kill()
        process.join()
        process.close()


def _answer(pipe: Connection, token: CancelToken, on_permille: OnPermille, stall_limit_s: float) -> Any:  # noqa: ANN401
    moved_at = time.monotonic()
    while True:
        token.check()
        if not pipe.poll(_POLL_S):
            if time.monotonic() - moved_at > stall_limit_s:
                raise FileProblem(_("Reading this file got stuck."), hint=_("Try to open it in another player."))
            continue
        moved_at = time.monotonic()
        kind, value = pipe.recv()
        if kind == "done":
            return value
        if kind == "failed":
            error_type, message, hint, details = value
            raise error_type(localised(message), hint=localised(hint), details=details)  # a child speaks English
        on_permille(value)


def _child(pipe: Connection, work: Callable[[Any, OnPermille], Any], job: object) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):  # the parent decides; Ctrl+C reaches the whole group
        signal.signal(number, signal.SIG_IGN)
    die_with_parent()
    step_back()
    limit_memory(memory_limit_bytes())
    with suppress(BrokenPipeError, ConnectionError):
        pipe.send(_outcome(pipe, work, job))


def _outcome(pipe: Connection, work: Callable[[Any, OnPermille], Any], job: object) -> tuple[str, object]:
    try:
        return "done", work(job, lambda permille: pipe.send(("progress", permille)))
    except AppError as error:
        return "failed", (type(error), error.message, error.hint, error.details)
    except MemoryError:
        return "failed", (FileProblem, NO_MEMORY, "", traceback.format_exc())
    except Exception:  # noqa: BLE001 - whatever a damaged file brings about is said of the file
        return "failed", (FileProblem, _("This file could not be read."), "", traceback.format_exc())
