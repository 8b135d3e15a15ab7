"""The typed client of the Visual Search HTTP API. One class for every library: only address and key differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import urljoin

from desktop_search.api import endpoints, parsing
from desktop_search.api.body import FilePart, Throttle
from desktop_search.api.calling import Caller
from desktop_search.api.endpoints import Endpoint
from desktop_search.api.exchange import Request
from desktop_search.api.fetching import Fetcher, Received
from desktop_search.api.forms import details_form
from desktop_search.api.patience import PATIENCE, Patience
from desktop_search.api.searching import Searcher
from desktop_search.api.transport import Transport
from desktop_search.api.waiting import run_cancellable
from desktop_search.core.calls import CallKind, Gate, OpenGate
from desktop_search.core.errors import ServerError
from desktop_search.core.footage import FootageDetails, TranscriptLine, VideoRecord
from desktop_search.core.hits import BlobRef, SearchAnswer
from desktop_search.core.query import SearchQuery
from desktop_search.core.token import CancelToken

DELETE_MAX_IDS = 100
LIST_SIZE = 200
_OPEN = OpenGate()


class VisualSearchClient:
    """Calls to one library. May be used from several threads at once.

    Every call raises an `AppError` for what went wrong, and `Cancelled` soon after its token is cancelled. Progress
    callbacks run on the caller's thread. `KeyRejected` comes from the constructor for a key that cannot be sent.
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
    ) -> None:
        """`title` is what messages call the library; its host when empty. Every call passes the account's `gate`.

        `throttle` is asked how many of the next bytes of an upload may go, and waits until they may.
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
        )
        self._caller = Caller(self._transport, patience)
        self._searcher = Searcher(self._caller)
        self._fetcher = Fetcher(self._caller, connect_timeout_s, read_timeout_s)

    def __repr__(self) -> str:
        return f"VisualSearchClient({self._transport.base_url!r})"

    @property
    def base_url(self) -> str:
        """The library's address, without a path."""
        return self._transport.base_url

    def close(self) -> None:
        """Close the kept connections."""
        self._transport.close()

    def wait_s(self, kind: CallKind) -> float:
        """For how many seconds a call of that kind would be kept waiting now, by the account's limits."""
        return self._transport.gate.wait_s(kind)

    def list_unique_ids(self, *, token: CancelToken | None = None) -> tuple[str, ...]:
        """The account's namespaces; also the harmless call that shows whether a key is good."""
        return parsing.namespaces(self._caller.call(Request(endpoints.NAMESPACES), token))

    def search(self, query: SearchQuery, token: CancelToken | None = None) -> SearchAnswer:
        """What is found, best first: by picture, by exact phrase, or by words in the query's scope."""
        return run_cancellable(lambda own, _: self._searcher.search(query, own), token or CancelToken())

    def upload_video(
        self, path: Path, details: FootageDetails, *, token: CancelToken, on_sent: Callable[[int], None]
    ) -> str:
        """Send a video; `on_sent` gets the bytes of it that the library has acknowledged. Returns its `videoNo`."""
        data = self._send(endpoints.UPLOAD, [FilePart("file", path)], details, token, on_sent)
        return _video_no(data)

    def upload_images(
        self, paths: Sequence[Path], details: FootageDetails, *, token: CancelToken, on_sent: Callable[[int], None]
    ) -> tuple[str, ...]:
        """Send pictures in one request, which the library takes or refuses as a whole. Returns their ids, in order."""
        data = self._send(endpoints.UPLOAD_IMAGES, [FilePart("files", path) for path in paths], details, token, on_sent)
        ids = parsing.uploaded_images(data)
        if len(ids) != len(paths):
            raise ServerError("The library took the pictures, but did not say under which ids.", hint="Try again.")
        return ids

    def upload_url(self, url: str, details: FootageDetails, *, token: CancelToken | None = None) -> str:
        """Let the library fetch a video from `url`. Returns its `videoNo`."""
        form = [("url", url), *details_form(details)]
        return _video_no(self._caller.call(Request(endpoints.UPLOAD_URL, form=form), token))

    def list_videos(
        self,
        namespace: str,
        page: int = 1,
        size: int = LIST_SIZE,
        *,
        token: CancelToken | None = None,
        **filters: object,
    ) -> tuple[tuple[VideoRecord, ...], int]:
        """One page, from 1, and how many videos there are in all. `filters` are named as in contract §9.1."""
        body = {"page": page, "size": size, "unique_id": namespace} | filters
        data = self._caller.call(Request(endpoints.LIST_VIDEOS, json_body=body), token)
        records = parsing.video_records(data, namespace)
        return records, parsing.total(data, len(records))

    def metadata(self, video_no: str, namespace: str, *, token: CancelToken | None = None) -> VideoRecord | None:
        """One video, or `None` when the library does not have it."""
        query = {"video_no": video_no, "unique_id": namespace}
        return parsing.video_record(self._caller.call(Request(endpoints.METADATA, query=query), token), namespace)

    def transcript(
        self, video_no: str, namespace: str, *, token: CancelToken | None = None
    ) -> tuple[TranscriptLine, ...]:
        """What is said in a video, in time order; empty without speech, or as long as it is not known."""
        query = {"video_no": video_no, "unique_id": namespace}
        return parsing.transcript(self._caller.call(Request(endpoints.TRANSCRIPT, query=query), token))

    def download_video(
        self, video_no: str, namespace: str, target: Path, *, token: CancelToken, on_received: Received
    ) -> None:
        """Save a video's file as `target`; `on_received` gets (bytes so far, bytes in all or `None`).

        Raises `NotFound` when the library has no such file, `DiskFull` or `FileProblem` for the disk.
        """
        self._fetcher.video(video_no, namespace, target, token, on_received)

    def download_blob(self, blob: BlobRef, target: Path, *, token: CancelToken, on_received: Received) -> None:
        """Save a stored object, such as a hit's key frame, as `target`. Raises as `download_video`."""
        self._fetcher.blob(blob, target, token, on_received)

    def fetch_url(self, url: str, target: Path, *, token: CancelToken, on_received: Received) -> None:
        """Save what a signed address (`img_url`) leads to. The key is not sent. Raises as `download_video`."""
        self._fetcher.url(urljoin(f"{self.base_url}/", url), target, token, on_received)

    def delete_videos(self, ids: Sequence[str], namespace: str, *, token: CancelToken | None = None) -> None:
        """Delete videos; ids that the library does not know are no error."""
        for start in range(0, len(ids), DELETE_MAX_IDS):
            batch = list(ids[start : start + DELETE_MAX_IDS])
            request = Request(endpoints.DELETE_VIDEOS, query={"unique_id": namespace}, json_body=batch)
            self._caller.call(request, token)

    def _send(
        self,
        endpoint: Endpoint,
        files: list[FilePart],
        details: FootageDetails,
        token: CancelToken,
        on_sent: Callable[[int], None],
    ) -> object:
        return self._caller.call(Request(endpoint, form=details_form(details), files=files), token, on_sent)


def _video_no(data: object) -> str:
    video_no = parsing.uploaded_video(data)
    if not video_no:
        raise ServerError("The library took the video, but did not say under which number.", hint="Try again.")
    return video_no
