"""Finding in a library what was sent to it when the answer was never seen: no video is paid for twice."""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop_search.core.errors import AppError
from desktop_search.core.footage import Readiness, VideoRecord
from desktop_search.core.language import _
from desktop_search.core.library import LOCAL_ID
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import UploadItem
from desktop_search.transfers.clock import WakingClock
from desktop_search.transfers.ports import LibraryClient

_PAGES_MAX, _PAGE_SIZE = 25, 200
# How much earlier than here the library's clock may show the arrival. A video of the same name and the very same
# number of bytes, under an id that no row has, is the same footage though the clocks are far apart.
_SLACK_MS, _SAME_SIZE_SLACK_MS = 10 * 60 * 1000, 24 * 60 * 60 * 1000
_STORED_NAME = re.compile(r"[0-9a-f]{32}")  # some libraries list a name of their own
# A library may take a while to list what has arrived: so long after the last byte it is believed that it has not.
SETTLED_S = 60.0
_ASK_EVERY_S = 5.0


class MayHaveArrived(AppError):
    """All of a row may have left, and the library does not list it yet: it is to be asked once more."""

    retryable = True


class Unlisted:
    """For how long rows may still turn up in their library's list. Safe from any thread, as its rows are in one each.

    Args:
        settled_s: so many seconds after the last byte has left, what is not in the list has not arrived.
    """

    def __init__(self, settled_s: float) -> None:
        self._settled_s, self._clock = settled_s, WakingClock()
        self._left_s: dict[int, float] = {}
        self._ask_at_s: dict[int, float] = {}

    def left(self, item_ids: Iterable[int]) -> None:
        """Bytes of these rows have just left, and no answer may come."""
        now_s = self._clock.now_s()
        self._left_s.update((item_id, now_s) for item_id in item_ids)

    def never_left(self, item_ids: Iterable[int]) -> None:
        """The library cannot have taken these rows: what it got was not whole."""
        self._left_s.update((item_id, -self._settled_s) for item_id in item_ids)

    def check(self, item: UploadItem) -> None:
        """The list does not have the row. Raises `MayHaveArrived` as long as it may be too early to tell.

        Of a row that another run of the program has sent, the bytes are taken to have left only now.
        """
        if item.library_id == LOCAL_ID:  # is given names of files; its list has them at once
            return
        now_s = self._clock.now_s()
        left_s = self._settled_s - (now_s - self._left_s.setdefault(item.item_id, now_s))
        if left_s > 0:
            wait_s = min(left_s, _ASK_EVERY_S)
            self._ask_at_s[item.item_id] = now_s + wait_s
            words = _("It may have arrived, though the library does not list it yet.")
            raise MayHaveArrived(words, retry_after_s=wait_s)
        del self._left_s[item.item_id]
        self._ask_at_s.pop(item.item_id, None)

    def rest_s(self, item: UploadItem) -> float:
        """For how many seconds the row is to be left alone before its library is asked once more."""
        return max(0.0, self._ask_at_s.get(item.item_id, 0.0) - self._clock.now_s())


def find_sent(
    client: LibraryClient, item: UploadItem, known_ids: frozenset[str], token: CancelToken
) -> VideoRecord | None:
    """The video in the library that `item` became, by name, size and time; ids that are known do not count.

    Raises `AppError`, `Cancelled`.
    """
    nameless: VideoRecord | None = None
    for page in range(1, _PAGES_MAX + 1):
        records, total = client.list_videos(item.details.namespace, page, _PAGE_SIZE, token=token)
        for record in records:
            if record.video_no in known_ids or record.readiness is Readiness.FAILED:
                continue
            if _has_name(record, item) and _fits(record, item):
                return record
            if nameless is None and _STORED_NAME.fullmatch(record.name) and _fits_without_name(record, item):
                nameless = record
        if not records or page * _PAGE_SIZE >= total or all(_is_older(record, item) for record in records):
            break
    return nameless


def _has_name(record: VideoRecord, item: UploadItem) -> bool:
    return record.name in {item.sent_path.name, item.sent_path.stem}


def _fits(record: VideoRecord, item: UploadItem) -> bool:
    if not record.size_bytes:
        return record.created_ms is None or record.created_ms >= _begun_ms(item) - _SLACK_MS
    return record.size_bytes == item.size_bytes and not _is_older(record, item)


def _fits_without_name(record: VideoRecord, item: UploadItem) -> bool:
    is_new = record.created_ms is not None and record.created_ms >= _begun_ms(item) - _SLACK_MS
    return is_new and record.size_bytes == item.size_bytes


def _is_older(record: VideoRecord, item: UploadItem) -> bool:
    """Whether the video was there before the row's request; the list has the newest first."""
    return record.created_ms is not None and record.created_ms < _begun_ms(item) - _SAME_SIZE_SLACK_MS


def _begun_ms(item: UploadItem) -> int:
    return item.begun_ms or item.added_ms
