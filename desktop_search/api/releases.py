"""Asks where releases of this program are announced for the newest one. No key, no account, nothing else is sent."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import requests
import urllib3

from desktop_search.api.address import is_loopback
from desktop_search.api.errors import line_failed
from desktop_search.api.receiving import pieces
from desktop_search.api.session import make_session
from desktop_search.core.errors import RequestRejected, ServerError
from desktop_search.core.language import _
from desktop_search.core.releases import Release, numbers_of
from desktop_search.core.token import CancelToken

_TIMEOUTS_S = (10.0, 20.0)
_MOST_BYTES = 1_000_000


def newest_release(address: str, token: CancelToken) -> Release:
    """What the announcement at `address` says: JSON with `tag_name` and `html_url`, as public forges answer it.

    Raises `RequestRejected` for an address that is not safe to ask, `NetworkError`, `ServerError`, `Cancelled`.
    """
    if not _is_safe(address):
        message = _("New versions can only be looked for at an https address.")
        raise RequestRejected(message, details=address)
    with make_session() as session:
        try:
            with session.get(address, timeout=_TIMEOUTS_S, stream=True) as answer:
                if not answer.ok:
                    raise _unusable(f"HTTP {answer.status_code}")
                return _release(_body(answer, token))
        except (requests.RequestException, urllib3.exceptions.HTTPError, UnicodeError) as error:
            raise line_failed(error, _("the announcement of new versions")) from None


def _is_safe(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host)))


def _body(answer: requests.Response, token: CancelToken) -> bytes:
    body = b""
    for piece in pieces(answer):
        token.check()
        body += piece
        if len(body) > _MOST_BYTES:
            raise _unusable("too long")
    return body


def _release(body: bytes) -> Release:
    try:
        said = json.loads(body)
        version, page = str(said["tag_name"]).strip().removeprefix("v"), str(said["html_url"])
        numbers_of(version)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _unusable(type(error).__name__) from None
    if not _is_safe(page):
        raise _unusable("html_url")
    return Release(version, page)


def _unusable(details: str) -> ServerError:
    message = _("The announcement of new versions could not be read.")
    return ServerError(message, hint=_("Try again later."), details=details)
