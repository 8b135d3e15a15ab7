"""Finding in a library what was sent to it when the answer was never seen: no video is paid for twice."""

from __future__ import annotations

import re

from desktop_search.core.footage import Readiness, VideoRecord
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import UploadItem
from desktop_search.transfers.ports import LibraryClient

_PAGES_MAX, _PAGE_SIZE = 25, 200
# How much earlier than here the library's clock may show the arrival. A video of the same name and the very same
# number of bytes, under an id that no row has, is the same footage though the clocks are far apart.
_SLACK_MS, _SAME_SIZE_SLACK_MS = 10 * 60 * 1000, 24 * 60 * 60 * 1000
_STORED_NAME = re.compile(r"[0-9a-f]{32}")  # some libraries list a name of their own


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
