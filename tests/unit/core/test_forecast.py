"""What a batch will take, as data."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from desktop_search.core.batches import FILES_MAX, together
from desktop_search.core.calls import CallKind
from desktop_search.core.footage import FootageDetails
from desktop_search.core.forecast import forecast, transfer_time_s
from desktop_search.core.transfer_settings import BandwidthHours, PriceTable, RateLimit, TransferSettings
from desktop_search.core.uploads import MediaFacts, MediaKind, UploadItem, UploadState

NOW = datetime(2026, 11, 21, 17, 50, tzinfo=UTC)
CLIP = UploadItem(
    1,
    "memories.ai",
    Path("/card/A001.mp4"),
    MediaKind.VIDEO,
    UploadState.READY,
    size_bytes=240_000_000,
    facts=MediaFacts(duration_ms=68_400),
)
STILL = replace(CLIP, kind=MediaKind.IMAGE, size_bytes=1_000_000, facts=MediaFacts())
PLAIN = TransferSettings()


def test_a_card_of_500_clips_takes_500_minutes_at_one_a_minute() -> None:
    made = forecast([CLIP] * 500, PLAIN, None, NOW)
    assert (made.files, made.slots, made.size_bytes) == (500, 500, 120_000_000_000)
    assert made.slots_s >= timedelta(hours=8, minutes=20).total_seconds()
    assert made.footage_ms == timedelta(hours=9, minutes=30).total_seconds() * 1000
    assert made.transfer_s is None
    assert made.ends_at == NOW + timedelta(hours=8, minutes=20)
    assert made.cost == pytest.approx(8.55)
    assert made.storage_month == pytest.approx(3.60)
    assert made.prices.read_on == date(2026, 10, 1)


@pytest.mark.parametrize(
    ("rate_bytes_s", "hours"),
    [
        (100_000_000.0, 500 / 60),  # the slots take longer than the bytes
        (2_000_000.0, 120_000 / 2 / 3600),  # the other way round
    ],
)
def test_the_slower_of_slots_and_bytes_counts(rate_bytes_s: float, hours: float) -> None:
    made = forecast([CLIP] * 500, PLAIN, rate_bytes_s, NOW)
    assert made.sending_s == pytest.approx(hours * 3600)
    assert made.ends_at == NOW + timedelta(seconds=made.sending_s)


def test_pictures_share_a_slot_and_cost_no_minutes() -> None:
    made = forecast([STILL] * (FILES_MAX + 1), PLAIN, None, NOW)
    assert (made.slots, made.slots_s, made.footage_ms, made.cost, made.unmeasured) == (2, 120, 0, 0, 0)
    other = replace(STILL, details=FootageDetails(tags=("boat",)))  # they cannot go in one call
    assert forecast([STILL, other], PLAIN, None, NOW).slots == 2


def test_what_was_started_before_goes_first_and_is_not_charged_again() -> None:
    alone, after = forecast([CLIP], PLAIN, 1e6, NOW), forecast([CLIP], PLAIN, 1e6, NOW, ahead=[CLIP, CLIP])
    assert (after.files, after.slots, after.cost) == (1, 1, alone.cost)
    assert (alone.slots_s, after.slots_s) == (60, 180)
    assert (alone.transfer_s, after.transfer_s) == (240, 720)


def test_copies_are_not_sent_and_cost_nothing() -> None:
    one, other = replace(CLIP, fingerprint="a"), replace(CLIP, fingerprint="b")
    elsewhere = replace(one, details=FootageDetails("archive"))
    alone = forecast([one, other, elsewhere], PLAIN, 1e6, NOW)
    made = forecast([one, other, one, elsewhere, one], PLAIN, 1e6, NOW)
    assert (made.files, made.copies) == (5, 2)
    assert replace(made, files=3, copies=0) == alone
    assert forecast([one], PLAIN, 1e6, NOW, ahead=[one]).copies == 1
    insisted = forecast([one, replace(one, insisted=True), CLIP, CLIP], PLAIN, 1e6, NOW)
    assert (insisted.copies, insisted.slots) == (0, 4)


def test_parts_count_by_their_length_and_unknown_lengths_are_said() -> None:
    part = replace(CLIP, part_start_ms=10_000, part_end_ms=40_000)
    odd = replace(CLIP, facts=MediaFacts(), proxy_reason="ProRes is not taken.")
    made = forecast([part, odd], PLAIN, None, NOW)
    assert (made.footage_ms, made.unmeasured, made.converted) == (30_000, 1, 1)
    assert forecast([replace(odd, proxy=Path("/p.mp4"))], PLAIN, None, NOW).converted == 0


def test_limits_and_prices_are_those_of_the_settings() -> None:
    prices = PriceTable(date(2027, 2, 3), index_per_1000_min=30, storage_per_gb_month=0.3)
    settings = TransferSettings(limits={CallKind.UPLOAD: RateLimit(4, 60)}, prices=prices)
    made = forecast([CLIP] * 8, settings, None, NOW)
    assert (made.slots_s, made.prices) == (120, prices)
    assert made.cost == pytest.approx(8 * 1.14 * 30 / 1000)
    assert made.storage_month == pytest.approx(8 * 0.24 * 0.3)
    free = forecast([CLIP] * 8, TransferSettings(limits={}), None, NOW)
    assert (free.slots_s, free.limit, free.ends_at) == (0, None, NOW)
    assert forecast([], PLAIN, None, NOW).sending_s == 0


def test_the_bandwidth_limit_holds_hour_by_hour() -> None:
    # 17:50 to 18:00 at 1 MB/s are 600 MB; from 18:00 to 6:00 at 10 MB/s.
    settings = TransferSettings(limit_bytes_s=1_000_000, hours=(BandwidthHours(18 * 60, 6 * 60, 10_000_000),))
    assert transfer_time_s(600_000_000, settings, None, NOW) == 600
    assert transfer_time_s(1_600_000_000, settings, None, NOW) == 700
    assert transfer_time_s(1_600_000_000, settings, 2_000_000.0, NOW) == 600 + 500
    # A whole night is 432 GB; what is left goes at 1 MB/s by day.
    assert transfer_time_s(432_600_000_000 + 3_000_000, settings, None, NOW) == 600 + 12 * 3600 + 3
    # By day nobody knows how fast it is without a limit.
    by_night = TransferSettings(hours=(BandwidthHours(18 * 60, 6 * 60, 10_000_000),))
    assert transfer_time_s(1, by_night, None, NOW) is None
    assert transfer_time_s(0, by_night, None, NOW) == 0


def test_slots_are_counted_as_the_queue_fills_its_requests() -> None:
    big = replace(STILL, size_bytes=20_000_000)
    tagged = replace(STILL, details=FootageDetails(tags=("boat",)))
    rows = [big, STILL, tagged, big, CLIP, *[STILL] * 40, tagged, big, big, replace(STILL, maybe_sent=True)]
    left = [replace(row, item_id=number) for number, row in enumerate(rows)]
    requests = 0
    while left:
        gone = {row.item_id for row in together(left[0], left[1:])}
        left = [row for row in left if row.item_id not in gone]
        requests += 1
    assert requests > 5
    assert forecast(rows, PLAIN, None, NOW).slots == requests


def test_a_file_that_is_converted_counts_with_the_most_that_its_proxy_takes() -> None:
    facts = MediaFacts(duration_ms=100_000, width=3840, height=2160, audio_codec="pcm_s24le")
    original = replace(CLIP, size_bytes=9_000_000_000, proxy_reason="ProRes is not taken.", facts=facts)
    made = forecast([original], PLAIN, None, NOW)
    assert made.size_bytes == (1920 * 1080 * 4 + 128_000) * 100 // 8
    assert made.storage_month == pytest.approx(made.size_bytes / 1e9 * 0.03)
    assert forecast([replace(original, proxy=Path("/p.mp4"), size_bytes=70)], PLAIN, None, NOW).size_bytes == 70
    assert forecast([replace(original, facts=MediaFacts())], PLAIN, None, NOW).size_bytes == 9_000_000_000
