"""A whole library in memory, to be used where the transfers expect a client; its pace and its refusals are set."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop_search.core.errors import AppError, NotFound
from desktop_search.core.footage import FootageDetails, VideoRecord
from desktop_search.core.hits import BlobRef
from desktop_search.core.token import CancelToken


class LibraryClientFake:
    """Takes everything, and indexes when told to.

    Attributes:
        gate: sending waits at half of each file while it is cleared.
        indexes: whether what is asked for is ready; else it is "indexing 40 %".
        refusal: raised by the next upload, once.
        details: what was said about each file, by name.
    """

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.indexes = threading.Event()
        self.indexes.set()
        self.refusal: AppError | None = None
        self.details: dict[str, FootageDetails] = {}
        self._videos: dict[str, VideoRecord] = {}
        self._lock = threading.Lock()

    def upload_video(
        self, path: Path, details: FootageDetails, /, *, token: CancelToken, on_sent: Callable[[int], None]
    ) -> str:
        self._take([path], details, token, on_sent)
        return self._keep(path.name)

    def upload_images(
        self, paths: Sequence[Path], details: FootageDetails, /, *, token: CancelToken, on_sent: Callable[[int], None]
    ) -> tuple[str, ...]:
        self._take(paths, details, token, on_sent)
        return tuple(self._keep(path.name) for path in paths)

    def upload_url(self, url: str, details: FootageDetails, /, *, token: CancelToken) -> str:
        self._take([Path(url)], details, token, lambda _sent: None)
        return self._keep(Path(url).name)

    def list_videos(
        self, namespace: str, page: int, size: int, /, *, token: CancelToken
    ) -> tuple[tuple[VideoRecord, ...], int]:
        token.check()
        found = [video for video in self._videos.values() if video.namespace == namespace]
        return tuple(found[(page - 1) * size : page * size]), len(found)

    def metadata(self, video_no: str, namespace: str, /, *, token: CancelToken) -> VideoRecord | None:
        token.check()
        video = self._videos.get(video_no)
        if video is None:
            return None
        status, permille = ("PARSE", None) if self.indexes.is_set() else ("UNPARSE", 400)
        return VideoRecord(video_no, video.name, status=status, namespace=namespace, index_permille=permille)

    def delete_videos(self, ids: Sequence[str], namespace: str, /, *, token: CancelToken) -> None:
        token.check()
        for video_no in ids:
            self._videos.pop(video_no, None)

    def download_video(
        self,
        video_no: str,
        namespace: str,
        target: Path,
        /,
        *,
        token: CancelToken,
        on_received: Callable[[int, int | None], None],
    ) -> None:
        raise NotFound("The library keeps no files.")

    def download_blob(
        self, blob: BlobRef, target: Path, /, *, token: CancelToken, on_received: Callable[[int, int | None], None]
    ) -> None:
        raise NotFound("The library keeps no objects.")

    def fetch_url(
        self, url: str, target: Path, /, *, token: CancelToken, on_received: Callable[[int, int | None], None]
    ) -> None:
        raise NotFound("The library keeps no pictures.")

    def _take(
        self, paths: Sequence[Path], details: FootageDetails, token: CancelToken, on_sent: Callable[[int], None]
    ) -> None:
        with self._lock:
            refusal, self.refusal = self.refusal, None
            for path in paths:
                self.details[path.name] = details
        if refusal is not None:
            raise refusal
        for path in paths:
            size_bytes = path.stat().st_size if path.exists() else 0
            on_sent(size_bytes // 2)
            while not self.gate.wait(0.01):
                token.check()
            on_sent(size_bytes)

    def _keep(self, name: str) -> str:
        with self._lock:
            video_no = f"VI{len(self._videos) + 1}"
            self._videos[video_no] = VideoRecord(video_no, name)
            return video_no
