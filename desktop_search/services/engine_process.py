"""The engine of *This computer*: a child process, so that indexing never makes the window stutter."""

from __future__ import annotations

import json
import logging
import os
import queue
import secrets
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop_search.core.errors import EngineUnavailable
from desktop_search.core.language import _
from desktop_search.core.own_command import own_command
from desktop_search.core.token import CancelToken
from desktop_search.services.child import END_DEADLINE_S, end_child, pump

_log = logging.getLogger(__name__)
KEY_VARIABLE = "DESKTOP_SEARCH_ENGINE_KEY"
_LOOK_EVERY_S = 0.05
_LOG_MAX_BYTES = 5 * 1024 * 1024
_LOG_TAIL_BYTES = 4000


def engine_command(data_dir: Path, models_dir: Path | None = None) -> list[str]:
    """How the engine is started; `--with-parent` ends it when its standard input does."""
    folders = ["--data-dir", str(data_dir)]
    if models_dir is not None:
        folders += ["--models-dir", str(models_dir)]
    return own_command("engine", *folders, "--with-parent")


class EngineProcess:
    """Starts the engine when it is needed, and again when it has died. Safe from several threads."""

    def __init__(
        self,
        data_dir: Path,
        log_file: Path,
        *,
        models_dir: Path | None = None,
        command: Sequence[str] | None = None,
        deadline_s: float = 30.0,
    ) -> None:
        """`command` stands in for the engine's own; `deadline_s` is how long a start may take.

        Without `models_dir` the models lie in the data folder.
        """
        self._log_file, self._deadline_s = log_file, deadline_s
        self._command = list(command) if command is not None else engine_command(data_dir, models_dir)
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._answer: tuple[str, str] | None = None

    def __repr__(self) -> str:
        return f"EngineProcess(running={self.is_running})"

    @property
    def is_running(self) -> bool:
        """Whether the engine was started and has not ended since."""
        child = self._child
        return child is not None and child.poll() is None

    @property
    def pid(self) -> int | None:
        """The process id while the engine runs."""
        child = self._child
        return child.pid if child is not None and child.poll() is None else None

    def start(self, token: CancelToken) -> tuple[str, str]:
        """Address and key of the engine, started if it does not run.

        Raises `EngineUnavailable` with the end of its log as details, or `Cancelled`.
        """
        with self._turn(token):
            if self._answer is not None and self.is_running:
                return self._answer
            self._end()
            key = secrets.token_urlsafe(32)
            try:
                child = self._child = self._spawn(key)
                self._answer = (self._await_url(child, token), key)
            except BaseException:
                if self._child is not None:
                    self._child.terminate()  # nothing was entrusted to it, and it may not look at its input for long
                self._end()
                raise
            _log.info("engine %d is ready", child.pid)
            return self._answer

    def stop(self) -> None:
        """End the engine: closing its input asks it to; it is killed when it does not within 5 s."""
        with self._lock:
            self._end()

    @contextmanager
    def _turn(self, token: CancelToken) -> Iterator[None]:
        while not self._lock.acquire(timeout=_LOOK_EVERY_S):
            token.check()
        try:
            yield
        finally:
            self._lock.release()

    def _spawn(self, key: str) -> subprocess.Popen[bytes]:
        environment = os.environ | {KEY_VARIABLE: key}
        try:
            self._log_file.parent.mkdir(parents=True, exist_ok=True)
            if self._log_file.exists() and self._log_file.stat().st_size > _LOG_MAX_BYTES:
                self._log_file.replace(self._log_file.with_name(f"{self._log_file.name}.1"))
            with self._log_file.open("ab") as log:
                return subprocess.Popen(
                    self._command,
                    env=environment,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    # A Ctrl-C in the terminal is for the window, which then ends the engine in order.
                    start_new_session=True,
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )
        except OSError as error:
            raise self._unavailable(f"{type(error).__name__}: {error.strerror}") from None

    def _await_url(self, child: subprocess.Popen[bytes], token: CancelToken) -> str:
        lines: queue.Queue[bytes] = queue.Queue()
        assert child.stdout is not None
        threading.Thread(target=pump, args=(child.stdout, lines.put), name="engine output", daemon=True).start()
        end = time.monotonic() + self._deadline_s
        while time.monotonic() < end:
            token.check()
            with suppress(queue.Empty):
                line = lines.get(timeout=_LOOK_EVERY_S)
                if not line:
                    raise self._unavailable(f"It ended with code {child.wait(END_DEADLINE_S)}.")
                url = _url_in(line)
                if url:
                    return url
        raise self._unavailable(f"It was not ready after {self._deadline_s:.0f} s.")

    def _end(self) -> None:
        child, self._child, self._answer = self._child, None, None
        if child is None:
            return
        end_child(child, on_late=lambda: _log.warning("engine %d did not end by itself", child.pid))

    def _unavailable(self, reason: str) -> EngineUnavailable:
        tail = b""
        with suppress(OSError):
            tail = self._log_file.read_bytes()[-_LOG_TAIL_BYTES:]
        details = f"{reason}\n{tail.decode('utf-8', 'replace')}".strip()
        message = _("The search engine of this computer did not start.")
        return EngineUnavailable(
            message, hint=_("Try again; if it stays so, copy the details for a report."), details=details
        )


def _url_in(line: bytes) -> str:
    """The address in the engine's line of readiness; "" for any other line."""
    try:
        said = json.loads(line)
    except ValueError:
        return ""
    url = said.get("url") if isinstance(said, dict) else None
    return url if isinstance(url, str) else ""
