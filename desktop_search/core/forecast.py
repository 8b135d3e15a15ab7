"""What sending rows will take, before any of it is spent: time, upload slots, money. Pure; tested as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop_search.core.batches import requests_for
from desktop_search.core.calls import CallKind
from desktop_search.core.costs import index_cost, sent_duration_ms, storage_cost_month
from desktop_search.core.proxy_look import look_for
from desktop_search.core.transfer_settings import PriceTable, RateLimit, TransferSettings
from desktop_search.core.uploads import MediaKind, UploadItem

_DAYS_MAX = 366  # beyond that, nobody plans


@dataclass(frozen=True, slots=True)
class Forecast:
    """The batch as it stands.

    Attributes:
        files, size_bytes: of the rows that would be started; of a proxy that is still to be made, the most it may take.
        copies: of which the same content goes already, as another row: not sent, and counted for nothing else.
        footage_ms: how long their videos are, in milliseconds; `unmeasured` of them do not say.
        converted: of which a smaller copy is made first, so that no more than `size_bytes` are sent.
        slots: how many upload calls they are; images share one.
        limit: how often the account may upload; `None` for no limit.
        slots_s: the least time that takes, with what was started before and goes first.
        transfer_s: the time that the bytes take at the measured or the limited rate; `None` while nobody knows.
        ends_at: when the last of it has been sent, at the earliest.
        cost: of indexing, in dollars.
        storage_month: dollars a month for keeping it.
        prices: what the two are reckoned with, and when that was read.
    """

    files: int
    copies: int
    size_bytes: int
    footage_ms: int
    unmeasured: int
    converted: int
    slots: int
    limit: RateLimit | None
    slots_s: float
    transfer_s: float | None
    ends_at: datetime
    cost: float
    storage_month: float
    prices: PriceTable

    @property
    def sending_s(self) -> float:
        """How long all of it takes at the least: sending and waiting for slots go on side by side."""
        return max(self.slots_s, self.transfer_s or 0.0)


def forecast(
    rows: Iterable[UploadItem],
    settings: TransferSettings,
    rate_bytes_s: float | None,
    now: datetime,
    *,
    ahead: Iterable[UploadItem] = (),
) -> Forecast:
    """What starting `rows` takes after those `ahead` of them; `now` is local time, with its zone.

    `rate_bytes_s` is what was measured lately, `None` while nothing was sent.
    """
    ahead = tuple(ahead)
    all_rows = tuple(rows)
    rows = tuple(_without_copies(all_rows, ahead))
    size_bytes = sum(map(_outgoing_bytes, rows))
    footage = [sent_duration_ms(row) for row in rows if row.kind is MediaKind.VIDEO]
    limit = settings.limits.get(CallKind.UPLOAD)
    limit = limit if limit and limit.calls > 0 else None
    slots = requests_for(rows)
    slots_s = (slots + requests_for(ahead)) * limit.seconds / limit.calls if limit else 0.0
    bytes_in_all = size_bytes + sum(_outgoing_bytes(row) - row.sent_bytes for row in ahead)
    transfer_s = transfer_time_s(bytes_in_all, settings, rate_bytes_s, now)
    return Forecast(
        files=len(all_rows),
        copies=len(all_rows) - len(rows),
        size_bytes=size_bytes,
        footage_ms=sum(footage),
        unmeasured=sum(not duration_ms for duration_ms in footage),
        converted=sum(map(_is_converted, rows)),
        slots=slots,
        limit=limit,
        slots_s=slots_s,
        transfer_s=transfer_s,
        ends_at=now + timedelta(seconds=max(slots_s, transfer_s or 0.0)),
        cost=index_cost(sum(footage), settings.prices),
        storage_month=storage_cost_month(size_bytes, settings.prices),
        prices=settings.prices,
    )


def _without_copies(rows: Iterable[UploadItem], ahead: Iterable[UploadItem]) -> Iterator[UploadItem]:
    """The rows that will be sent: of the same content the first one, unless the user insists."""
    seen = {_content(row) for row in ahead}
    for row in rows:
        content = _content(row)
        if row.insisted or not row.fingerprint or content not in seen:
            yield row
        seen.add(content)


def _content(row: UploadItem) -> object:
    return row.library_id, row.details.namespace, row.fingerprint, row.part_start_ms


def _is_converted(row: UploadItem) -> bool:
    return bool(row.proxy_reason) and row.proxy is None


def _outgoing_bytes(row: UploadItem) -> int:
    """What is sent of a row; the size of the original where nobody knows how large its proxy will be."""
    facts = row.facts
    if not _is_converted(row) or not (facts.width and facts.height and facts.duration_ms):
        return row.size_bytes
    look = look_for(facts.width, facts.height, facts.rate)
    return look.expected_bytes(facts.duration_ms, has_sound=bool(facts.audio_codec))


def transfer_time_s(
    size_bytes: int, settings: TransferSettings, rate_bytes_s: float | None, now: datetime
) -> float | None:
    """Seconds to send that much from `now` on, within the limits of each hour; `None` where no rate is known."""
    moment, left = now, float(size_bytes)
    while left > 0:
        rate = _rate_at(moment, settings, rate_bytes_s)
        if rate is None or moment - now > timedelta(days=_DAYS_MAX):
            return None
        until = _next_change(moment, settings)
        span_s = (until - moment).total_seconds() if until else float("inf")
        if left <= rate * span_s or until is None:
            return (moment - now).total_seconds() + left / rate
        left -= rate * span_s
        moment = until
    return 0.0


def _rate_at(moment: datetime, settings: TransferSettings, measured_bytes_s: float | None) -> float | None:
    rates = [float(rate) for rate in (settings.limit_at(moment), measured_bytes_s) if rate]
    return min(rates) if rates else None


def _next_change(moment: datetime, settings: TransferSettings) -> datetime | None:
    """When another limit of the day may begin; `None` where it is always the same."""
    minutes = {minute % (24 * 60) for span in settings.hours for minute in (span.from_minute, span.to_minute)}
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    changes = [midnight + timedelta(days=day, minutes=minute) for minute in minutes for day in (0, 1)]
    return min((change for change in changes if change > moment), default=None)
