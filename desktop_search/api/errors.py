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
from desktop_search.core.known_texts import localised, reason_of
from desktop_search.core.language import _

SUCCESS = frozenset({"0000", "0200", "SUCCESS"})
_BY_CODE: dict[str, tuple[type[AppError], str, str]] = {
    "0401": (KeyRejected, _("The library does not accept the API key."), _("Check the key, and enter it again.")),
    "0402": (
        NoCredit,
        _("The account has no credits left."),
        _("Top it up in the memories.ai console, then try again."),
    ),
    "0403": (AccountDisabled, _("The account is disabled."), _("Ask the service's support about it.")),
    "9009": (
        AccountDisabled,
        _("This key may not do that."),
        _("Use a key with more rights, or ask the account's owner."),
    ),
    "0409": (Duplicate, _("That was already done."), ""),
    "0429": (RateLimited, _("The library gets too many requests."), _("Wait a little, then try again.")),
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
        hiccup = _("The library had a hiccup.")
        return ServerError(hiccup, hint=_("Try again."), details=details, retry_after_s=wait_s(retry_after))
    if not words:
        return RequestRejected(_("The library did not accept the request."), details=details)
    sentence = localised(words).rstrip(".")
    message = _("The library did not accept the request. It says: “{words}”.").format(words=sentence)
    return RequestRejected(message, details=details)


def not_an_envelope(status: int, said: str, retry_after: str | None = None) -> AppError:
    """The error for an answer outside the contract: a gateway's own body, HTML, nothing, a redirect."""
    details = f"HTTP {status}: {shortened(said)}".rstrip(": ")
    if status in BY_STATUS:
        return refused(BY_STATUS[status], said, retry_after)
    kind: type[ServerError] = NoLibrary
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        message, hint = (
            _("The library's address points somewhere else."),
            _("Check the server address in the preferences."),
        )
    elif status == HTTPStatus.NOT_FOUND:
        message, hint = _("There is no Visual Search library at this address."), _("Check the server address.")
    elif status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        kind, message, hint = (
            ServerError,
            _("The library is out of order at the moment."),
            _("Try again in a few minutes."),
        )
    else:
        message, hint = (
            _("The library's answer could not be understood."),
            _("Try again; if it stays so, check the address."),
        )
    return kind(message, hint=hint, details=details, retry_after_s=wait_s(retry_after))


def line_failed(error: Exception, title: str) -> AppError:
    """The error for an exception of the HTTP library: unreachable, broken off, timed out, not trusted."""
    details = " < ".join(type(each).__name__ for each in _causes(error))
    kinds = {type(each).__name__ for each in _causes(error)}
    subject = title[:1].upper() + title[1:] if " " in title else title  # a host is written as it is
    for each in _causes(error):
        if isinstance(each, WrongCertificate):
            return _changed(each, title)
        if isinstance(each, ssl.SSLCertVerificationError):
            return _not_trusted(each, title)
    if isinstance(error, requests.exceptions.SSLError) and not {"SSLEOFError", "SSLZeroReturnError"} & kinds:
        hint = _("Check this computer's clock and network, or the server's certificate.")
        return NetworkError(
            _("The connection to {library} is not secure, so it was ended.").format(library=title),
            hint=hint,
            details=details,
        )
    if "NameResolutionError" in kinds:
        return Unreachable(
            _("{library} could not be found.").format(library=subject),
            hint=_("Check the address and your network."),
            details=details,
        )
    if isinstance(error, requests.ConnectTimeout) or {"NewConnectionError", "ConnectionRefusedError"} & kinds:
        return Unreachable(
            _("{library} cannot be reached.").format(library=subject),
            hint=_("Check your network, then try again."),
            details=details,
        )
    if isinstance(error, requests.Timeout) or {"TimeoutError", "ReadTimeoutError"} & kinds:
        return NetworkError(
            _("{library} did not answer in time.").format(library=subject), hint=_("Try again."), details=details
        )
    if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.MissingSchema):
        return RequestRejected(_("That is not a server address."), hint=_("It looks like https://host:port."))
    return NetworkError(
        _("The connection to {library} broke off.").format(library=title), hint=_("Try again."), details=details
    )


def _not_trusted(error: ssl.SSLCertVerificationError, title: str) -> AppError:
    reason = shortened(getattr(error, "verify_message", ""))
    if reason:
        message = _("The connection to {library} is not secure, so it was ended: {reason}.")
    else:
        message = _("The connection to {library} is not secure, so it was ended.")
    message = message.format(library=title, reason=localised(reason))
    hint = _(
        "Check this computer's clock and network. A certificate of your own is accepted under File → Servers, or "
        "belongs into the system's store."
    )
    return NotTrusted(message, hint=hint, details=f"{type(error).__name__} {getattr(error, 'verify_code', '')}".strip())


def _changed(error: WrongCertificate, title: str) -> AppError:
    message = _("{library} shows another certificate than the one you accepted, so nothing was sent to it.")
    hint = _(
        "Ask whoever runs it whether the certificate was renewed. If it was not, somebody else may be answering. "
        "Accepted: {accepted} – shown now: {shown}"
    ).format(accepted=fingerprint_words(error.kept), shown=fingerprint_words(error.seen))
    message = message.format(library=title)
    return CertificateChanged(message, hint=hint, kept=error.kept, seen=error.seen)


def file_failed(error: OSError, name: str, *, writing: bool) -> AppError:
    """The error for a file of this computer that could not be read or written."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(
            _("There is no room left to save “{name}”.").format(name=name), hint=_("Free some space, then try again.")
        )
    words = _("“{name}” could not be saved: {reason}.") if writing else _("“{name}” could not be read: {reason}.")
    return FileProblem(words.format(name=name, reason=reason_of(error)), hint=_("Check the file and its folder."))


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
