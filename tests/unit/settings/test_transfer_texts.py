"""The choices about transfers survive the way through the preferences file, and nonsense in it."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest

from desktop_search.core.calls import CallKind
from desktop_search.core.transfer_settings import BandwidthHours, PriceTable, RateLimit, TransferSettings
from desktop_search.settings.transfer_texts import transfers_from_json, transfers_to_json

_CHOSEN = TransferSettings(
    at_once=4,
    limit_bytes_s=5_000_000_000,
    hours=(BandwidthHours(22 * 60, 6 * 60, 0),),
    limits={CallKind.UPLOAD: RateLimit(2, 30.5)},
    prices=PriceTable(date(2027, 1, 2), index_per_1000_min=20.0),
    budget_month=12.5,
)


def test_choices_survive_the_file() -> None:
    assert transfers_from_json(json.loads(json.dumps(transfers_to_json(_CHOSEN)))) == _CHOSEN


@pytest.mark.parametrize(
    "nonsense",
    [None, 3, [], {}, {"at_once": 0, "limit_bytes_s": -1, "hours": [{"x": 1}], "prices": 7, "budget_month": "much"}],
)
def test_nonsense_becomes_the_default(nonsense: object) -> None:
    assert transfers_from_json(nonsense) == TransferSettings()


@pytest.mark.parametrize("limits", [None, {"upload": 3}, {"nobody": [1, 2]}, {"upload": ["x", 1]}])
def test_limits_that_make_no_sense_become_the_documented_ones(limits: object) -> None:
    assert transfers_from_json({"limits": limits}).limits == TransferSettings().limits


@pytest.mark.parametrize(("hour", "limit"), [(21, 300), (22, 50), (23, 50), (3, 50), (6, 300), (12, 300)])
def test_hours_may_pass_midnight(hour: int, limit: int) -> None:
    settings = TransferSettings(limit_bytes_s=300, hours=(BandwidthHours(22 * 60, 6 * 60, 50),))
    assert settings.limit_at(datetime(2026, 3, 1, hour)) == limit  # noqa: DTZ001 - local time
