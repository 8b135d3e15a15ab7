"""What the user has deleted is done once, whatever comes between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.core.errors import Cancelled, ServerError
from desktop_search.core.footage import VideoRecord
from desktop_search.core.library_items import ItemKind, LibraryItem
from desktop_search.core.token import CancelToken
from desktop_search.services.deletions import Deletions
from desktop_search.services.library_items import LibraryItems
from tests.fakes.library import FakeLibrary


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    made = Catalog(tmp_path / "catalog.db")
    yield made
    made.close()


def stocked() -> tuple[FakeLibrary, list[LibraryItem]]:
    library = FakeLibrary()
    library.videos = {each: VideoRecord(each, f"{each}.mp4", "PARSE") for each in ("VI1", "VI2", "VI3")}
    return library, [LibraryItem("local", ItemKind.VIDEO, "default", each, f"{each}.mp4") for each in library.videos]


def made(catalog: Catalog, library: FakeLibrary) -> Deletions:
    return Deletions(catalog, LibraryItems(catalog, library.clients))


def names(items: object) -> list[str]:
    return sorted(item.item_id for item in items)  # type: ignore[attr-defined]


def test_what_is_planned_is_known_to_another_run_and_what_was_taken_back_is_not_deleted(catalog: Catalog) -> None:
    library, videos = stocked()
    made(catalog, library).plan(videos)
    another = made(catalog, library)
    waiting = another.planned()
    assert (names(waiting), waiting[0].name) == (["VI1", "VI2", "VI3"], "VI1.mp4")
    made(catalog, library).take_back(videos[:1])  # in another window
    gone: list[LibraryItem] = []
    another.delete(waiting, CancelToken(), gone.extend)
    assert (names(gone), list(library.videos), another.planned()) == (["VI2", "VI3"], ["VI1"], ())


def test_what_the_library_refuses_is_not_tried_again_later(catalog: Catalog) -> None:
    library, videos = stocked()
    deletions = made(catalog, library)
    deletions.plan(videos)
    library.fail_next["delete_videos"] = [ServerError("The library is out of order.")]
    with pytest.raises(ServerError):
        deletions.delete(videos, CancelToken(), lambda _items: None)
    assert (len(library.videos), deletions.planned()) == (3, ())


def test_what_breaks_off_with_the_program_goes_on_at_the_next_start(catalog: Catalog) -> None:
    library, videos = stocked()
    deletions = made(catalog, library)
    deletions.plan(videos)
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        deletions.delete(videos, token, lambda _items: None)
    assert (len(library.videos), len(deletions.planned())) == (3, 3)
