"""Rows completed by what tools beside this program know of their files, for as long as that takes little time."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace

from desktop_search.core.footage import FootageDetails
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import MediaKind, UploadItem, UploadState
from desktop_search.media.outside_tools import Told, ask_tools, has_tool
from desktop_search.media.probe import timebase_of

_DROP_MAX_S = 60.0  # all files of one drop
_CALL_MAX_S = 20.0


class OutsideFacts:
    """For one drop: asks of files whose camera or capture time is not known yet."""

    def __init__(self, max_s: float = _DROP_MAX_S) -> None:
        self._left_s = max_s if has_tool() else 0.0

    def completed(self, items: Iterable[UploadItem], token: CancelToken) -> list[UploadItem]:
        """The same rows in the same order. Raises `Cancelled`."""
        rows = list(items)
        paths = [row.path for row in rows if _lacks(row)]
        if not paths or self._left_s <= 0:
            return rows
        began = time.monotonic()
        told = ask_tools(paths, token, min(_CALL_MAX_S, self._left_s))
        took_s = time.monotonic() - began
        self._left_s = self._left_s - took_s if told else 0.0  # one that fails or hangs is not asked again
        return [_with(row, told[row.path]) if row.path in told else row for row in rows]


def _lacks(item: UploadItem) -> bool:
    is_video = item.kind is MediaKind.VIDEO and item.state is not UploadState.FAILED
    return is_video and (not item.details.camera or item.details.taken is None)


def _with(item: UploadItem, told: Told) -> UploadItem:
    found = FootageDetails(camera=told.camera, taken=told.taken, latitude=told.latitude, longitude=told.longitude)
    details = item.details.filled_from(found if not found.problems() else replace(found, latitude=None, longitude=None))
    timecode = item.facts.start_timecode
    if not timecode and item.facts.rate and timebase_of(item.facts.rate, told.start_timecode):
        timecode = told.start_timecode
    return replace(item, details=details, facts=replace(item.facts, start_timecode=timecode))
