"""The program is killed while a library is being asked: what may have been taken is never asked twice by itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.imports import ImportsTable
from desktop_search.core.imports import ImportItem, ImportState
from desktop_search.transfers.importing import UNSURE
from tests.support.waiting import wait_until


def _killed_after(catalog_file: Path, taken: Path, count: int) -> list[str]:
    """Run it until the library has taken so many wishes in all, then kill it; all that were taken."""
    command = [sys.executable, "-m", "tests.unit.transfers.import_child", str(catalog_file), str(taken)]
    with subprocess.Popen(command) as process:
        try:
            wait_until(lambda: taken.exists() and len(taken.read_text().splitlines()) >= count, f"{count} are taken")
        finally:
            process.kill()
    return taken.read_text().splitlines()


def _rows(catalog_file: Path) -> list[ImportItem]:
    catalog = Catalog(catalog_file)
    try:
        return list(ImportsTable(catalog).all())
    finally:
        catalog.close()


def test_a_wish_that_was_on_its_way_is_not_asked_again(tmp_path: Path) -> None:
    catalog_file, taken = tmp_path / "catalog.db", tmp_path / "taken"
    assert _killed_after(catalog_file, taken, 1) == ["https://youtu.be/a"]
    assert [row.state for row in _rows(catalog_file)] == [ImportState.ASKED, ImportState.WAITING]
    assert _killed_after(catalog_file, taken, 2) == ["https://youtu.be/a", "https://youtu.be/b"]
    first, second = _rows(catalog_file)
    assert (first.state, first.cause) == (ImportState.FAILED, UNSURE)
    assert second.state is ImportState.ASKED
