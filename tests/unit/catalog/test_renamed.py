"""What is remembered under the old name of a namespace goes along with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.imports import ImportsTable
from desktop_search.catalog.library_items import LibraryItemsTable
from desktop_search.catalog.planned_deletions import PlannedDeletionsTable
from desktop_search.catalog.renamed import rename_namespace
from desktop_search.catalog.searches import RecentTable, SavedTable
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.catalog.watched import WatchedTable
from desktop_search.core.footage import FootageDetails
from desktop_search.core.imports import ImportItem, ImportKind, ImportWish
from desktop_search.core.library_items import ItemKind, LibraryItem
from desktop_search.core.query import SearchFilters, SearchQuery
from desktop_search.core.uploads import MediaKind, UploadItem
from desktop_search.core.watched import WatchedFolder

OLD, NEW = "b-roll", "sélects"
QUERY = SearchQuery("boat", filters=SearchFilters(namespace=OLD))


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    made = Catalog(tmp_path / "catalog.db")
    yield made
    made.close()


def saved_in(catalog: Catalog) -> dict[str, str]:
    return {each.name: each.query.filters.namespace for each in SavedTable(catalog).all()}


@pytest.mark.parametrize("is_shared", [False, True])
def test_searches_ask_under_the_new_name_unless_they_may_mean_another_library(
    catalog: Catalog, is_shared: bool
) -> None:
    saved, recent = SavedTable(catalog), RecentTable(catalog)
    for name, libraries in (("here", ("x",)), ("all", ()), ("both", ("x", "y")), ("there", ("y",))):
        saved.add(name, QUERY, libraries)
    saved.add("other", replace(QUERY, filters=SearchFilters()), ("x",))
    saved.add("inside", SearchQuery("boat", inside=("x", OLD, "VI1")), ("x",))
    recent.add(QUERY, 1)
    if is_shared:
        LibraryItemsTable(catalog).put([LibraryItem("y", ItemKind.VIDEO, OLD, "VI1", "a.mp4")])
    rename_namespace(catalog, "x", OLD, NEW)
    elsewhere = OLD if is_shared else NEW
    found = saved_in(catalog)
    assert found.pop("inside") == "default"
    assert found == {"here": NEW, "all": elsewhere, "both": elsewhere, "there": OLD, "other": "default"}
    assert {each.name: each.query.inside for each in saved.all()}["inside"] == ("x", NEW, "VI1")
    assert [each.query.filters.namespace for each in recent.all()] == [elsewhere]


def test_what_was_seen_is_not_new_again_and_watched_footage_goes_to_the_new_name(catalog: Catalog) -> None:
    saved, watched = SavedTable(catalog), WatchedTable(catalog)
    number = saved.add("here", QUERY, ("x",))
    saved.looked(number, frozenset({("x", OLD, "VI1", 0), ("y", OLD, "VI1", 0), ("x", "default", "VI2", 40)}), 5)
    for library_id in ("x", "y"):
        details = FootageDetails(OLD, tags=("day 2",))
        watched.add(WatchedFolder(0, library_id, Path("/footage"), details))
    rename_namespace(catalog, "x", OLD, NEW)
    (search,) = saved.all()
    assert search.seen == {("x", NEW, "VI1", 0), ("y", OLD, "VI1", 0), ("x", "default", "VI2", 40)}
    assert search.looked_ms == 5
    assert [each.details for each in watched.all()] == [
        FootageDetails(NEW, tags=("day 2",)),
        FootageDetails(OLD, tags=("day 2",)),
    ]


def test_what_waits_to_be_sent_or_deleted_goes_to_the_new_name(catalog: Catalog) -> None:
    uploads, imports, planned = UploadsTable(catalog), ImportsTable(catalog), PlannedDeletionsTable(catalog)
    details = FootageDetails(OLD, tags=("dusk",))
    for library_id in ("x", "y"):
        uploads.add([UploadItem(0, library_id, Path("/a.mp4"), MediaKind.VIDEO, details=details)])
        wish = ImportWish(library_id, ImportKind.VIDEO, ("https://example.com/a.mp4",), details=FootageDetails(OLD))
        imports.add([ImportItem(0, wish)])
        planned.put([LibraryItem(library_id, ItemKind.VIDEO, OLD, "VI1", "a.mp4")])
    rename_namespace(catalog, "x", OLD, NEW)
    assert [row.details for row in uploads.all()] == [replace(details, namespace=NEW), details]
    assert [row.wish.details.namespace for row in imports.all()] == [NEW, OLD]
    assert [item.namespace for item in planned.all()] == [NEW, OLD]
