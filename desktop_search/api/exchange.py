"""One request and how it went: what is asked, in the encoding of its endpoint, and what the account is told of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlencode

import requests

from desktop_search.api.body import FilePart, MultipartBody, Throttle
from desktop_search.api.endpoints import Endpoint
from desktop_search.api.errors import wait_s
from desktop_search.core.calls import CallKind, CallRecord
from desktop_search.core.token import CancelToken

Form = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of an endpoint; with `files` the form goes as multipart. At most one kind of body is given."""

    endpoint: Endpoint
    query: Mapping[str, str] | None = None
    json_body: object = None
    form: Form | None = None
    files: Sequence[FilePart] = ()


class Exchange:
    """A request under way. `code` is the answer's, set by who reads it; "" as long as there is none."""

    def __init__(self, response: requests.Response) -> None:
        self.response, self.code = response, ""


def encoded(
    request: Request,
    token: CancelToken,
    on_sent: Callable[[int], None] | None,
    throttle: Throttle | None,
    stall_s: float,
) -> tuple[MultipartBody | BytesIO | None, dict[str, str]]:
    """The request's body and content type, in the encoding that the endpoint wants (contract §2).

    `throttle` and `stall_s` are those of `MultipartBody`; only uploads are throttled.
    """
    if request.files:
        multipart = MultipartBody(
            request.form or (),
            request.files,
            token=token,
            on_sent=on_sent or _ignored,
            throttle=throttle if request.endpoint.kind is CallKind.UPLOAD else None,
            stall_s=stall_s,
        )
        return multipart, {"Content-Type": multipart.content_type}
    if request.form is not None:
        sent = urlencode(list(request.form), errors="replace").encode("ascii")
        return BytesIO(sent), {"Content-Type": "application/x-www-form-urlencoded"}
    if request.json_body is not None:
        sent = json.dumps(request.json_body, allow_nan=False).encode("ascii")
        return BytesIO(sent), {"Content-Type": "application/json"}
    return None, {}


def ended(endpoint: Endpoint, body: MultipartBody | BytesIO | None, exchange: Exchange | None) -> CallRecord:
    """How the call went, with the bytes of both bodies as they went over the line."""
    sent_bytes = 0 if body is None else body.tell()
    if exchange is None:
        return CallRecord(endpoint.kind, endpoint.path, sent_bytes, 0, "")
    response = exchange.response
    retry_after_s = wait_s(response.headers.get("Retry-After"))
    return CallRecord(endpoint.kind, endpoint.path, sent_bytes, response.raw.tell(), exchange.code, retry_after_s)


def _ignored(_: int) -> None:
    """Nobody wants to know."""
