"""What the map knows: what is kept at once, then what the library says, page by page."""

from __future__ import annotations

from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.core.footage import VideoRecord
from desktop_search.core.map_points import PlacedClip
from desktop_search.core.places import Place
from desktop_search.core.token import CancelToken
from desktop_search.services.library_items import LibraryItems
from desktop_search.services.placed_clips import read_placed_clips
from tests.fakes.library import FakeLibrary


def test_what_is_kept_is_told_before_the_library_is_asked(tmp_path: Path) -> None:
    library, catalog = FakeLibrary(), Catalog(tmp_path / "catalog.db")
    items = LibraryItems(catalog, library.clients)
    library.videos = {
        "VI1": VideoRecord("VI1", "one", "PARSE", taken_ms=5, latitude=1.0, longitude=2.0),
        "VI2": VideoRecord("VI2", "two", "PARSE"),
    }
    told: list[tuple[PlacedClip, ...]] = []

    def read() -> dict[str, Place | None]:
        told.clear()
        found = read_placed_clips(items, "local", CancelToken(), told.append)
        return {each.name: each.place for each in found}

    def first_told() -> set[str]:
        return {each.name for each in told[0]}

    assert read() == {"one": Place(1.0, 2.0), "two": None}
    assert first_told() == set()
    del library.videos["VI2"]
    library.videos["VI3"] = VideoRecord("VI3", "three", "PARSE", latitude=-3.0, longitude=0.0)
    assert read() == {"one": Place(1.0, 2.0), "three": Place(-3.0, 0.0)}
    assert first_told() == {"one", "two"}
    catalog.close()
