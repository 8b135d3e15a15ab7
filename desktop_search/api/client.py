"""The typed client of the Visual Search HTTP API. One class for every library: only address and key differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import urljoin

from desktop_search.api import endpoints
from desktop_search.api.body import Throttle
from desktop_search.api.calling import Caller
from desktop_search.api.exchange import Request
from desktop_search.api.fetching import Fetcher, Received
from desktop_search.api.folders import FolderCalls
from desktop_search.api.importing import ImportCalls
from desktop_search.api.patience import PATIENCE, Patience
from desktop_search.api.public import PublicCalls
from desktop_search.api.reading import ReadCalls
from desktop_search.api.searching import Searcher
from desktop_search.api.session import make_session
from desktop_search.api.transport import Transport
from desktop_search.api.uploading import UploadCalls
from desktop_search.api.waiting import run_cancellable
from desktop_search.core.byte_source import ByteSink
from desktop_search.core.calls import CallKind, Gate, OpenGate
from desktop_search.core.errors import Duplicate
from desktop_search.core.hits import BlobRef, Hit, SearchAnswer
from desktop_search.core.query import SearchQuery
from desktop_search.core.token import CancelToken

DELETE_MAX_IDS = 100
_OPEN = OpenGate()
_NO_HEADERS: Mapping[str, str] = {}


class VisualSearchClient(UploadCalls, ReadCalls):
    """Calls to one library. May be used from several threads at once.

    Every call raises an `AppError` for what went wrong, and `Cancelled` soon after its token is cancelled; an error
    knows whether trying again may help (`retryable`) and when (`retry_after_s`). Those that any call may raise:
    `NetworkError`, `ServerError`, `KeyRejected`, `AccountDisabled`, `RateLimited`, `NoCredit` (contract §3). Progress
    callbacks run on the caller's thread.

    Calls that change nothing by being made twice are tried again by themselves, as `api.patience` says. `folders`,
    `imports` and `public` hold the calls of these names.
    """

    def __init__(
        self,
        base_url: str,
        key: str,
        *,
        connect_timeout_s: float = 10.0,
        read_timeout_s: float = 60.0,
        title: str = "",
        gate: Gate = _OPEN,
        patience: Mapping[CallKind, Patience] = PATIENCE,
        throttle: Throttle | None = None,
        fingerprint: str = "",
        knows_people: bool = False,
        headers: Mapping[str, str] = _NO_HEADERS,
    ) -> None:
        """`title` is what messages call the library; its host when empty. Every call passes the account's `gate`.

        `headers` go with every call. With a `fingerprint` the server may show that certificate and no other; nothing is
        sent before. With `knows_people` it may be asked for people, as the engine of this computer alone may.
        `throttle` is asked how many of the next bytes of an upload may go, and waits until they may.
        Raises `KeyRejected` for a key that cannot be sent.
        """
        self._transport = Transport(
            base_url,
            key,
            title=title,
            connect_timeout_s=connect_timeout_s,
            read_timeout_s=read_timeout_s,
            gate=gate,
            patience=patience,
            throttle=throttle,
            fingerprint=fingerprint,
            headers=headers,
        )
        self._caller = Caller(self._transport, patience)
        keyless = make_session(self._transport.base_url, fingerprint=fingerprint)
        self._fetcher = Fetcher(self._caller, keyless, connect_timeout_s, read_timeout_s)
        self.folders, self.imports = FolderCalls(self._caller), ImportCalls(self._caller)
        self.public = PublicCalls(self._caller)
        self._searcher = Searcher(self._caller, self.public, knows_people=knows_people)

    def __repr__(self) -> str:
        return f"VisualSearchClient({self._transport.base_url!r})"

    @property
    def base_url(self) -> str:
        """The library's address, without a path."""
        return self._transport.base_url

    def close(self) -> None:
        """Close the kept connections."""
        self._fetcher.close()
        self._transport.close()

    def wait_s(self, kind: CallKind, spare: int = 0) -> float:
        """For how many seconds a call of that kind would be kept waiting now, by the account's limits.

        With `spare`: until it can be made and so many more are left to others.
        """
        return self._transport.gate.wait_s(kind, spare)

    def search(self, query: SearchQuery, token: CancelToken | None = None) -> SearchAnswer:
        """What is found, best first: by picture (contract §7.2), exact phrase (§7.4), or words in a scope (§7.1).

        Inside one video by a picture and words (§7.3); in the public library by calls of `public`. Each successful
        call is charged; filters that an endpoint does not know cost a list besides. One a second is
        the limit. Raises `RequestRejected` for a query that the library does not take.
        """
        return run_cancellable(lambda own, _: self._searcher.search(query, own), token or CancelToken())

    def search_inside(
        self, picture: Path, words: str, video_no: str, namespace: str, *, token: CancelToken | None = None
    ) -> tuple[Hit, ...]:
        """Moments of one video that fit a picture of at most 20 MB and words, best first (contract §7.3).

        Raises `RequestRejected` without words, and for a video that the library does not have.
        """
        return run_cancellable(
            lambda own, _: self._searcher.inside(picture, words, video_no, namespace, own), token or CancelToken()
        )

    def download_video(
        self, video_no: str, namespace: str, target: Path | ByteSink, *, token: CancelToken, on_received: Received
    ) -> None:
        """Save a video's file as `target` (contract §9.6); `on_received` gets (bytes so far, bytes in all or `None`).

        A sink gets it piece by piece instead, from where it wants it first; each change of place is a call more.

        Charged by bytes; 12 a minute is the limit. Raises `NotFound` when the library has no such file, `DiskFull` or
        `FileProblem` for the disk.
        """
        self._fetcher.video(video_no, namespace, target, token, on_received)

    def download_blob(self, blob: BlobRef, target: Path, *, token: CancelToken, on_received: Received) -> None:
        """Save a stored object, such as a hit's key frame, as `target` (contract §9.7). As `download_video`."""
        self._fetcher.blob(blob, target, token, on_received)

    def fetch_url(self, url: str, target: Path, *, token: CancelToken, on_received: Received) -> None:
        """Save what a signed address (`img_url`) leads to. The key is not sent. Raises as `download_video`."""
        self._fetcher.url(urljoin(f"{self.base_url}/", url), target, token, on_received)

    def delete_videos(self, ids: Sequence[str], namespace: str, *, token: CancelToken | None = None) -> None:
        """Delete videos, 100 in one call (contract §9.8); ids that the library does not know are no error."""
        for start in range(0, len(ids), DELETE_MAX_IDS):
            batch = list(ids[start : start + DELETE_MAX_IDS])
            request = Request(endpoints.DELETE_VIDEOS, query={"unique_id": namespace}, json_body=batch)
            with suppress(Duplicate):  # older services say so where newer ones say nothing (contract §20, C13)
                self._caller.call(request, token)
