"""One request, one answer: where the key is put on, where time-outs hold, and where HTTP errors become ours."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import requests
import urllib3

from desktop_search.api.address import server_address
from desktop_search.api.answers import Answer
from desktop_search.api.body import MultipartBody
from desktop_search.api.errors import ConnectionDropped, line_failed
from desktop_search.api.session import make_session
from desktop_search.core.errors import KeyRejected, ServerError
from desktop_search.core.library import BASE_PATH
from desktop_search.core.token import CancelToken

ANSWER_MAX_BYTES = 64 * 1024 * 1024
_PIECE_BYTES = 256 * 1024
Form = Sequence[tuple[str, str]]
_LINE_ERRORS = (requests.RequestException, urllib3.exceptions.HTTPError, UnicodeError)


def usable_key(key: str) -> str:
    """The key without blanks around it. Raises `KeyRejected` for one that cannot be sent in a header."""
    stripped = key.strip()
    if not stripped:
        raise KeyRejected("There is no API key for this library.", hint="Enter a key.")
    if not all("!" <= sign <= "~" for sign in stripped):
        message = "The API key holds characters that no key has, such as blanks or letters with accents."
        raise KeyRejected(message, hint="Copy it again from the console, and enter it.")
    return stripped


class Transport:
    """Sends requests to one library and hands back the envelope's `data`.

    The key goes to the configured host alone, in the `Authorization` header, and never along a redirect.
    """

    def __init__(
        self,
        base_url: str,
        key: str,
        *,
        title: str,
        connect_timeout_s: float,
        read_timeout_s: float,
        base_path: str = BASE_PATH,
    ) -> None:
        """`base_path` comes before the path of every call."""
        self.base_url, self._base_path = server_address(base_url), base_path
        self._title = title or urlsplit(self.base_url).netloc
        self._key = usable_key(key)
        self._connect_timeout_s, self._read_timeout_s = connect_timeout_s, read_timeout_s
        self._session = make_session(self.base_url, self._key)

    def close(self) -> None:
        """Close the kept connections."""
        self._session.close()

    def call(
        self,
        method: str,
        path: str,
        *,
        token: CancelToken,
        query: Mapping[str, str] | None = None,
        json_body: object = None,
        form: Form | None = None,
        multipart: MultipartBody | None = None,
        patience: float = 1.0,
        repeatable: bool = True,
    ) -> object:
        """The `data` of the answer. `patience` stretches the read time-out; `repeatable` calls change nothing there.

        Raises the `AppError` that the answer, or the lack of one, stands for; `Cancelled` between pieces.
        """
        headers, body = _encoded(json_body, form, multipart)

        def ask() -> Answer:
            with self.opened(method, path, query=query, headers=headers, data=body, patience=patience) as response:
                return read_answer(response, token)

        try:
            answer = ask()
        except ConnectionDropped:
            if not repeatable:
                raise
            answer = ask()
        return answer.data(self._key)

    def check(self, response: requests.Response, token: CancelToken) -> None:
        """Raise what an answer means that should have been a file but is not."""
        read_answer(response, token).data(self._key)

    @contextmanager
    def opened(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        data: Any = None,  # noqa: ANN401 - bytes or a body that is read
        patience: float = 1.0,
    ) -> Iterator[requests.Response]:
        """The answer, its body still unread. HTTP errors inside the `with` become ours."""
        url = f"{self.base_url}{self._base_path}{path}"
        if query:
            url += "?" + urlencode(query, safe="/", quote_via=quote, errors="replace")
        timeout = (self._connect_timeout_s, self._read_timeout_s * patience)
        with translated(self._title):
            response = self._session.request(
                method, url, headers=headers, data=data, timeout=timeout, stream=True, allow_redirects=False
            )
            with response:
                yield response


def _encoded(
    json_body: object, form: Form | None, multipart: MultipartBody | None
) -> tuple[dict[str, str], bytes | MultipartBody | None]:
    """The request's content type and body, in the encoding that the endpoint wants (contract §2)."""
    if multipart is not None:
        return {"Content-Type": multipart.content_type}, multipart
    if form is not None:
        encoded = urlencode(list(form), errors="replace").encode("ascii")
        return {"Content-Type": "application/x-www-form-urlencoded"}, encoded
    if json_body is not None:
        return {"Content-Type": "application/json"}, json.dumps(json_body, allow_nan=False).encode("ascii")
    return {}, None


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
    body = bytearray()
    for piece in response.iter_content(_PIECE_BYTES):
        token.check()
        body += piece
        if len(body) > ANSWER_MAX_BYTES:
            raise ServerError("The library's answer is far too long.", hint="Ask for fewer results.")
    headers = response.headers
    return Answer(response.status_code, headers.get("Content-Type", ""), bytes(body), headers.get("Retry-After"))
