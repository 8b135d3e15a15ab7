"""The program's log: a rotating file in which no key ever appears."""

from __future__ import annotations

import itertools
import logging
import os
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

LOG_NAME = "desktop-search.log"
_MAX_BYTES, _KEPT_FILES = 2 * 1024 * 1024, 3
_FORM = "%(asctime)s %(levelname)-7s %(threadName)s %(name)s: %(message)s"
_HIDDEN = "…hidden…"
_KEY_LIKE = re.compile(r"\bsk-[A-Za-z0-9_-]{6,}")
_HEADER_LIKE = re.compile(r"(?i)(authorization['\"]?\s*[:=]\s*)(b?['\"])?(?:bearer\s+)?[^\s'\",}]+")
_SHORTEST_SECRET = 6


class Redactor:
    """Takes secrets out of text: whatever looks like a key, authorization headers, and the keys it was told."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._secrets: set[str] = set()
        for secret in secrets:
            self.hide(secret)

    def hide(self, secret: str) -> None:
        """From now on `secret` is taken out. Texts too short to be a key are let through."""
        if len(secret) >= _SHORTEST_SECRET:
            self._secrets.add(secret)

    def __call__(self, text: str) -> str:
        """`text` without secrets."""
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        text = _KEY_LIKE.sub(f"sk-{_HIDDEN}", text)
        return _HEADER_LIKE.sub(rf"\1\2{_HIDDEN}", text)

    def __repr__(self) -> str:
        return f"Redactor({len(self._secrets)} secrets)"


class RedactingFormatter(logging.Formatter):
    """Formats a record, its traceback included, and then takes the secrets out of the whole."""

    def __init__(self, redact: Redactor) -> None:
        super().__init__(_FORM)
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """The record as one text without secrets."""
        return self._redact(super().format(record))


class _LogFile(logging.FileHandler):
    """A file that begins anew when it is large; the ones before it get numbers.

    Python has one, in a module that brings sockets, queues and more, which every start would pay for.
    """

    def __init__(self, file: Path) -> None:
        super().__init__(file, encoding="utf-8", errors="backslashreplace")
        self._path = file

    def emit(self, record: logging.LogRecord) -> None:
        """Write it, in a new file where this one has no room for it."""
        try:
            if self.stream is not None and self.stream.tell() + len(self.format(record).encode()) >= _MAX_BYTES:
                self.stream.close()
                self.stream = None
                self._set_aside()
            super().emit(record)  # opens a file where there is none
        except OSError:
            self.handleError(record)

    def _set_aside(self) -> None:
        names = [self._path, *(self._path.with_name(f"{LOG_NAME}.{number}") for number in range(1, _KEPT_FILES + 1))]
        for newer, older in reversed(list(itertools.pairwise(names))):
            with suppress(OSError):  # the disk, or somebody who reads it: then the log goes on where it is
                newer.replace(older)


def start_logging(folder: Path, redact: Redactor | None = None, level: int = logging.INFO) -> logging.Handler:
    """Log to a rotating file in `folder`, Python's warnings included; to standard error where that is impossible.

    Returns the handler, which `stop_logging` takes away again.
    """
    formatter = RedactingFormatter(redact or Redactor([os.environ.get("DESKTOP_SEARCH_ENGINE_KEY", "")]))
    handler: logging.Handler
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = _LogFile(folder / LOG_NAME)
    except OSError:
        handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    handler.setLevel(level)
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(min(level, root.level) if root.level else level)
    # A full disk must not fill the terminal with complaints about the log.
    logging.raiseExceptions = False
    logging.captureWarnings(True)
    # Every request at INFO would drown the rest.
    for chatty in ("urllib3", "PIL", "asyncio"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    return handler


def stop_logging(handler: logging.Handler) -> None:
    """Write out what is left and close the log."""
    logging.captureWarnings(False)
    logging.getLogger().removeHandler(handler)
    handler.close()
