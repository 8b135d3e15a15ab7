"""The choices about transfers as the JSON that the preferences file keeps."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

from desktop_search.core.calls import CallKind
from desktop_search.core.transfer_settings import BandwidthHours, PriceTable, RateLimit, TransferSettings


def transfers_to_json(settings: TransferSettings) -> dict[str, Any]:
    """Plain values for `json.dumps`."""
    return {
        "at_once": settings.at_once,
        "limit_bytes_s": settings.limit_bytes_s,
        "hours": [asdict(span) for span in settings.hours],
        "limits": {kind.value: [limit.calls, limit.seconds] for kind, limit in settings.limits.items()},
        "prices": asdict(settings.prices) | {"read_on": settings.prices.read_on.isoformat()},
        "budget_month": settings.budget_month,
        "budget_stops": settings.budget_stops,
    }


def transfers_from_json(content: object) -> TransferSettings:
    """The choices; the default for each part that is missing or makes no sense."""
    values = content if isinstance(content, dict) else {}
    default = TransferSettings()
    return TransferSettings(
        at_once=int(_number(values.get("at_once"), default.at_once, least=1)),
        limit_bytes_s=int(_number(values.get("limit_bytes_s"), default.limit_bytes_s)),
        hours=_hours(values.get("hours")),
        limits=dict(default.limits) if "limits" not in values else _limits(values["limits"]),
        prices=_prices(values.get("prices")),
        budget_month=_number(values.get("budget_month"), default.budget_month),
        budget_stops=values.get("budget_stops") is not False,
    )


def _number(value: object, default: float, *, least: float = 0) -> float:
    fits = isinstance(value, int | float) and not isinstance(value, bool) and least <= value < float("inf")
    return value if fits else default  # type: ignore[return-value]


def _hours(value: object) -> tuple[BandwidthHours, ...]:
    try:
        return tuple(BandwidthHours(**span) for span in value)  # type: ignore[attr-defined]
    except TypeError:
        return ()


def _limits(value: object) -> dict[CallKind, RateLimit]:
    try:
        return {
            CallKind(name): RateLimit(int(calls), float(seconds))
            for name, (calls, seconds) in value.items()  # type: ignore[attr-defined]
        }
    except (AttributeError, TypeError, ValueError):
        return dict(TransferSettings().limits)


def _prices(value: object) -> PriceTable:
    values, default = value if isinstance(value, dict) else {}, PriceTable()
    kept = {
        field.name: float(_number(values.get(field.name), getattr(default, field.name)))
        for field in fields(PriceTable)
        if field.name != "read_on"
    }
    prices = replace(default, **kept)  # type: ignore[arg-type]
    try:
        return replace(prices, read_on=date.fromisoformat(values["read_on"]))
    except (KeyError, TypeError, ValueError):
        return prices
