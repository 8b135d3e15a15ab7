"""Models fetched, imported, chosen and removed: by the program's own command, in a process of its own.

So the window loads none of the heavy libraries, and a fetch that is cancelled ends whatever it is doing; what has
arrived stays for the next attempt.
"""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from desktop_search.core.errors import AppError
from desktop_search.core.known_texts import localised
from desktop_search.core.language import _
from desktop_search.core.own_command import own_command
from desktop_search.core.search_models import FetchProgress, ModelKind, SearchModel
from desktop_search.core.token import CancelToken
from desktop_search.services.child import END_DEADLINE_S, end_child, pump
from desktop_search.services.model_lines import models_of, progress_of

_LOOK_EVERY_S = 0.05
_TAIL_BYTES = 4000
Report = Callable[[FetchProgress], None]


class ModelCommands:
    """Runs `desktop-search models …`. Safe from several threads; not for the GUI thread."""

    def __init__(self, folder: Path, *, command: Sequence[str] | None = None) -> None:
        """`folder` is where models are kept; `command` stands in for the program's own."""
        self._command = list(command) if command is not None else own_command("models")
        self._folder = folder

    def overview(self, token: CancelToken) -> tuple[SearchModel, ...]:
        """All models there are, in the order they should be shown. Raises `AppError`, `Cancelled`."""
        for line in self._run(["list"], token):
            if isinstance(line.get("models"), list):
                return models_of(line["models"])
        raise AppError(_("The list of models could not be read."))

    def fetch(self, model_id: str, token: CancelToken, report: Report) -> None:
        """Download a model, or the rest of it. Raises `AppError`, `Cancelled`."""
        self._follow(["download", model_id], token, report)

    def bring_in(self, folder: Path, token: CancelToken, report: Report) -> None:
        """Copy a model from a folder of this computer. Raises `AppError`, `Cancelled`."""
        self._follow(["import", str(folder)], token, report)

    def use(self, model_id: str, token: CancelToken) -> None:
        """Take this model from now on for what it is made for. Raises `AppError`, `Cancelled`."""
        self._follow(["use", model_id], token)

    def use_none(self, kind: ModelKind, token: CancelToken) -> None:
        """Do without a model of this kind from now on. Raises `AppError`, `Cancelled`."""
        self._follow(["use", "--none", kind.value], token)

    def remove(self, model_id: str, token: CancelToken) -> None:
        """Delete the model's files. Raises `AppError`, `Cancelled`."""
        self._follow(["remove", model_id], token)

    def _follow(self, arguments: list[str], token: CancelToken, report: Report | None = None) -> None:
        for line in self._run(arguments, token):
            progress = line.get("progress")
            if report is not None and isinstance(progress, dict):
                report(progress_of(progress))

    def _run(self, arguments: list[str], token: CancelToken) -> Iterator[dict[str, Any]]:
        """The lines of the answer as they come. Raises `AppError` for a failure, `Cancelled`."""
        options = ["--models-dir", str(self._folder), "--json", "--with-parent"]
        try:
            child = subprocess.Popen(
                [*self._command, *arguments, *options],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise _gone(f"{type(error).__name__}: {error.strerror}") from None
        try:
            yield from self._lines(child, token)
        finally:
            end_child(child)

    def _lines(self, child: subprocess.Popen[bytes], token: CancelToken) -> Iterator[dict[str, Any]]:
        assert child.stdout is not None
        assert child.stderr is not None
        lines: queue.Queue[bytes] = queue.Queue()
        errors: list[bytes] = []
        threads = (
            threading.Thread(target=pump, args=(child.stdout, lines.put), name="models output", daemon=True),
            threading.Thread(target=pump, args=(child.stderr, errors.append), name="models errors", daemon=True),
        )
        for thread in threads:
            thread.start()
        while line := _next(lines, token):
            said = _parsed(line)
            failed = said.get("failed")
            if isinstance(failed, dict):
                message, hint = (localised(str(failed.get(name) or "")) for name in ("message", "hint"))
                raise AppError(message or _("It failed."), hint=hint)
            yield said
        code = child.wait(END_DEADLINE_S)
        threads[1].join(END_DEADLINE_S)
        if code:
            raise _gone(f"It ended with code {code}.\n{b''.join(errors)[-_TAIL_BYTES:].decode('utf-8', 'replace')}")


def _next(lines: queue.Queue[bytes], token: CancelToken) -> bytes:
    while True:
        token.check()
        with suppress(queue.Empty):
            return lines.get(timeout=_LOOK_EVERY_S)


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _gone(details: str) -> AppError:
    return AppError(_("The command for models ended unexpectedly."), hint=_("Try again."), details=details)
