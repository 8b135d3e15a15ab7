"""Calls, bytes and estimated cost in the catalog: one row for each day, library and endpoint."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from desktop_search.catalog.database import Catalog
from desktop_search.core.usage import DayUsage, month_of, next_month

_ADD = """
INSERT INTO usage_days VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (day, library_id, endpoint) DO UPDATE SET
    calls = calls + excluded.calls, failed = failed + excluded.failed, sent_bytes = sent_bytes + excluded.sent_bytes,
    received_bytes = received_bytes + excluded.received_bytes, cost = cost + excluded.cost
"""
_SELECT = "SELECT library_id, day, endpoint, calls, failed, sent_bytes, received_bytes, cost FROM usage_days"


class UsageTable:
    """What was used. Every method raises `CatalogProblem` or `DiskFull`."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def add(self, rows: Iterable[DayUsage]) -> None:
        """Add to what the days have; inside a transaction of the caller it is part of that."""
        with self._catalog.writing() as connection:
            connection.executemany(
                _ADD,
                [
                    (
                        row.day.isoformat(),
                        row.library_id,
                        row.endpoint,
                        row.calls,
                        row.failed,
                        row.sent_bytes,
                        row.received_bytes,
                        row.cost,
                    )
                    for row in rows
                ],
            )

    def month(self, month: date) -> tuple[DayUsage, ...]:
        """Every row of the month that begins on `month`, by day, library and endpoint."""
        with self._catalog.reading() as connection:
            rows = connection.execute(
                f"{_SELECT} WHERE day >= ? AND day < ? ORDER BY day, library_id, endpoint", _span(month)
            ).fetchall()
        return tuple(DayUsage(row[0], date.fromisoformat(row[1]), *row[2:]) for row in rows)

    def spent(self, month: date) -> float:
        """Dollars of that month, by all libraries."""
        with self._catalog.reading() as connection:
            row = connection.execute(
                "SELECT TOTAL(cost) FROM usage_days WHERE day >= ? AND day < ?", _span(month)
            ).fetchone()
        return float(row[0])

    def months(self) -> tuple[date, ...]:
        """The months with anything in them, newest first, by their first days."""
        with self._catalog.reading() as connection:
            rows = connection.execute("SELECT DISTINCT substr(day, 1, 7) FROM usage_days ORDER BY 1 DESC").fetchall()
        return tuple(date.fromisoformat(f"{row[0]}-01") for row in rows)


def _span(month: date) -> tuple[str, str]:
    first = month_of(month)
    return first.isoformat(), next_month(first).isoformat()
