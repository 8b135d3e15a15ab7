"""What the service takes, in dollars, estimated from the price table (contract §16)."""

from __future__ import annotations

from desktop_search.core.calls import CallKind, CallRecord
from desktop_search.core.transfer_settings import PriceTable
from desktop_search.core.uploads import MediaKind, UploadItem

# What costs when it succeeds. Lists, tasks, deletions and folders are free.
PAID_KINDS = frozenset({CallKind.UPLOAD, CallKind.IMPORT, CallKind.SEARCH, CallKind.TRANSCRIPT, CallKind.DOWNLOAD})
_GB = 1000**3
_MS_PER_1000_MIN = 1000 * 60_000


def call_cost(record: CallRecord, prices: PriceTable) -> float:
    """The cost of one call by itself. Uploads and imports cost by their content, which the call does not tell: 0."""
    if not record.succeeded:
        return 0.0
    if record.kind is CallKind.SEARCH:
        return searches_cost(1, prices)
    if record.kind is CallKind.TRANSCRIPT:
        return prices.transcript_per_1000 / 1000
    if record.kind is CallKind.DOWNLOAD:
        return prices.download_per_gb * record.received_bytes / _GB
    return 0.0


def searches_cost(count: int, prices: PriceTable) -> float:
    """What so many searches cost."""
    return count * prices.search_per_1000 / 1000


def sent_duration_ms(item: UploadItem) -> int:
    """How much footage a row sends, in milliseconds; 0 for pictures and where nobody knows."""
    if item.kind is MediaKind.IMAGE:
        return 0
    if item.part_start_ms is not None and item.part_end_ms is not None:
        return item.part_end_ms - item.part_start_ms
    return item.facts.duration_ms


def index_cost(duration_ms: int, prices: PriceTable) -> float:
    """What indexing that much footage for search costs."""
    return prices.index_per_1000_min * duration_ms / _MS_PER_1000_MIN


def storage_cost_month(size_bytes: int, prices: PriceTable) -> float:
    """What keeping that much costs in a month."""
    return prices.storage_per_gb_month * size_bytes / _GB


def posts_cost(posts: int, youtube_bytes: int, prices: PriceTable) -> float:
    """What an import costs: posts of TikTok and Instagram by number, those of YouTube by size."""
    return prices.post_per_video * posts + prices.youtube_per_gb * youtube_bytes / _GB
