"""Errors that a person may get to read.

Lower layers raise one of these; one place in the window decides where it is shown. `message` says what happened,
`hint` what the user can do about it, `details` is for "Copy details" only. None of them ever carries the account's key.
"""

from __future__ import annotations


class Cancelled(Exception):
    """The job's token was cancelled. Never shown to the user."""


class AppError(Exception):
    """Base of everything that is shown to the user.

    Attributes:
        message: one sentence, what happened.
        hint: one sentence, what the user can do; may be empty.
        details: technical text for a bug report; may be empty.
        findable: whether it helps that the user shows where the file is now.
        retryable: whether the same request may succeed later, unchanged.
        retry_after_s: the wait that the server asked for, in seconds, if it asked.
    """

    findable = False
    retryable = False

    def __init__(self, message: str, *, hint: str = "", details: str = "", retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = details
        self.retry_after_s = retry_after_s

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class NetworkError(AppError):
    """The server could not be reached, or the connection broke or timed out."""

    retryable = True


class Unreachable(NetworkError):
    """No connection was made at all, so nothing of the request has arrived."""


class NotTrusted(Unreachable):
    """The server's certificate does not vouch for it, so nothing was sent. The same again would end the same."""

    retryable = False


class CertificateChanged(NotTrusted):
    """The server shows another certificate than the one that was accepted for it; nothing was sent.

    Attributes:
        kept, seen: the fingerprints of both, as they are kept.
    """

    def __init__(self, message: str, *, hint: str, kept: str, seen: str) -> None:
        super().__init__(message, hint=hint, details=f"accepted: {kept}\nshown now: {seen}")
        self.kept, self.seen = kept, seen


class ServerError(AppError):
    """The server answered, but with a failure of its own (5xx, HTML, an empty or damaged answer)."""

    retryable = True


class RateLimited(AppError):
    """Code 0429: too many requests."""

    retryable = True


class KeyRejected(AppError):
    """Code 0401: the key is missing or wrong."""


class NoCredit(AppError):
    """Code 0402: the account has no credits left."""


class AccountDisabled(AppError):
    """Code 0403 or 9009: the account is disabled or may not do this."""


class RequestRejected(AppError):
    """Code 0001, 0003 or any other refusal: the server does not accept the request as it is."""


class NotFound(AppError):
    """The video or file is not (any longer) in the library."""


class OriginalAway(NotFound):
    """The library has no file of the video, and the original on this computer is not where it was."""

    findable = True


class Duplicate(AppError):
    """Code 0409: the operation was already done."""


class FileProblem(AppError):
    """A file on this computer is missing, empty, unreadable, too large or of a kind that is not taken."""


class FileAway(FileProblem):
    """A file on this computer is not where it was: moved, renamed, deleted, or its drive is not there."""

    findable = True


class DiskFull(AppError):
    """There is no room left on a disk of this computer."""


class KeyringUnavailable(AppError):
    """The system's keyring is absent, locked or does not answer."""


class EngineUnavailable(AppError):
    """The engine of *This computer* did not start or has ended."""

    retryable = True


class CatalogProblem(AppError):
    """The catalog on this computer could not be opened, read or written."""


class BudgetReached(AppError):
    """The budget that the user set for this month does not allow the call. Nothing was sent."""
