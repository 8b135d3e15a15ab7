"""What a library has: kept, read anew page by page, and joined with what this computer knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.imports import ImportsTable
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.errors import Cancelled, ServerError
from desktop_search.core.footage import FootageDetails, VideoRecord
from desktop_search.core.hits import BlobRef, Hit, ImageHit
from desktop_search.core.imports import ImportedVideo, ImportItem, ImportKind, ImportWish
from desktop_search.core.library_items import ItemKind, ItemState, Reading
from desktop_search.core.listing import LIST_SIZE
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import MediaFacts, MediaKind, UploadItem, UploadState
from desktop_search.services.library_items import LibraryItems
from tests.fakes.library import FakeLibrary

LOCAL = "local"


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    made = Catalog(tmp_path / "catalog.db")
    yield made
    made.close()


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def items(catalog: Catalog, library: FakeLibrary) -> LibraryItems:
    return LibraryItems(catalog, library.clients)


def fill(library: FakeLibrary, count: int, namespace: str = "default") -> list[str]:
    ids = [f"VI{namespace}{number}" for number in range(count)]
    library.videos |= {each: VideoRecord(each, f"{each}.mp4", "PARSE", namespace=namespace) for each in ids}
    return ids


def read(items: LibraryItems) -> list[Reading]:
    told: list[Reading] = []
    items.refresh(LOCAL, CancelToken(), told.append)
    return told


def kept(items: LibraryItems, kind: ItemKind = ItemKind.VIDEO) -> set[str]:
    return {item.item_id for item in items.kept(LOCAL, kind)}


def test_all_namespaces_are_read_by_pages_and_kept(items: LibraryItems, library: FakeLibrary) -> None:
    first, second = fill(library, LIST_SIZE + 3), fill(library, 2, "b-roll ☂")
    told = read(items)
    assert [(each.seen, each.total) for each in told] == [(200, 203), (203, 203), (205, 205)]
    assert kept(items) == {*first, *second}
    again = library.calls.count("list_videos")
    assert kept(items) == {*first, *second}
    assert library.calls.count("list_videos") == again  # what is kept asks nobody


def test_what_the_library_lost_is_forgotten_and_told_and_what_was_moved_is_not_told(
    items: LibraryItems, library: FakeLibrary
) -> None:
    lost, moved, stays = fill(library, 3)
    read(items)
    del library.videos[lost]
    library.videos[moved] = replace(library.videos[moved], namespace="other")
    found = items.refresh(LOCAL, CancelToken(), lambda _: None)
    assert [item.item_id for item in found.gone] == [lost]
    assert {item.key for item in found.removed} == {(LOCAL, "default", lost), (LOCAL, "default", moved)}
    assert kept(items) == {moved, stays}


def test_what_a_shifted_page_left_out_is_asked_for_before_it_is_forgotten(
    items: LibraryItems, library: FakeLibrary
) -> None:
    ids = fill(library, LIST_SIZE + 2)
    read(items)

    def delete_while_reading(reading: Reading) -> None:
        library.videos.pop(ids[-1], None)  # the newest, so that the second page begins one further

    found = items.refresh(LOCAL, CancelToken(), delete_while_reading)
    assert [item.item_id for item in found.gone] == []
    assert kept(items) == set(ids)  # the next reading finds the one that is gone
    assert [item.item_id for item in items.refresh(LOCAL, CancelToken(), lambda _: None).gone] == [ids[-1]]


def test_a_failure_midway_loses_nothing_that_was_known(items: LibraryItems, library: FakeLibrary) -> None:
    ids = fill(library, LIST_SIZE + 2)
    read(items)
    new = fill(library, 1, "new")

    def fail_next(_reading: Reading) -> None:
        library.fail_next["list_videos"] = [ServerError("The library is out of order.")]

    with pytest.raises(ServerError):
        items.refresh(LOCAL, CancelToken(), fail_next)
    library.fail_next.clear()
    assert kept(items) == set(ids)
    read(items)
    assert kept(items) == {*ids, *new}


def test_reading_ends_when_it_is_cancelled(items: LibraryItems, library: FakeLibrary) -> None:
    fill(library, LIST_SIZE + 2)
    token = CancelToken()
    with pytest.raises(Cancelled):
        items.refresh(LOCAL, token, lambda _: token.cancel())
    assert len(kept(items)) == LIST_SIZE


def test_the_upload_queue_tells_size_rate_and_file(
    items: LibraryItems, library: FakeLibrary, catalog: Catalog, tmp_path: Path
) -> None:
    here, away = fill(library, 2)
    for video_no, name in ((here, "here.mov"), (away, "away.mov")):
        path = tmp_path / name
        library.videos[video_no] = replace(library.videos[video_no], name=path.stem, duration_ms=2000)
        facts = MediaFacts(duration_ms=1960, width=1920, height=1080, rate=Fraction(24000, 1001))
        row = UploadItem(0, LOCAL, path, MediaKind.VIDEO, UploadState.SEARCHABLE, remote_id=video_no, facts=facts)
        UploadsTable(catalog).add([row])
        LocalFilesTable(catalog).link(LOCAL, video_no, path, 1, 1, "")
    (tmp_path / "here.mov").write_bytes(b"x")
    read(items)
    found = {item.item_id: item for item in items.kept(LOCAL, ItemKind.VIDEO)}
    assert (found[here].name, found[here].width, found[here].height) == ("here.mov", 1920, 1080)
    assert (found[here].duration_ms, found[here].original) == (1960, tmp_path / "here.mov")
    assert found[here].fps == pytest.approx(23.976, abs=0.001)
    assert (found[here].state, found[away].state) == (ItemState.SEARCHABLE, ItemState.OFFLINE)
    assert (found[here].has_original, found[away].has_original) == (True, False)


def test_images_come_from_what_was_sent_and_from_what_was_found(
    items: LibraryItems, catalog: Catalog, tmp_path: Path
) -> None:
    details = FootageDetails("stills", tags=("dusk",), camera="X100")
    row = UploadItem(0, LOCAL, tmp_path / "a.jpg", MediaKind.IMAGE, UploadState.SEARCHABLE, details, remote_id="17")
    UploadsTable(catalog).add([row])
    sent = ImageHit("17", "a.jpg", namespace="stills", blob=BlobRef("b", "17"), library_id=LOCAL)
    items.remember([sent, ImageHit("18", "b.jpg", camera="GR", library_id=LOCAL)])
    found = {item.item_id: item for item in items.kept(LOCAL, ItemKind.IMAGE)}
    assert (found["17"].tags, found["17"].blob) == (("dusk",), BlobRef("b", "17"))
    assert (found["18"].camera, found["18"].namespace) == ("GR", "default")
    assert items.kept("memories.ai", ItemKind.IMAGE) == ()


def test_posts_come_from_imports_and_from_what_was_found(items: LibraryItems, catalog: Catalog) -> None:
    wish = ImportWish(LOCAL, ImportKind.POSTS, ("https://example.com/p/1",), is_public=True)
    posts = (
        ImportedVideo("PI-1", "a post", "PARSE"),
        ImportedVideo("PI-3", "told", "PARSE", "", "https://example.com/p/3", 61_000, 5_324_808, 1280, 720, 29.97),
    )
    ImportsTable(catalog).add([ImportItem(0, wish, videos=posts)])
    items.remember([Hit("PI-2", "another", 0, namespace="", library_id=LOCAL, is_public=True)])
    found = {item.item_id: item for item in items.kept(LOCAL, ItemKind.POST)}
    assert (found["PI-1"].url, found["PI-2"].name) == ("https://example.com/p/1", "another")
    told = found["PI-3"]
    assert (told.duration_ms, told.size_bytes, told.width, told.height, told.fps) == (
        61_000,
        5_324_808,
        1280,
        720,
        29.97,
    )
    assert told.url == "https://example.com/p/3"


def test_searches_tell_how_a_video_looks_and_that_stays(items: LibraryItems, library: FakeLibrary) -> None:
    (video_no,) = fill(library, 1)
    read(items)
    seen = items.remember([Hit(video_no, "x", 0, library_id=LOCAL, keyframe=BlobRef("b", "frame.jpg"))])
    assert [item.keyframe for item in seen] == [BlobRef("b", "frame.jpg")]
    library.videos[video_no] = replace(library.videos[video_no], camera="X100")
    read(items)
    (item,) = items.kept(LOCAL, ItemKind.VIDEO)
    assert (item.camera, item.keyframe) == ("X100", BlobRef("b", "frame.jpg"))


def test_details_keep_what_only_they_tell_and_forget_what_is_gone(items: LibraryItems, library: FakeLibrary) -> None:
    (video_no,) = fill(library, 1)
    read(items)
    (item,) = items.kept(LOCAL, ItemKind.VIDEO)
    listed = library.videos[video_no]
    library.videos[video_no] = replace(listed, width=640, height=360, fps=25.0)
    assert item.lacks_details
    found = items.details(item, CancelToken())
    assert found is not None
    assert (found.width, found.height, found.fps, found.lacks_details) == (640, 360, 25.0, False)
    library.videos[video_no] = listed
    read(items)
    assert [each.width for each in items.kept(LOCAL, ItemKind.VIDEO)] == [640]
    library.videos.clear()
    assert items.details(item, CancelToken()) is None
    assert kept(items) == set()


def test_what_a_library_does_not_say_when_it_is_asked_is_not_asked_for_again(
    items: LibraryItems, library: FakeLibrary
) -> None:
    fill(library, 1)
    read(items)
    (item,) = items.kept(LOCAL, ItemKind.VIDEO)
    assert items.details(item, CancelToken()) is not None
    read(items)
    (item,) = items.kept(LOCAL, ItemKind.VIDEO)
    assert (item.width, item.height, item.fps, item.lacks_details) == (0, 0, 0.0, False)
