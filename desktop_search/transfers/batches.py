"""Pictures that may go to a library in one request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop_search.core.forecast import IMAGES_PER_CALL
from desktop_search.core.uploads import MediaKind, UploadItem

# The service does not say how many it takes, only that one bad picture has all of a request refused.
_BYTES_MAX = 64 << 20


def together(first: UploadItem, following: Iterable[UploadItem]) -> Sequence[UploadItem]:
    """`first`, with those rows after it that can go along: pictures with the same details, whose fate is certain."""
    if not _may_share(first):
        return (first,)
    batch, size_bytes = [first], first.size_bytes
    for item in following:
        if len(batch) == IMAGES_PER_CALL or size_bytes + item.size_bytes > _BYTES_MAX:
            break
        if _may_share(item) and item.details == first.details and item.priority == first.priority:
            batch.append(item)
            size_bytes += item.size_bytes
    return batch


def _may_share(item: UploadItem) -> bool:
    return item.kind is MediaKind.IMAGE and not item.maybe_sent
