"""Rows come back as they were stored, whatever their file is called."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.upload_actions import UploadActions
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.footage import FootageDetails
from desktop_search.core.uploads import MediaFacts, MediaKind, Priority, UploadItem, UploadState

ITEM = UploadItem(0, "local", Path("/footage/boat.mp4"), MediaKind.VIDEO)
NAMES = st.binary(min_size=1, max_size=60).filter(lambda name: b"\0" not in name and b"/" not in name)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with closing(Catalog(tmp_path / "catalog.db")) as made:
        yield made


@pytest.fixture
def table(catalog: Catalog) -> UploadsTable:
    return UploadsTable(catalog)


def test_every_field_comes_back(table: UploadsTable) -> None:
    item = UploadItem(
        item_id=0,
        library_id="https://search.example",
        path=Path("/footage/ümläut\n'\"%#.mov"),
        kind=MediaKind.IMAGE,
        state=UploadState.INDEXING,
        details=FootageDetails("näme", ("a", "b,c"), "FX6", datetime(2026, 3, 14, 9, tzinfo=UTC), -1.25, 179.5),
        size_bytes=2**40,
        sent_bytes=2**33,
        remote_id="VI687954832241201152",
        cause="Because “so”.",
        added_ms=1_773_480_413_640,
        index_permille=1000,
        maybe_sent=True,
        priority=Priority.HIGH,
        fingerprint="0123456789abcdef",
        insisted=True,
        facts=MediaFacts("mov", "prores", "pcm_s24le", 61_000, 3840, 2160, Fraction(24000, 1001), "10:04:13;05"),
        proxy_reason="It is ProRes.",
        proxy=Path("/proxies/ümläut.mp4"),
        part_start_ms=60_000,
        part_end_ms=61_000,
        started=False,
        begun_ms=1_773_480_413_641,
    )
    (stored,) = table.add([item])
    assert stored == replace(item, item_id=stored.item_id, position=1.0)
    assert table.all() == (stored,)
    assert table.get(stored.item_id) == stored


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(NAMES)
def test_any_file_name_comes_back(table: UploadsTable, name: bytes) -> None:
    path = Path("/footage") / os.fsdecode(name)
    (stored,) = table.add([replace(ITEM, path=path)])
    assert table.by_path("local", path)[-1] == stored
    assert os.fsencode(table.by_path("local", path)[-1].path) == os.fsencode(path)


def test_a_removed_row_does_not_come_back(catalog: Catalog) -> None:
    table = UploadsTable(catalog)
    first, second = table.add([ITEM, replace(ITEM, proxy=Path("/proxies/boat.mp4"))])
    assert UploadActions(catalog).remove([second.item_id, 999]) == (Path("/proxies/boat.mp4"),)
    assert not table.update(second.moved_to(UploadState.SENDING))
    assert table.update(first.moved_to(UploadState.SENDING))
    assert [item.state for item in table.all()] == [UploadState.SENDING]
    (third,) = table.add([ITEM])
    assert third.item_id > second.item_id  # ids are never used again


def test_rows_are_found_by_what_they_are(table: UploadsTable) -> None:
    cloud = replace(ITEM, library_id="memories.ai", remote_id="VI1")
    local, _, _ = table.add([ITEM, cloud, replace(ITEM, state=UploadState.FAILED)])
    assert [item.library_id for item in table.all("memories.ai")] == ["memories.ai"]
    assert set(table.libraries_in(UploadState.WAITING)) == {"local", "memories.ai"}
    assert table.next_waiting("local", 5) == (local,)
    assert len(table.in_state(UploadState.FAILED)) == 1
    assert len(table.by_path("local", ITEM.path)) == 2
    assert table.remote_ids("memories.ai") == {"VI1"}
    assert table.get(999) is None


def test_failed_rows_give_way_to_the_same_file(table: UploadsTable) -> None:
    failed, waiting = table.add([replace(ITEM, state=UploadState.FAILED), ITEM])
    (new,) = table.replace_failed([ITEM])
    assert [item.item_id for item in table.all()] == [waiting.item_id, new.item_id]
    assert failed not in table.all()
