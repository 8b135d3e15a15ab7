"""One request, one answer: where the key is put on, where time-outs hold, and where HTTP errors become ours."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import quote, urlencode, urlsplit

import requests
import urllib3

from desktop_search.api.address import server_address
from desktop_search.api.answers import Answer
from desktop_search.api.body import Throttle
from desktop_search.api.errors import line_failed
from desktop_search.api.exchange import Exchange, Request, encoded, ended
from desktop_search.api.patience import Patience
from desktop_search.api.receiving import pieces
from desktop_search.api.session import make_session
from desktop_search.core.calls import CallKind, Gate
from desktop_search.core.errors import KeyRejected, ServerError
from desktop_search.core.language import _
from desktop_search.core.library import BASE_PATH
from desktop_search.core.token import CancelToken

ANSWER_MAX_BYTES = 64 * 1024 * 1024
ANSWER_MAX_S = 180.0  # from its first byte; a server that says a little now and then meets no other time-out
_LINE_ERRORS = (requests.RequestException, urllib3.exceptions.HTTPError, UnicodeError)


def usable_key(key: str) -> str:
    """The key without blanks around it. Raises `KeyRejected` for one that cannot be sent in a header."""
    stripped = key.strip()
    if not stripped:
        raise KeyRejected(_("There is no API key for this library."), hint=_("Enter a key."))
    if not all("!" <= sign <= "~" for sign in stripped):
        message = _("The API key holds characters that no key has, such as blanks or letters with accents.")
        raise KeyRejected(message, hint=_("Copy it again from the console, and enter it."))
    return stripped


class Transport:
    """Sends requests to one library and hands back the envelope's `data`.

    The key goes to the configured host alone, in the `Authorization` header, and never along a redirect. Each request
    passes the account's gate, which may make it wait, and is told to it when it has ended.
    """

    def __init__(
        self,
        base_url: str,
        key: str,
        *,
        title: str,
        connect_timeout_s: float,
        read_timeout_s: float,
        gate: Gate,
        patience: Mapping[CallKind, Patience],
        base_path: str = BASE_PATH,
        throttle: Throttle | None = None,
        fingerprint: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """`base_path` comes before the path of every call; `throttle` says how many bytes of an upload may go now."""
        self.base_url, self._base_path = server_address(base_url), base_path
        self.gate, self._patience, self._throttle = gate, patience, throttle
        self._title = title or urlsplit(self.base_url).netloc
        self._key = usable_key(key)
        self._connect_timeout_s, self._read_timeout_s = connect_timeout_s, read_timeout_s
        self._session = make_session(self.base_url, self._key, fingerprint)
        self._session.headers.update(headers or {})

    def close(self) -> None:
        """Close the kept connections."""
        self._session.close()

    def call(self, request: Request, token: CancelToken, on_sent: Callable[[int], None] | None = None) -> object:
        """The `data` of the answer to one request; `on_sent` gets the bytes of files sent so far.

        Raises the `AppError` that the answer, or the lack of one, stands for; `Cancelled` between pieces.
        """
        with self.opened(request, token, on_sent=on_sent) as exchange:
            return self.data(exchange, token)

    def data(self, exchange: Exchange, token: CancelToken) -> object:
        """The `data` of an answer that is an envelope, or should be. Raises as `call`."""
        answer = read_answer(exchange.response, token)
        exchange.code = answer.code
        return answer.data(self._key)

    @contextmanager
    def opened(
        self,
        request: Request,
        token: CancelToken,
        *,
        headers: Mapping[str, str] | None = None,
        on_sent: Callable[[int], None] | None = None,
    ) -> Iterator[Exchange]:
        """The answer, its body still unread. HTTP errors inside the `with` become ours."""
        endpoint = request.endpoint
        body, kind = encoded(request, token, on_sent, self._throttle, self._read_timeout_s)
        self.gate.enter(endpoint.kind, token)
        exchange: Exchange | None = None
        try:
            with (
                translated(self._title),
                self._session.request(
                    endpoint.method,
                    self._url(request),
                    headers=kind | dict(headers or {}),
                    data=body,  # type: ignore[arg-type]  # `connection.py` sends what `requests` does not know
                    timeout=(self._connect_timeout_s, self._read_timeout_s * self._patience[endpoint.kind].stretch),
                    stream=True,
                    allow_redirects=False,
                ) as response,
            ):
                exchange = Exchange(response)
                yield exchange
        finally:
            self.gate.left(ended(endpoint, body, exchange))
            if body is not None:
                body.close()

    def _url(self, request: Request) -> str:
        url = f"{self.base_url}{self._base_path}{request.endpoint.path}"
        if request.query:
            url += "?" + urlencode(request.query, safe="/", quote_via=quote, errors="replace")
        return url


@contextmanager
def translated(title: str) -> Iterator[None]:
    """Turns exceptions of the HTTP libraries into ours. Theirs hold the request, and so the key: it is taken off."""
    try:
        yield
    except _LINE_ERRORS as error:
        if isinstance(error, requests.RequestException):
            error.request = error.response = None
        raise line_failed(error, title) from None


def read_answer(response: requests.Response, token: CancelToken) -> Answer:
    """The whole answer, piece by piece. Raises `ServerError` for one that never ends, `Cancelled` between pieces."""
    body, began_s = bytearray(), time.monotonic()
    for piece in pieces(response):
        token.check()
        body += piece
        if time.monotonic() - began_s > ANSWER_MAX_S:
            raise ServerError(_("The library takes far too long to answer."), hint=_("Try again."))
        if len(body) > ANSWER_MAX_BYTES:
            raise ServerError(_("The library's answer is far too long."), hint=_("Ask for fewer results."))
    headers = response.headers
    return Answer(response.status_code, bytes(body), headers.get("Retry-After"))
