"""A library in memory that imports from the web: it takes wishes, brings videos bit by bit, and fails when told to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from desktop_search.core.calls import CallKind
from desktop_search.core.errors import AppError
from desktop_search.core.footage import FootageDetails, VideoRecord
from desktop_search.core.tasks import TaskReport
from desktop_search.core.token import CancelToken


@dataclass
class WebLibrary:
    """State and behaviour of one library.

    Attributes:
        fail_next: raised by the next calls of a method, in order ("posts", "upload_url", "task", "clients", …).
        reports: what the next questions about a task tell, in order; the last one holds on.
        asked: every import that was asked for: the method, then its arguments.
        waits_s: for how long calls of a kind are said to be kept waiting.
    """

    fail_next: dict[str, list[AppError]] = field(default_factory=dict)
    reports: list[TaskReport] = field(default_factory=list)
    videos: dict[str, VideoRecord | None] = field(default_factory=dict)
    asked: list[tuple[object, ...]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    waits_s: dict[CallKind, float] = field(default_factory=dict)

    @property
    def imports(self) -> WebLibrary:
        return self

    def clients(self, library_id: str, token: CancelToken) -> WebLibrary:
        """Itself, whatever library is asked for."""
        self._called("clients")
        return self

    def wait_s(self, kind: CallKind, /) -> float:
        return self.waits_s.pop(kind, 0.0)

    def upload_url(self, url: str, details: FootageDetails, /, *, token: CancelToken) -> str:
        self._asked("upload_url", url, details.namespace, details.tags)
        video_no = f"VI{len(self.asked)}"
        name = PurePosixPath(urlsplit(url).path).stem
        self.videos[video_no] = VideoRecord(video_no, name, "UNPARSE", namespace=details.namespace)
        return video_no

    def list_videos(
        self, namespace: str, page: int, size: int, /, *, token: CancelToken
    ) -> tuple[tuple[VideoRecord, ...], int]:
        self._called("list_videos")
        found = [video for video in self.videos.values() if video is not None and video.namespace == namespace][::-1]
        return tuple(found[(page - 1) * size : page * size]), len(found)

    def metadata(self, video_no: str, namespace: str, /, *, token: CancelToken) -> VideoRecord | None:
        self._called("metadata")
        return self.videos.get(video_no)

    def posts(self, urls: Sequence[str], /, *, namespace: str, public: bool, quality: str, token: CancelToken) -> str:
        return self._asked("posts", tuple(urls), namespace, public, quality)

    def creator(self, profile_url: str, count: int, /, *, namespace: str, public: bool, token: CancelToken) -> str:
        return self._asked("creator", profile_url, count, namespace, public)

    def hashtags(self, tags: Sequence[str], count: int, /, *, namespace: str, public: bool, token: CancelToken) -> str:
        return self._asked("hashtags", tuple(tags), count, namespace, public)

    def task(self, task_id: str, namespace: str, /, *, token: CancelToken) -> TaskReport:
        self._called("task")
        return self.reports.pop(0) if len(self.reports) > 1 else self.reports[0]

    def finish(self, video_no: str, status: str = "PARSE", cause: str = "") -> None:
        """Indexing of a video ends."""
        video = self.videos[video_no]
        assert video is not None
        self.videos[video_no] = replace(video, status=status, cause=cause)

    def _asked(self, method: str, *arguments: object) -> str:
        self.asked.append((method, *arguments))
        self._called(method)
        return f"task-{len(self.asked)}"

    def _called(self, name: str) -> None:
        self.calls.append(name)
        if self.fail_next.get(name):
            raise self.fail_next[name].pop(0)
