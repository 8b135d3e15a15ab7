"""A video whose answer was lost is found again by what it is, and nothing else is taken for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_search.core.footage import VideoRecord
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import MediaKind, UploadItem
from desktop_search.transfers.looking_up import find_sent
from tests.fakes.library import FakeLibrary

BEGUN_MS = 1_773_480_000_000
MINUTE_MS = 60_000
HEX_NAME = "9e107d9d372bb6826bd81d3542a419d6"
ITEM = UploadItem(
    1,
    "memories.ai",
    Path("/card/C0001.MP4"),
    MediaKind.VIDEO,
    size_bytes=5000,
    added_ms=BEGUN_MS - 9_000_000,
    begun_ms=BEGUN_MS,
)
SENT = VideoRecord("VI1", "C0001", "UNPARSE", size_bytes=5000, created_ms=BEGUN_MS + 1000)


def found(record: VideoRecord, item: UploadItem = ITEM, known: frozenset[str] = frozenset()) -> bool:
    library = FakeLibrary(videos={record.video_no: record})
    return find_sent(library, item, known, CancelToken()) is not None


@pytest.mark.parametrize("name", ["C0001", "C0001.MP4"])
def test_by_name_and_size(name: str) -> None:
    assert found(replace(SENT, name=name))


def test_by_the_name_and_size_of_the_proxy_where_one_was_sent() -> None:
    item = replace(ITEM, proxy=Path("/proxies/7/C0001 part 2 of 3.mp4"), size_bytes=700)
    assert not found(SENT, item)
    assert found(replace(SENT, name="C0001 part 2 of 3", size_bytes=700), item)
    assert not found(replace(SENT, name="C0001 part 1 of 3", size_bytes=700), item)


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "C0002"},
        {"size_bytes": 5001},
        {"status": "FAILED"},
        {"created_ms": BEGUN_MS - 25 * 60 * MINUTE_MS},
        {"namespace": "other"},
        {"size_bytes": None, "created_ms": BEGUN_MS - 11 * MINUTE_MS},
        {"name": HEX_NAME, "size_bytes": None},
        {"name": HEX_NAME, "created_ms": None},
        {"name": HEX_NAME, "created_ms": BEGUN_MS - 11 * MINUTE_MS},
        {"name": HEX_NAME, "size_bytes": 4999},
    ],
)
def test_what_is_something_else(changes: dict[str, object]) -> None:
    assert not found(replace(SENT, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"created_ms": None},
        {"created_ms": BEGUN_MS - 20 * 60 * MINUTE_MS},  # the library's clock is far behind
        {"created_ms": BEGUN_MS + 20 * 60 * MINUTE_MS},
        {"size_bytes": None, "created_ms": BEGUN_MS - 9 * MINUTE_MS},
        {"name": HEX_NAME},
    ],
)
def test_what_is_it_all_the_same(changes: dict[str, object]) -> None:
    assert found(replace(SENT, **changes))  # type: ignore[arg-type]


def test_what_another_row_became_is_not_it() -> None:
    assert not found(SENT, known=frozenset({"VI1"}))


def test_a_name_that_fits_goes_before_a_name_of_the_librarys_own() -> None:
    hidden = replace(SENT, video_no="VI2", name=HEX_NAME)
    library = FakeLibrary(videos={"VI1": SENT, "VI2": hidden})
    record = find_sent(library, ITEM, frozenset(), CancelToken())
    assert record is not None
    assert record.video_no == "VI1"


def test_a_long_list_is_read_only_as_far_as_it_is_new_enough() -> None:
    old = BEGUN_MS - 40 * 24 * 60 * MINUTE_MS
    videos = {
        f"VI{number}": VideoRecord(f"VI{number}", f"old {number}", "PARSE", size_bytes=1, created_ms=old)
        for number in range(2000)
    }
    library = FakeLibrary(videos=videos)
    assert find_sent(library, ITEM, frozenset(), CancelToken()) is None
    assert library.calls.count("list_videos") == 1
