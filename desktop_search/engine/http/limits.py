"""Rate limits as the service documents them (contract §15), for those who want to try their client against them."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from desktop_search.core.library import BASE_PATH
from desktop_search.engine.http.envelope import TOO_MANY_REQUESTS, ApiError, failure
from desktop_search.engine.http.receiving import drain
from desktop_search.engine.library.accounts import OWN_ACCOUNT


class Kind(Enum):
    """Calls that share a limit."""

    UPLOAD = "upload"
    SEARCH = "search"
    TRANSCRIPT = "transcript"
    LIST = "list"
    DELETE = "delete"
    DOWNLOAD = "download"
    TASK = "task status"
    IMPORT = "import from a platform"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many calls in any span of that many seconds."""

    calls: int
    span_s: float


DOCUMENTED: Mapping[Kind, Limit] = {
    Kind.UPLOAD: Limit(1, 60.0),
    Kind.SEARCH: Limit(1, 1.0),
    Kind.TRANSCRIPT: Limit(1, 1.0),
    Kind.LIST: Limit(5, 1.0),
    Kind.DELETE: Limit(5, 1.0),
    Kind.DOWNLOAD: Limit(12, 60.0),
    Kind.TASK: Limit(1, 1.0),
    Kind.IMPORT: Limit(1, 60.0),
}
# Calls that the table of the service does not speak of are not limited.
_KINDS = {
    "/upload": Kind.UPLOAD,
    "/upload_url": Kind.UPLOAD,
    "/upload_img": Kind.UPLOAD,
    "/search": Kind.SEARCH,
    "/search_similar_images": Kind.SEARCH,
    "/search_clips_by_image": Kind.SEARCH,
    "/search_audio_transcripts": Kind.SEARCH,
    "/search_public": Kind.SEARCH,
    "/search_public_similar_images": Kind.SEARCH,
    "/search_public_audio_transcripts": Kind.SEARCH,
    "/get_audio_transcription": Kind.TRANSCRIPT,
    "/get_video_caption": Kind.TRANSCRIPT,
    "/get_video_transcription": Kind.TRANSCRIPT,
    "/get_public_audio_transcription": Kind.TRANSCRIPT,
    "/get_public_video_transcription": Kind.TRANSCRIPT,
    "/list_videos": Kind.LIST,
    "/list_unique_ids": Kind.LIST,
    "/folders": Kind.LIST,
    "/folders/videos": Kind.LIST,
    "/delete_videos": Kind.DELETE,
    "/download": Kind.DOWNLOAD,
    "/get_video_ids_by_task_id": Kind.TASK,
    "/scraper_url": Kind.IMPORT,
    "/scraper": Kind.IMPORT,
    "/scraper_tag": Kind.IMPORT,
    "/scraper_url_public": Kind.IMPORT,
    "/scraper_public": Kind.IMPORT,
    "/scraper_tag_public": Kind.IMPORT,
}


def kind_of(path: str) -> Kind | None:
    """Which limit the calls to a path share; `None` when there is none. The download has two addresses."""
    prefix = BASE_PATH.rpartition("/")[0]
    for version in (BASE_PATH, f"{prefix}/v2"):
        if path.startswith(f"{version}/") and (kind := _KINDS.get(path.removeprefix(version))) is not None:
            return kind if version == BASE_PATH or kind is Kind.DOWNLOAD else None
    return None


class Limiter:
    """Counts the calls of each account in a sliding span. Safe from any thread; refused calls do not count."""

    def __init__(self, limits: Mapping[Kind, Limit], *, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._limits, self._clock_s = limits, clock_s
        self._lock = threading.Lock()
        self._calls_s: dict[tuple[str, Kind], deque[float]] = {}

    def wait_s(self, account: str, kind: Kind) -> float:
        """0 and the call is counted, or how many seconds from now one would be let through."""
        limit = self._limits.get(kind)
        if limit is None:
            return 0.0
        with self._lock:
            now_s = self._clock_s()
            calls_s = self._calls_s.setdefault((account, kind), deque(maxlen=limit.calls))
            if len(calls_s) == limit.calls and (wait_s := calls_s[0] + limit.span_s - now_s) > 0:
                return wait_s
            calls_s.append(now_s)
            return 0.0


class Limits:
    """ASGI middleware behind the guard, which knows whose call it is."""

    def __init__(self, app: ASGIApp, limiter: Limiter) -> None:
        self._app, self._limiter = app, limiter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on, or answer that there were too many."""
        kind = kind_of(scope["path"]) if scope["type"] == "http" else None
        wait_s = 0.0 if kind is None else self._limiter.wait_s(scope.get("account", OWN_ACCOUNT), kind)
        if wait_s <= 0:
            await self._app(scope, receive, send)
            return
        answer = failure(ApiError("Request has exceeded the limit.", TOO_MANY_REQUESTS))
        answer.headers["Retry-After"] = str(math.ceil(wait_s))
        await drain(Request(scope, receive))
        await answer(scope, receive, send)
