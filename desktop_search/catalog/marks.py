"""Marks of moments in the catalog."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Mapping

from desktop_search.catalog.database import Catalog
from desktop_search.core.marks import NO_MARK, Mark, Place


class MarksTable:
    """Every method raises `CatalogProblem` or `DiskFull`."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def of(self, sources: Collection[str]) -> dict[str, dict[Place, Mark]]:
        """Every mark of this footage, by its source."""
        found: dict[str, dict[Place, Mark]] = {}
        with self._catalog.reading() as connection:
            for source in sources:
                rows = connection.execute(
                    "SELECT start_ms, end_ms, rating, note, tags, rejected FROM marks WHERE source = ?",
                    (source,),
                )
                for start_ms, end_ms, rating, note, tags, rejected in rows:
                    mark = Mark(rating, note, tuple(json.loads(tags)), bool(rejected))
                    found.setdefault(source, {})[Place(source, start_ms, end_ms)] = mark
        return found

    def put(self, marks: Mapping[Place, Mark]) -> None:
        """Keep these, all or none; an empty one takes what was kept away."""
        now_ms = time.time_ns() // 1_000_000
        with self._catalog.writing() as connection:
            for place, mark in marks.items():
                key = (place.source, place.start_ms, place.end_ms)
                if mark == NO_MARK:
                    connection.execute("DELETE FROM marks WHERE source = ? AND start_ms = ? AND end_ms = ?", key)
                    continue
                values = (mark.rating, mark.note, json.dumps(mark.tags), mark.is_rejected, now_ms)
                connection.execute("INSERT OR REPLACE INTO marks VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*key, *values))

    def tags(self) -> tuple[str, ...]:
        """Every tag that was ever given and is still there."""
        with self._catalog.reading() as connection:
            rows = connection.execute("SELECT DISTINCT tags FROM marks WHERE tags <> '[]'")
            return tuple(sorted({tag for (tags,) in rows for tag in json.loads(tags)}, key=str.casefold))
