"""What the user chose about transfers: how many at once, how fast, how often a service is asked, what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from desktop_search.core.calls import CallKind


@dataclass(frozen=True, slots=True)
class BandwidthHours:
    """A limit that holds from one minute of the day to another, in local time; it may pass midnight."""

    from_minute: int
    to_minute: int
    limit_bytes_s: int  # 0: unlimited

    def holds_at(self, moment: datetime) -> bool:
        """Whether the limit holds at that local time."""
        minute = moment.hour * 60 + moment.minute
        if self.from_minute <= self.to_minute:
            return self.from_minute <= minute < self.to_minute
        return minute >= self.from_minute or minute < self.to_minute


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most `calls` in any `seconds`."""

    calls: int
    seconds: float


# As the service documents them (contract §15). Kinds that are not named have no limit.
DOCUMENTED_LIMITS: Mapping[CallKind, RateLimit] = {
    CallKind.UPLOAD: RateLimit(1, 60),
    CallKind.IMPORT: RateLimit(1, 60),
    CallKind.SEARCH: RateLimit(1, 1),
    CallKind.TRANSCRIPT: RateLimit(1, 1),
    CallKind.LIST: RateLimit(5, 1),
    CallKind.TASK: RateLimit(1, 1),
    CallKind.DELETE: RateLimit(5, 1),
    CallKind.DOWNLOAD: RateLimit(12, 60),
}


@dataclass(frozen=True, slots=True)
class PriceTable:
    """What the service takes, in dollars, and when that was read (contract §16). The user may change every value."""

    read_on: date = date(2026, 10, 1)
    index_per_1000_min: float = 15.0
    search_per_1000: float = 0.10
    transcript_per_1000: float = 0.10
    storage_per_gb_month: float = 0.03
    download_per_gb: float = 0.12
    youtube_per_gb: float = 2.20
    post_per_video: float = 0.002


@dataclass(frozen=True)
class TransferSettings:
    """The choices about transfers, each with its default.

    Attributes:
        at_once: uploads side by side to one library.
        limit_bytes_s: for all uploads together; 0: unlimited.
        hours: limits for hours of the day, which go before `limit_bytes_s`; the first that holds counts.
        limits: calls per time, by kind, for memories.ai.
        budget_month: dollars that may be spent in a calendar month; 0: no budget.
        budget_stops: whether nothing that costs is called once it is spent; else the window only says so.
    """

    at_once: int = 2
    limit_bytes_s: int = 0
    hours: tuple[BandwidthHours, ...] = ()
    limits: Mapping[CallKind, RateLimit] = field(default_factory=lambda: dict(DOCUMENTED_LIMITS))
    prices: PriceTable = PriceTable()
    budget_month: float = 0.0
    budget_stops: bool = True

    def limit_at(self, moment: datetime) -> int:
        """Bytes per second that hold at that local time; 0: unlimited."""
        return next((span.limit_bytes_s for span in self.hours if span.holds_at(moment)), self.limit_bytes_s)
