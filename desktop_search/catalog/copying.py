"""Whole copies of the catalog: made while it is in use, and checked before one takes its place."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.migrations import MIGRATIONS
from desktop_search.core.errors import CatalogProblem
from desktop_search.core.language import _

_PAGES_AT_ONCE = 2_000
_COUNTED = ("uploads", "selects", "saved_searches")


def copy_catalog(catalog: Catalog, target: Path, on_copied: Callable[[int, int], None]) -> None:
    """Copy it into a new file; `on_copied` gets how many pages are there, of how many, and may raise to stop.

    Raises `CatalogProblem`, `DiskFull`.
    """
    with catalog.reading() as connection, closing(sqlite3.connect(target)) as copy:
        connection.backup(copy, pages=_PAGES_AT_ONCE, progress=lambda _s, left, of: on_copied(of - left, of))
        copy.execute("PRAGMA journal_mode=DELETE")  # so that it is one file


def check_catalog(file: Path) -> tuple[int, int, int]:
    """How many rows, selects and saved searches a copy has. Raises `CatalogProblem` for one that cannot be used."""
    damaged = CatalogProblem(_("The catalog in it is damaged."))
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as copy:
            version = int(copy.execute("PRAGMA user_version").fetchone()[0])
            if version > len(MIGRATIONS):
                raise CatalogProblem(
                    _("The catalog in it was made by a newer version of this program."),
                    hint=_("Install the newer version, then restore it there."),
                    details=f"version {version}, this program knows {len(MIGRATIONS)}",
                )
            if version < 1 or copy.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise damaged
            tables = {row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if "uploads" not in tables:
                raise damaged
            counts = [_count(copy, table) if table in tables else 0 for table in _COUNTED]
    except sqlite3.Error:
        raise damaged from None
    return counts[0], counts[1], counts[2]


def _count(copy: sqlite3.Connection, table: str) -> int:
    return int(copy.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])  # noqa: S608 - names of our own
