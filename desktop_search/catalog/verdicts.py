"""Verdicts on results in the catalog, by the search that found them."""

from __future__ import annotations

import time
from collections.abc import Mapping

from desktop_search.catalog.database import Catalog
from desktop_search.core.marks import Place
from desktop_search.core.test_set import Verdict


class VerdictsTable:
    """Every method raises `CatalogProblem` or `DiskFull`."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def of(self, query: str) -> tuple[Verdict, ...]:
        """All verdicts on what this search finds; `query` is its text."""
        with self._catalog.reading() as connection:
            rows = connection.execute(
                "SELECT source, start_ms, end_ms, is_right FROM verdicts WHERE query = ? ORDER BY rowid", (query,)
            ).fetchall()
        return tuple(Verdict(Place(source, start, end), bool(is_right)) for source, start, end, is_right in rows)

    def put(self, query: str, verdicts: Mapping[Place, bool | None]) -> None:
        """Keep these, all or none; `None` takes one away."""
        now_ms = time.time_ns() // 1_000_000
        with self._catalog.writing() as connection:
            for place, is_right in verdicts.items():
                key = (query, place.source, place.start_ms, place.end_ms)
                connection.execute(
                    "DELETE FROM verdicts WHERE query = ? AND source = ? AND start_ms = ? AND end_ms = ?", key
                )
                if is_right is not None:
                    connection.execute("INSERT INTO verdicts VALUES (?, ?, ?, ?, ?, ?)", (*key, is_right, now_ms))

    def queries(self) -> tuple[str, ...]:
        """The texts of all searches with verdicts, in the order they came."""
        with self._catalog.reading() as connection:
            rows = connection.execute("SELECT query FROM verdicts GROUP BY query ORDER BY MIN(rowid)").fetchall()
        return tuple(row[0] for row in rows)

    def counts(self) -> tuple[int, int]:
        """How many searches there are, and how many verdicts."""
        with self._catalog.reading() as connection:
            row = connection.execute("SELECT COUNT(DISTINCT query), COUNT(*) FROM verdicts").fetchone()
        return int(row[0]), int(row[1])
