from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.imports import ImportsTable
from desktop_search.core.footage import FootageDetails
from desktop_search.core.imports import ImportedVideo, ImportItem, ImportKind, ImportState, ImportWish

_WISH = ImportWish(
    "memories.ai",
    ImportKind.TAGS,
    ("fog", "été"),
    is_public=True,
    count=3,
    quality="1080",
    details=FootageDetails(namespace="sea", tags=("a",)),
)


def test_a_row_comes_back_as_it_was_also_after_a_restart(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path / "catalog.db")
    (stored,) = ImportsTable(catalog).add([ImportItem(0, _WISH, added_ms=5, changed_ms=6)])
    videos = (ImportedVideo("VI1", "Fog 'at' dawn\n", "UNPARSE"), ImportedVideo("VI2", "Fog", "FAILED", "no picture"))
    there = replace(
        stored, state=ImportState.RUNNING, task_id="a_b", videos=videos, cause="c", changed_ms=7, asked_ms=3
    )
    assert ImportsTable(catalog).update(there)
    catalog.close()
    again = Catalog(tmp_path / "catalog.db")
    table = ImportsTable(again)
    assert table.all() == table.in_state(ImportState.RUNNING) == (there,)
    assert table.get(there.item_id) == there
    again.close()


def test_a_removed_row_does_not_come_back(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path / "catalog.db")
    table = ImportsTable(catalog)
    first, second = table.add([ImportItem(0, _WISH), ImportItem(0, _WISH)])
    table.remove([first.item_id, 999])
    assert not table.update(replace(first, cause="late"))
    assert table.all() == (second,)
    assert table.get(first.item_id) is None
    catalog.close()
