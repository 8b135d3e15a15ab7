"""A library in memory, with the client's interface: it takes, lists, indexes, gives back, and fails when told to."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from desktop_search.core.byte_source import ByteSink
from desktop_search.core.calls import CallKind
from desktop_search.core.errors import AppError, NotFound, RequestRejected
from desktop_search.core.footage import FootageDetails, VideoRecord
from desktop_search.core.hits import BlobRef
from desktop_search.core.listing import ListFilters
from desktop_search.core.token import CancelToken

CHUNK_BYTES = 4096
EVERYTHING = ListFilters()


@dataclass
class FakeLibrary:
    """State and behaviour of one library.

    Attributes:
        ready_after: how many times a video is asked for before it is searchable.
        fail_next: raised by the next calls of a method, in order ("upload_video", "metadata", …).
        lose_answer: after the library took the file, this is raised instead of giving the answer, once.
        gate: uploads wait for it before their last byte; set at first.
        waits_s: for how long calls of a kind are said to be kept waiting.
        indexing_failures: file names whose indexing fails, with the cause.
        refused: names of pictures for which a whole request is refused.
        on_receiving, on_taken: called when the first bytes of an upload are in, and when the library has it.
    """

    ready_after: int = 1
    fail_next: dict[str, list[AppError]] = field(default_factory=dict)
    lose_answer: list[AppError] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    waiting_at_gate: threading.Event = field(default_factory=threading.Event)
    indexing_failures: dict[str, str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    on_receiving: Callable[[], object] = field(default=lambda: None)
    on_taken: Callable[[], object] = field(default=lambda: None)
    videos: dict[str, VideoRecord] = field(default_factory=dict)
    images: dict[str, str] = field(default_factory=dict)
    details: dict[str, FootageDetails] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    blobs: dict[str, bytes] = field(default_factory=dict)
    urls: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    waits_s: dict[CallKind, float] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._numbers = itertools.count(687954832241201152)
        self.gate.set()

    def clients(self, library_id: str, token: CancelToken) -> FakeLibrary:
        """Itself, whatever library is asked for."""
        self._called("clients")
        return self

    def wait_s(self, kind: CallKind, spare: int = 0, /) -> float:
        return self.waits_s.get(kind, 0.0)

    def upload_video(
        self, path: Path, details: FootageDetails, /, *, token: CancelToken, on_sent: Callable[[int], None]
    ) -> str:
        self._called("upload_video")
        data = self._receive(path, token, on_sent)
        return self._take(path, data, details)

    def upload_images(
        self, paths: Sequence[Path], details: FootageDetails, /, *, token: CancelToken, on_sent: Callable[[int], None]
    ) -> tuple[str, ...]:
        self._called("upload_images")
        data = [self._receive(path, token, on_sent) for path in paths]
        if self.refused & {path.name for path in paths}:
            raise RequestRejected("One of the pictures is damaged.")
        ids = []
        for path, content in zip(paths, data, strict=True):
            ids.append(str(687955883044376576 + len(self.images)))
            self.images[ids[-1]], self.files[ids[-1]], self.details[ids[-1]] = path.name, content, details
        self._answer()
        return tuple(ids)

    def upload_url(self, url: str, details: FootageDetails, /, *, token: CancelToken) -> str:
        self._called("upload_url")
        self.urls.append(url)
        parts = urlsplit(url)
        assert (parts.scheme, parts.query, parts.fragment) == ("file", "", "")
        path = Path(unquote_to_bytes(parts.path).decode("utf-8", "surrogateescape"))
        self._hold(token)
        return self._take(path, path.read_bytes(), details)

    def list_unique_ids(self, *, token: CancelToken) -> tuple[str, ...]:
        self._called("list_unique_ids")
        return tuple(dict.fromkeys(video.namespace for video in self.videos.values()))

    def list_videos(
        self, namespace: str, page: int, size: int, /, *, filters: ListFilters = EVERYTHING, token: CancelToken
    ) -> tuple[tuple[VideoRecord, ...], int]:
        self._called("list_videos")
        for video_no in filters.video_nos:
            self._look(video_no)
        videos = (video for video in self.videos.values() if video.namespace == namespace)
        found = [video for video in videos if _passes(video, filters)][::-1]
        return tuple(found[(page - 1) * size : page * size]), len(found)

    def metadata(self, video_no: str, namespace: str, /, *, token: CancelToken) -> VideoRecord | None:
        self._called("metadata")
        self._look(video_no)
        video = self.videos.get(video_no)
        return video if video is not None and video.namespace == namespace else None

    def _look(self, video_no: str) -> None:
        """Indexing gets on whenever somebody asks for a video."""
        video = self.videos.get(video_no)
        if video is None:
            return
        self.asked[video_no] = self.asked.get(video_no, 0) + 1
        if video.status == "UNPARSE" and self.asked[video_no] >= self.ready_after:
            cause = self.indexing_failures.get(video.name)
            status = "PARSE" if cause is None else "FAILED"
            video = replace(video, status=status, cause=cause or "")
        elif video.status == "UNPARSE":
            video = replace(video, index_permille=1000 * self.asked[video_no] // self.ready_after)
        self.videos[video_no] = video

    def delete_videos(self, ids: Sequence[str], namespace: str, /, *, token: CancelToken) -> None:
        self._called("delete_videos")
        for video_no in ids:
            if video_no in self.videos and self.videos[video_no].namespace == namespace:
                del self.videos[video_no]
                self.files.pop(video_no, None)

    def download_video(
        self,
        video_no: str,
        namespace: str,
        target: Path | ByteSink,
        /,
        *,
        token: CancelToken,
        on_received: Callable[[int, int | None], None],
    ) -> None:
        self._called("download_video")
        data = self.files.get(video_no)
        if isinstance(target, Path):
            self._give(data, target, token, on_received)
            return
        if data is None:
            raise NotFound("The library does not have this file.")
        while (first := target.next_byte()) is not None:
            target.begin(first, len(data), ranges=True)
            for start in range(first, len(data), CHUNK_BYTES):
                token.check()
                goes_on = target.take(data[start : start + CHUNK_BYTES])
                on_received(target.received_bytes, len(data))
                if not goes_on:
                    break

    def download_blob(
        self, blob: BlobRef, target: Path, /, *, token: CancelToken, on_received: Callable[[int, int | None], None]
    ) -> None:
        self._called("download_blob")
        self._give(self.blobs.get(blob.blob), target, token, on_received)

    def fetch_url(
        self, url: str, target: Path, /, *, token: CancelToken, on_received: Callable[[int, int | None], None]
    ) -> None:
        self._called("fetch_url")
        self._give(self.blobs.get(url), target, token, on_received)

    def _called(self, name: str) -> None:
        self.calls.append(name)
        if self.fail_next.get(name):
            raise self.fail_next[name].pop(0)

    def _hold(self, token: CancelToken) -> None:
        self.waiting_at_gate.set()
        while not self.gate.wait(0.01):
            token.check()

    def _receive(self, path: Path, token: CancelToken, on_sent: Callable[[int], None]) -> bytes:
        data = path.read_bytes()
        self.on_receiving()
        for sent in range(0, len(data), CHUNK_BYTES):
            token.check()
            on_sent(sent)
        self._hold(token)
        on_sent(len(data))
        return data

    def _take(self, path: Path, data: bytes, details: FootageDetails) -> str:
        video_no = f"VI{next(self._numbers)}"
        self.videos[video_no] = VideoRecord(
            video_no,
            path.name,
            "UNPARSE",
            size_bytes=len(data),
            created_ms=time.time_ns() // 1_000_000,
            namespace=details.namespace,
        )
        self.files[video_no], self.details[video_no] = data, details
        self._answer()
        return video_no

    def _answer(self) -> None:
        self.on_taken()
        if self.lose_answer:
            raise self.lose_answer.pop()

    @staticmethod
    def _give(
        data: bytes | None, target: Path, token: CancelToken, on_received: Callable[[int, int | None], None]
    ) -> None:
        if data is None:
            raise NotFound("The library does not have this file.")
        part = target.with_name(f"{target.name}.part")
        with part.open("wb") as file:
            for start in range(0, len(data), CHUNK_BYTES):
                token.check()
                file.write(data[start : start + CHUNK_BYTES])
                on_received(min(start + CHUNK_BYTES, len(data)), len(data))
        part.replace(target)


def _passes(video: VideoRecord, filters: ListFilters) -> bool:
    return (
        filters.video_name in {"", video.name}
        and (not filters.video_nos or video.video_no in filters.video_nos)
        and filters.readiness in {None, video.readiness}
        and (not filters.tag or filters.tag in video.tags)
        and filters.camera in {"", video.camera}
    )
