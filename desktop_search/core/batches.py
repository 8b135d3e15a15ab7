"""Pictures that may go to a library in one request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop_search.core.uploads import MediaKind, UploadItem

# The service does not say how many it takes, only that one bad picture has all of a request refused.
FILES_MAX, BYTES_MAX = 20, 64 << 20


def together(first: UploadItem, following: Iterable[UploadItem]) -> Sequence[UploadItem]:
    """`first`, with those rows after it that can go along: pictures with the same details, whose fate is certain."""
    if not _may_share(first):
        return (first,)
    batch, size_bytes = [first], first.size_bytes
    for item in following:
        if not (_may_share(item) and item.details == first.details and item.priority == first.priority):
            continue
        if len(batch) == FILES_MAX or size_bytes + item.size_bytes > BYTES_MAX:
            break
        batch.append(item)
        size_bytes += item.size_bytes
    return batch


def requests_for(rows: Iterable[UploadItem]) -> int:
    """How many requests rows are when they go in this order, each with all that can go along; in one pass."""
    requests = 0
    open_batches: dict[object, tuple[int, int]] = {}  # files and bytes of the batch that is being filled
    for row in rows:
        key = (row.library_id, row.details, row.priority)
        files, size_bytes = open_batches.get(key, (0, 0))
        if not _may_share(row):
            requests += 1
        elif not files or files == FILES_MAX or size_bytes + row.size_bytes > BYTES_MAX:
            requests += 1
            open_batches[key] = (1, row.size_bytes)
        else:
            open_batches[key] = (files + 1, size_bytes + row.size_bytes)
    return requests


def _may_share(item: UploadItem) -> bool:
    return item.kind is MediaKind.IMAGE and not item.maybe_sent
