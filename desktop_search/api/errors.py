"""The service's code table (contract §3) and the failures of the line, as errors a person can read.

No error here carries a request, a header or the text of an HTTP library's exception: those could hold the key.
"""

from __future__ import annotations

import errno
import math
import re
import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import requests

from desktop_search.api.tls import WrongCertificate
from desktop_search.core.accounts import fingerprint_words
from desktop_search.core.errors import (
    AccountDisabled,
    AppError,
    CertificateChanged,
    DiskFull,
    Duplicate,
    FileProblem,
    KeyRejected,
    NetworkError,
    NoCredit,
    NotTrusted,
    RateLimited,
    RequestRejected,
    ServerError,
    Unreachable,
)

SUCCESS = frozenset({"0000", "0200", "SUCCESS"})
_BY_CODE: dict[str, tuple[type[AppError], str, str]] = {
    "0401": (KeyRejected, "The library does not accept the API key.", "Check the key, and enter it again."),
    "0402": (NoCredit, "The account has no credits left.", "Top it up in the memories.ai console, then try again."),
    "0403": (AccountDisabled, "The account is disabled.", "Ask the service's support about it."),
    "9009": (AccountDisabled, "This key may not do that.", "Use a key with more rights, or ask the account's owner."),
    "0409": (Duplicate, "That was already done.", ""),
    "0429": (RateLimited, "The library gets too many requests.", "Wait a little, then try again."),
}
BY_STATUS = {401: "0401", 402: "0402", 403: "0403", 409: "0409", 429: "0429"}
_SAID_MAX_CHARS = 300
_WAIT_MAX_S = 3600.0


class NoLibrary(ServerError):
    """What answers is no library, though one may be there later, as behind the log-in page of a network."""


def code_of(value: object) -> str:
    """The four-digit text of a `code`, which some answers give as an integer; "" when it is neither."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return ""
    code = str(value).strip()
    return code.zfill(4) if code.isdecimal() else code


def refused(code: str, said: str, retry_after: str | None = None) -> AppError:
    """The error for a failure envelope. `said` is the service's own `msg`: it is shown, hardly ever understood."""
    words = shortened(said)
    details = f"code {code}: {words}"
    if code in _BY_CODE:
        kind, message, hint = _BY_CODE[code]
        return kind(message, hint=hint, details=details, retry_after_s=wait_s(retry_after))
    if code == "0001" and "network abnormal" in said.lower():
        # A failure that the service is known to get over at once (contract §18.18).
        hiccup = "The library had a hiccup."
        return ServerError(hiccup, hint="Try again.", details=details, retry_after_s=wait_s(retry_after))
    reason = f" It says: “{words}”." if words else ""
    return RequestRejected(f"The library did not accept the request.{reason}", details=details)


def not_an_envelope(status: int, said: str, retry_after: str | None = None) -> AppError:
    """The error for an answer outside the contract: a gateway's own body, HTML, nothing, a redirect."""
    details = f"HTTP {status}: {shortened(said)}".rstrip(": ")
    if status in BY_STATUS:
        return refused(BY_STATUS[status], said, retry_after)
    kind: type[ServerError] = NoLibrary
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        message, hint = "The library's address points somewhere else.", "Check the server address in the preferences."
    elif status == HTTPStatus.NOT_FOUND:
        message, hint = "There is no Visual Search library at this address.", "Check the server address."
    elif status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        kind, message, hint = ServerError, "The library is out of order at the moment.", "Try again in a few minutes."
    else:
        message, hint = "The library's answer could not be understood.", "Try again; if it stays so, check the address."
    return kind(message, hint=hint, details=details, retry_after_s=wait_s(retry_after))


