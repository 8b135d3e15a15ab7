"""The calls of a library that imports are made with (contract §5.2, §6, §9.3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Protocol, TypedDict
from urllib.parse import unquote, urlsplit

from desktop_search.core.calls import CallKind
from desktop_search.core.errors import AppError, EngineUnavailable, NotFound, RateLimited, Unreachable
from desktop_search.core.footage import FootageDetails, VideoRecord
from desktop_search.core.imports import ImportedVideo, ImportItem, ImportKind, ImportWish
from desktop_search.core.tasks import TaskReport
from desktop_search.core.token import CancelToken


class TaskCalls(Protocol):
    """The calls that begin a task in a library, and the one that tells how far it is."""

    def posts(self, urls: Sequence[str], /, *, namespace: str, public: bool, quality: str, token: CancelToken) -> str:
        """Begin to import posts of one platform; the task's id."""

    def creator(self, profile_url: str, count: int, /, *, namespace: str, public: bool, token: CancelToken) -> str:
        """Begin to import a creator's newest posts; the task's id."""

    def hashtags(self, tags: Sequence[str], count: int, /, *, namespace: str, public: bool, token: CancelToken) -> str:
        """Begin to import posts with hashtags; the task's id."""

    def task(self, task_id: str, namespace: str, /, *, token: CancelToken) -> TaskReport:
        """What a task has brought so far."""


class ImportClient(Protocol):
    """What imports need of a library's client."""

    @property
    def imports(self) -> TaskCalls:
        """The calls about tasks."""

    def wait_s(self, kind: CallKind, /) -> float:
        """For how many seconds a call of that kind would be kept waiting now, by the account's limits."""

    def upload_url(self, url: str, details: FootageDetails, /, *, token: CancelToken) -> str:
        """Let the library fetch a video file. Returns its id."""

    def list_videos(
        self, namespace: str, page: int, size: int, /, *, token: CancelToken
    ) -> tuple[tuple[VideoRecord, ...], int]:
        """One page of the videos, newest first, and how many there are in all."""

    def metadata(self, video_no: str, namespace: str, /, *, token: CancelToken) -> VideoRecord | None:
        """One video, `None` when the library does not have it."""


_PAGES_MAX, _PAGE_SIZE = 25, 200
_CLOCK_SLACK_MS = 10 * 60 * 1000  # the library's clock may differ from ours
ImportClients = Callable[[str, CancelToken], ImportClient]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a library answered: a task to follow, or the one video that it took."""

    task_id: str = ""
    videos: tuple[ImportedVideo, ...] = ()


def call_kind(wish: ImportWish) -> CallKind:
    """Which of the service's limits holds for it."""
    return CallKind.UPLOAD if wish.kind is ImportKind.VIDEO else CallKind.IMPORT


def took_nothing(error: AppError) -> bool:
    """Whether a failed call certainly began nothing, so that it may be made again."""
    return isinstance(error, RateLimited | Unreachable | EngineUnavailable)


def ask(client: ImportClient, wish: ImportWish, token: CancelToken) -> Asked:
    """Make the one call that `wish` is. Raises `AppError`, `Cancelled`."""
    first, place = wish.subjects[0], _Place(namespace=wish.details.namespace, public=wish.is_public)
    if wish.kind is ImportKind.VIDEO:
        return Asked(videos=(ImportedVideo(client.upload_url(first, wish.details, token=token), _stem(first)),))
    if wish.kind is ImportKind.POSTS:
        return Asked(client.imports.posts(wish.subjects, quality=wish.quality, token=token, **place))
    if wish.kind is ImportKind.CREATOR:
        return Asked(client.imports.creator(first, wish.count, token=token, **place))
    return Asked(client.imports.hashtags(wish.subjects, wish.count, token=token, **place))


def find_asked(
    client: ImportClient, item: ImportItem, known_ids: frozenset[str], token: CancelToken
) -> ImportedVideo | None:
    """The video that a call became whose answer was never seen, by name and time; ids of other rows do not count."""
    address = item.wish.subjects[0]
    names = {_stem(address), PurePosixPath(unquote(urlsplit(address).path)).name}
    since_ms = item.asked_ms - _CLOCK_SLACK_MS
    for page in range(1, _PAGES_MAX + 1):
        records, total = client.list_videos(item.wish.details.namespace, page, _PAGE_SIZE, token=token)
        fresh = [record for record in records if record.created_ms is None or record.created_ms >= since_ms]
        for record in fresh:
            if record.name in names and record.video_no not in known_ids:
                return ImportedVideo.of(record)
        if not fresh or page * _PAGE_SIZE >= total:
            break
    return None


def look(client: ImportClient, item: ImportItem, token: CancelToken) -> TaskReport | None:
    """How far it is; `None` when the library does not know the video. Raises `AppError`, `Cancelled`."""
    namespace = item.wish.details.namespace
    if item.wish.kind is ImportKind.VIDEO:
        record = _record(client, item.videos[0].video_no, namespace, token)
        return None if record is None else TaskReport(videos=(record,))
    report = client.imports.task(item.task_id, namespace, token=token)
    if item.wish.is_public or all(video.status for video in report.videos):
        return report
    # An older shape of the answer has nothing but ids.
    known = (video if video.status else _record(client, video.video_no, namespace, token) for video in report.videos)
    return replace(report, videos=tuple(video for video in known if video is not None))


def _record(client: ImportClient, video_no: str, namespace: str, token: CancelToken) -> VideoRecord | None:
    try:
        return client.metadata(video_no, namespace, token=token)
    except NotFound:
        return None


class _Place(TypedDict):
    namespace: str
    public: bool


def _stem(address: str) -> str:
    return PurePosixPath(unquote(urlsplit(address).path)).stem or address
