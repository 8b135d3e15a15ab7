"""Files out of a library: whole videos, stored objects, and signed addresses (contract §9.6, §9.7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import requests

from desktop_search.api import endpoints
from desktop_search.api.calling import Caller
from desktop_search.api.exchange import Exchange, Request
from desktop_search.api.receiving import pieces, save
from desktop_search.api.transport import translated
from desktop_search.api.waiting import run_cancellable
from desktop_search.core.byte_source import ByteSink
from desktop_search.core.errors import NotFound, RequestRejected, ServerError
from desktop_search.core.hits import BlobRef
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken

Received = Callable[[int, int | None], None]
Step = tuple[int, int | None]
# Compressed on the way, the length would not be the file's.
_PLAIN = {"Accept-Encoding": "identity"}
_CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-\d{1,18}/(\d{1,18}|\*)", re.ASCII | re.IGNORECASE)
_NOT_FOUND_HINT = _("It may have been deleted, or its original was not kept.")


class Fetcher:
    """Downloads of one library. The file appears under its name only when it is whole."""

    def __init__(
        self, caller: Caller, without_key: requests.Session, connect_timeout_s: float, read_timeout_s: float
    ) -> None:
        """`without_key` is for addresses that may lead anywhere; it is closed with the rest."""
        self._caller, self._without_key = caller, without_key
        self._timeout = (connect_timeout_s, read_timeout_s)

    def close(self) -> None:
        """Close the kept connections."""
        self._without_key.close()

    def video(
        self, video_no: str, namespace: str, target: Path | ByteSink, token: CancelToken, on_received: Received
    ) -> None:
        """Save the file of one video, or give it to a sink. Raises `NotFound` when the library does not have it."""
        body = {"video_no": video_no, "unique_id": namespace}
        request = Request(endpoints.DOWNLOAD_VIDEO, json_body=body)
        if isinstance(target, Path):
            self._download(request, target, token, on_received)
            return
        sink = target

        def work(own: CancelToken, received: Callable[[Step], None]) -> None:
            while sink.next_byte() is not None:
                self._caller.patiently(request.endpoint, own, lambda: self._poured(request, sink, own, received))

        run_cancellable(work, token, lambda step: on_received(*step))

    def blob(self, blob: BlobRef, target: Path, token: CancelToken, on_received: Received) -> None:
        """Save a stored object. Raises `NotFound` when it does not exist."""
        query = {"bucket": blob.bucket, "blob": blob.blob}
        self._download(Request(endpoints.DOWNLOAD_BLOB, query=query), target, token, on_received)

    def url(self, url: str, target: Path, token: CancelToken, on_received: Received) -> None:
        """Save what an address leads to, without the key. Raises `NotFound` when it has expired."""
        if urlsplit(url).scheme not in {"http", "https"}:
            raise RequestRejected(_("The library gave an address that cannot be opened."), details=url[:200])

        def work(own: CancelToken, received: Callable[[Step], None]) -> None:
            with (
                translated(urlsplit(url).netloc),
                self._without_key.get(url, headers=_PLAIN, timeout=self._timeout, stream=True) as response,
            ):
                if response.status_code in {403, 404, 410}:
                    raise NotFound(_("The picture's address has expired."), hint=_("Search again."))
                if response.status_code != requests.codes.ok:
                    raise ServerError(_("The picture could not be fetched."), details=f"HTTP {response.status_code}")
                save(response, target, own, received)

        run_cancellable(work, token, lambda step: on_received(*step))

    def _download(self, request: Request, target: Path, token: CancelToken, on_received: Received) -> None:
        def work(own: CancelToken, received: Callable[[Step], None]) -> None:
            self._caller.patiently(request.endpoint, own, lambda: self._fetched(request, target, own, received))

        run_cancellable(work, token, lambda step: on_received(*step))

    def _fetched(self, request: Request, target: Path, token: CancelToken, received: Callable[[Step], None]) -> None:
        with self._caller.transport.opened(request, token, headers=_PLAIN) as exchange:
            if not _is_file(exchange.response):
                self._explain(exchange, token)
            save(exchange.response, target, token, received)
            exchange.code = "0000"

    def _poured(self, request: Request, sink: ByteSink, token: CancelToken, received: Callable[[Step], None]) -> None:
        """One answer into the sink, from the byte on that it wants; as much of it as it wants."""
        first = sink.next_byte() or 0
        wanted = _PLAIN | ({"Range": f"bytes={first}-"} if first else {})
        with self._caller.transport.opened(request, token, headers=wanted) as exchange:
            response = exchange.response
            if not _is_file(response):
                self._explain(exchange, token)
            at, total = stretch_of(response.headers, is_part=response.status_code == requests.codes.partial_content)
            sink.begin(at, total, ranges=bool(first) == (at > 0) and _takes_ranges(response))
            exchange.code, before = "0000", sink.received_bytes
            for piece in pieces(response):
                token.check()
                goes_on = sink.take(piece)
                received((sink.received_bytes, total))
                if not goes_on:
                    return
            sink.end()
            if sink.next_byte() is not None and sink.received_bytes == before:
                raise ServerError(_("The library sends less of the file than it says there is."), hint=_("Try again."))

    def _explain(self, exchange: Exchange, token: CancelToken) -> None:
        """Raise what an answer means that came in place of the file."""
        try:
            self._caller.transport.data(exchange, token)
        except RequestRejected as error:
            message = _("The library does not have this file any more.")
            raise NotFound(message, hint=_NOT_FOUND_HINT, details=error.details) from None
        raise ServerError(_("The library answered, but sent no file."), hint=_("Try again."))


def stretch_of(headers: Mapping[str, str], *, is_part: bool) -> Step:
    """The first byte of an answer, and how many the whole file has; `None` where that is not said (RFC 9110 §14.4)."""
    if is_part:
        match = _CONTENT_RANGE.fullmatch(headers.get("Content-Range", "").strip())
        if match is None:
            raise ServerError(_("The library sent a part of the file, but does not say which."), hint=_("Try again."))
        return int(match[1]), int(match[2]) if match[2] != "*" else None
    length = headers.get("Content-Length", "")
    return 0, int(length) if length.isdecimal() else None


def _takes_ranges(response: requests.Response) -> bool:
    accepts = response.headers.get("Accept-Ranges", "").strip().lower()
    return response.status_code == requests.codes.partial_content or accepts == "bytes"


def _is_file(response: requests.Response) -> bool:
    """Success and failure may both be HTTP 200; the content type tells them apart (contract §9.6)."""
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return response.status_code in {200, 206} and kind not in {"application/json", "text/html", "text/plain", ""}
