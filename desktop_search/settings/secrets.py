"""API keys in the system's keyring, asked with patience but never for long. The only import of `keyring`."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from enum import Enum
from typing import TypeVar

import keyring
import keyring.errors
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.backends.chainer import ChainerBackend

from desktop_search.core.errors import KeyringUnavailable
from desktop_search.core.language import _

_log = logging.getLogger(__name__)
_SERVICE = "Desktop Search"
R = TypeVar("R")


class Kept(Enum):
    """Where a key was put: in the system's keyring, or in memory until the program ends."""

    KEYRING = "keyring"
    THIS_RUN = "this run"


class _NoKeyring(Exception):
    """This system has no keyring that encrypts what it keeps."""


class _NotAnswering(Exception):
    """The keyring is there, but locked, broken, or slower than the deadline."""


class SecretStore:
    """Keys by library. A key that the keyring does not take stays in memory for this run; it is never put in a file.

    Each call asks the keyring on a thread of its own and waits at most `deadline_s`: some keyrings block for minutes
    when they are locked. While one such call hangs, others fail at once instead of piling up. Call it off the GUI
    thread all the same.
    """

    def __init__(self, deadline_s: float = 5.0) -> None:
        self._deadline_s = deadline_s
        self._lock = threading.Lock()  # held by the one keyring call that runs
        self._hangs = threading.Event()
        self._this_run: dict[str, str] = {}

    def __repr__(self) -> str:
        return "SecretStore()"

    def get(self, library_id: str) -> str | None:
        """The key, or `None` when none is kept (also where this system has no keyring).

        Raises `KeyringUnavailable` when the keyring is locked or does not answer, so that nobody can tell.
        """
        if library_id in self._this_run:
            return self._this_run[library_id]
        try:
            return self._ask(lambda ring: ring.get_password(_SERVICE, library_id))
        except _NoKeyring:
            return None
        except _NotAnswering:
            raise _unavailable(
                _("The system's keyring is locked or does not answer, so the key could not be read.")
            ) from None

    def set(self, library_id: str, key: str) -> Kept:
        """Keep the key. Says where; `THIS_RUN` when the keyring is absent, locked, or does not answer."""
        self._this_run[library_id] = key
        try:
            self._ask(lambda ring: ring.set_password(_SERVICE, library_id, key))
        except (_NoKeyring, _NotAnswering):
            return Kept.THIS_RUN
        self._this_run.pop(library_id, None)
        return Kept.KEYRING

    def remove(self, library_id: str) -> None:
        """Forget the key, here and in the keyring; nothing happens when there is none.

        Raises `KeyringUnavailable` when it may still be in the keyring.
        """
        self._this_run.pop(library_id, None)
        try:
            self._ask(lambda ring: _delete(ring, library_id))
        except _NoKeyring:
            return
        except _NotAnswering:
            raise _unavailable(
                _("The system's keyring is locked or does not answer, so the key could not be removed.")
            ) from None

    def backend_name(self) -> str:
        """What the keyring calls itself; "" when there is none or it does not answer."""
        try:
            return self._ask(lambda ring: str(ring.name))
        except (_NoKeyring, _NotAnswering):
            return ""

    def available(self) -> bool:
        """Whether there is a keyring that answers now; asks it for something that is not in it."""
        try:
            self._ask(lambda ring: ring.get_password(_SERVICE, "availability check"))
        except (_NoKeyring, _NotAnswering):
            return False
        return True

    def _ask(self, question: Callable[[KeyringBackend], R]) -> R:
        """The keyring's answer. Raises `_NoKeyring` or `_NotAnswering`."""
        if self._hangs.is_set() or not self._lock.acquire(timeout=self._deadline_s):
            raise _NotAnswering
        outcome = Future[R]()

        def run() -> None:
            try:
                outcome.set_result(question(_trusted_backend()))
            except BaseException as error:  # noqa: BLE001 - backends raise whatever their bus library raises
                outcome.set_exception(error)
            finally:
                self._hangs.clear()
                self._lock.release()

        threading.Thread(target=run, name="keyring", daemon=True).start()
        if not wait([outcome], timeout=self._deadline_s).done:
            self._hangs.set()
            if not outcome.done():
                _log.info("the keyring did not answer within %s s", self._deadline_s)
                raise _NotAnswering
            self._hangs.clear()
        return _result(outcome)


def _result(outcome: Future[R]) -> R:
    error = outcome.exception()
    if error is None:
        return outcome.result()
    if isinstance(error, _NoKeyring | keyring.errors.NoKeyringError):
        raise _NoKeyring
    # Its frames hold the key and an open connection; its text may hold the key. So only the kind is kept.
    error.__traceback__ = error.__context__ = error.__cause__ = None
    _log.info("the keyring failed: %s", type(error).__name__)
    raise _NotAnswering


def _trusted_backend() -> KeyringBackend:
    """The system's keyring, if it encrypts what it keeps."""
    chosen = keyring.get_keyring()
    # A chain would fall through to its next member, which may be a plain file.
    candidates = chosen.backends if isinstance(chosen, ChainerBackend) else [chosen]
    for candidate in candidates:
        if _is_trusted(candidate):
            return candidate
    raise _NoKeyring


def _is_trusted(candidate: KeyringBackend) -> bool:
    """Below 1, `keyring` ranks what writes plain or weakly hidden files; below 0, what is only ever set on purpose."""
    return not isinstance(candidate, fail.Keyring | null.Keyring) and not 0 <= candidate.priority < 1


def _delete(ring: KeyringBackend, library_id: str) -> None:
    if ring.get_password(_SERVICE, library_id) is not None:
        ring.delete_password(_SERVICE, library_id)


def _unavailable(message: str) -> KeyringUnavailable:
    return KeyringUnavailable(message, hint=_("Unlock the keyring and try again, or enter the key for this run."))