def line_failed(error: Exception, title: str) -> AppError:
    """The error for an exception of the HTTP library: unreachable, broken off, timed out, not trusted."""
    details = " < ".join(type(each).__name__ for each in _causes(error))
    kinds = {type(each).__name__ for each in _causes(error)}
    subject = f"The{title[3:]}" if title.startswith("the ") else title
    for each in _causes(error):
        if isinstance(each, WrongCertificate):
            return _changed(each, title)
        if isinstance(each, ssl.SSLCertVerificationError):
            return _not_trusted(each, title)
    if isinstance(error, requests.exceptions.SSLError) and not {"SSLEOFError", "SSLZeroReturnError"} & kinds:
        hint = "Check this computer's clock and network, or the server's certificate."
        return NetworkError(f"The connection to {title} is not secure, so it was ended.", hint=hint, details=details)
    if "NameResolutionError" in kinds:
        return Unreachable(
            f"{subject} could not be found.", hint="Check the address and your network.", details=details
        )
    if isinstance(error, requests.ConnectTimeout) or {"NewConnectionError", "ConnectionRefusedError"} & kinds:
        return Unreachable(f"{subject} cannot be reached.", hint="Check your network, then try again.", details=details)
    if isinstance(error, requests.Timeout) or {"TimeoutError", "ReadTimeoutError"} & kinds:
        return NetworkError(f"{subject} did not answer in time.", hint="Try again.", details=details)
    if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.MissingSchema):
        return RequestRejected("That is not a server address.", hint="It looks like https://host:port.")
    return NetworkError(f"The connection to {title} broke off.", hint="Try again.", details=details)


def _not_trusted(error: ssl.SSLCertVerificationError, title: str) -> AppError:
    reason = shortened(getattr(error, "verify_message", ""))
    message = f"The connection to {title} is not secure, so it was ended" + (f": {reason}." if reason else ".")
    hint = (
        "Check this computer's clock and network. A certificate of your own is accepted under File → Servers, or "
        "belongs into the system's store."
    )
    return NotTrusted(message, hint=hint, details=f"{type(error).__name__} {getattr(error, 'verify_code', '')}".strip())


def _changed(error: WrongCertificate, title: str) -> AppError:
    message = f"{title} shows another certificate than the one you accepted, so nothing was sent to it."
    hint = (
        "Ask whoever runs it whether the certificate was renewed. If it was not, somebody else may be answering. "
        f"Accepted: {fingerprint_words(error.kept)} – shown now: {fingerprint_words(error.seen)}"
    )
    return CertificateChanged(message, hint=hint, kept=error.kept, seen=error.seen)


def file_failed(error: OSError, name: str, *, writing: bool) -> AppError:
    """The error for a file of this computer that could not be read or written."""
    reason = error.strerror or type(error).__name__
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(f"There is no room left to save “{name}”.", hint="Free some space, then try again.")
    doing = "saved" if writing else "read"
    return FileProblem(f"“{name}” could not be {doing}: {reason}.", hint="Check the file and its folder.")


def shortened(said: str) -> str:
    """Text of a server made fit for one line: no markup, no control characters, not endless."""
    plain = re.sub(r"<[^>]{0,200}>", " ", said[: 20 * _SAID_MAX_CHARS])
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in plain).split())
    return plain if len(plain) <= _SAID_MAX_CHARS else plain[:_SAID_MAX_CHARS] + "…"


def wait_s(retry_after: str | None) -> float | None:
    """The seconds of a `Retry-After` header, which is a number or a date; `None` when there is none to read."""
    if not retry_after:
        return None
    try:
        seconds = float(retry_after)
    except ValueError:
        try:
            when = parsedate_to_datetime(retry_after)
        except ValueError:
            return None
        seconds = (when.astimezone(UTC) - datetime.now(UTC)).total_seconds()
    return min(max(0.0, seconds), _WAIT_MAX_S) if math.isfinite(seconds) else None


def _causes(error: BaseException) -> list[BaseException]:
    """An exception, what it wraps (HTTP libraries put it in `args` or `reason`), and so on; at most ten."""
    chain: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting and len(chain) < 10:
        each = waiting.pop(0)
        if isinstance(each, BaseException) and not any(each is known for known in chain):
            chain.append(each)
            waiting += [getattr(each, "reason", None), *each.args, each.__cause__, each.__context__]
    return chain
