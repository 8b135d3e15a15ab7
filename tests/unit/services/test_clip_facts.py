"""When clips were captured, and which are the same footage: from the catalog, else from the library."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.errors import NetworkError
from desktop_search.core.footage import FootageDetails, VideoRecord
from desktop_search.core.hits import Hit
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import MediaKind, UploadItem
from desktop_search.services.clip_facts import ClipFacts
from tests.fakes.library import FakeLibrary


def hit(video_no: str, *, is_public: bool = False) -> Hit:
    return Hit(video_no, video_no, 0, 4000, 0.5, library_id="memories.ai", is_public=is_public)


def clip(video_no: str) -> tuple[str, str, str]:
    return "memories.ai", "default", video_no


def test_the_queue_is_believed_and_the_library_asked_for_the_rest(tmp_path: Path) -> None:
    catalog, library = Catalog(tmp_path / "catalog.db"), FakeLibrary()
    taken = datetime(2026, 3, 1, 12, 30)  # noqa: DTZ001 - details keep wall time in UTC
    rows = (("memories.ai", "V1", taken), ("memories.ai", "V2", None), ("local", "V3", taken))
    UploadsTable(catalog).add(
        UploadItem(0, where, tmp_path / name, MediaKind.VIDEO, remote_id=name, details=FootageDetails(taken=at))
        for where, name, at in rows
    )
    library.videos = {each: VideoRecord(each, each, "PARSE", taken_ms=at) for each, at in (("V2", 7), ("V3", None))}
    facts = ClipFacts(catalog, library.clients)
    found = facts.taken_ms([hit("V1"), hit("V2"), hit("V3"), hit("PI-9", is_public=True)], CancelToken())
    assert found == {clip("V1"): round(taken.replace(tzinfo=UTC).timestamp() * 1000), clip("V2"): 7}
    assert library.calls.count("list_videos") == 1


def test_a_hundred_clips_are_asked_for_at_a_time(tmp_path: Path) -> None:
    library = FakeLibrary()
    library.videos = {f"V{n}": VideoRecord(f"V{n}", "x", "PARSE", taken_ms=n) for n in range(250)}
    facts = ClipFacts(Catalog(tmp_path / "catalog.db"), library.clients)
    found = facts.taken_ms([hit(f"V{n}") for n in range(250)], CancelToken())
    assert found == {clip(f"V{n}"): n for n in range(250)}
    assert library.calls.count("list_videos") == 3
    library.fail_next["list_videos"] = [NetworkError("gone")]
    with pytest.raises(NetworkError):
        facts.taken_ms([hit("V1")], CancelToken())


def test_fingerprints_are_those_of_the_originals(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path / "catalog.db")
    LocalFilesTable(catalog).link("memories.ai", "V1", tmp_path / "a.mov", 5, 6, "f1")
    facts = ClipFacts(catalog, FakeLibrary().clients)
    assert facts.fingerprints([hit("V1"), hit("V2")], CancelToken()) == {clip("V1"): "f1"}
