"""Files out of a library: whole videos, stored objects, and signed addresses (contract §9.6, §9.7)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import requests

from desktop_search.api import endpoints
from desktop_search.api.calling import Caller
from desktop_search.api.exchange import Exchange, Request
from desktop_search.api.receiving import save
from desktop_search.api.session import make_session
from desktop_search.api.transport import translated
from desktop_search.api.waiting import run_cancellable
from desktop_search.core.errors import NotFound, RequestRejected, ServerError
from desktop_search.core.hits import BlobRef
from desktop_search.core.token import CancelToken

Received = Callable[[int, int | None], None]
Step = tuple[int, int | None]
# Compressed on the way, the length would not be the file's.
_PLAIN = {"Accept-Encoding": "identity"}
_NOT_FOUND_HINT = "It may have been deleted, or its original was not kept."


class Fetcher:
    """Downloads of one library. The file appears under its name only when it is whole."""

    def __init__(self, caller: Caller, connect_timeout_s: float, read_timeout_s: float) -> None:
        self._caller = caller
        self._timeout = (connect_timeout_s, read_timeout_s)
        self._without_key = make_session()

    def close(self) -> None:
        """Close the kept connections."""
        self._without_key.close()

    def video(self, video_no: str, namespace: str, target: Path, token: CancelToken, on_received: Received) -> None:
        """Save the file of one video. Raises `NotFound` when the library does not have it."""
        body = {"video_no": video_no, "unique_id": namespace}
        self._download(Request(endpoints.DOWNLOAD_VIDEO, json_body=body), target, token, on_received)

    def blob(self, blob: BlobRef, target: Path, token: CancelToken, on_received: Received) -> None:
        """Save a stored object. Raises `NotFound` when it does not exist."""
        query = {"bucket": blob.bucket, "blob": blob.blob}
        self._download(Request(endpoints.DOWNLOAD_BLOB, query=query), target, token, on_received)

    def url(self, url: str, target: Path, token: CancelToken, on_received: Received) -> None:
        """Save what an address leads to, without the key. Raises `NotFound` when it has expired."""
        if urlsplit(url).scheme not in {"http", "https"}:
            raise RequestRejected("The library gave an address that cannot be opened.", details=url[:200])

        def work(own: CancelToken, received: Callable[[Step], None]) -> None:
            with (
                translated(urlsplit(url).netloc),
                self._without_key.get(url, headers=_PLAIN, timeout=self._timeout, stream=True) as response,
            ):
                if response.status_code in {403, 404, 410}:
                    raise NotFound("The picture's address has expired.", hint="Search again.")
                if response.status_code != requests.codes.ok:
                    raise ServerError("The picture could not be fetched.", details=f"HTTP {response.status_code}")
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

    def _explain(self, exchange: Exchange, token: CancelToken) -> None:
        """Raise what an answer means that came in place of the file."""
        try:
            self._caller.transport.data(exchange, token)
        except RequestRejected as error:
            message = "The library does not have this file any more."
            raise NotFound(message, hint=_NOT_FOUND_HINT, details=error.details) from None
        raise ServerError("The library answered, but sent no file.", hint="Try again.")


def _is_file(response: requests.Response) -> bool:
    """Success and failure may both be HTTP 200; the content type tells them apart (contract §9.6)."""
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return response.status_code in {200, 206} and kind not in {"application/json", "text/html", "text/plain", ""}
