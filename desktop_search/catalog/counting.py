"""What the catalog holds, in numbers and, for making a report short, in names."""

from __future__ import annotations

import os
from pathlib import Path

from desktop_search.catalog.database import Catalog

_NAMES_MAX = 20_000


def counts(catalog: Catalog) -> dict[str, object]:
    """Its version and size, the rows of each table, and those of the queue by state. Raises `CatalogProblem`."""
    with catalog.reading() as connection:
        tables = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            )
        ]
        pages, page_bytes = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        return {
            "version": connection.execute("PRAGMA user_version").fetchone()[0],
            "bytes": pages * page_bytes,
            "rows": {name: connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in tables},  # noqa: S608 - names of our own
            "uploads": dict(connection.execute("SELECT state, COUNT(*) FROM uploads GROUP BY state").fetchall()),
        }


def file_names(catalog: Catalog) -> tuple[str, ...]:
    """Names of the newest files in the queue, at most 20,000. Raises `CatalogProblem`."""
    with catalog.reading() as connection:
        rows = connection.execute("SELECT path FROM uploads ORDER BY id DESC LIMIT ?", (_NAMES_MAX,)).fetchall()
    return tuple({Path(os.fsdecode(row[0])).name for row in rows})
