"""A video whose answer was lost is found again by what it is, and nothing else is taken for it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from desktop_search.core.errors import NetworkError
from desktop_search.core.footage import VideoRecord
from desktop_search.core.listing import ListFilters
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import MediaKind, UploadItem, UploadState
from desktop_search.transfers import looking_up
from desktop_search.transfers.looking_up import find_sent
from tests.fakes.library import EVERYTHING, FakeLibrary
from tests.support.waiting import wait_until
from tests.unit.transfers.conftest import QueueBench

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


@dataclass
class LateLibrary(FakeLibrary):
    """Lists what has arrived only when it was asked so many times."""

    late: int = 3

    def list_videos(
        self, namespace: str, page: int, size: int, /, *, filters: ListFilters = EVERYTHING, token: CancelToken
    ) -> tuple[tuple[VideoRecord, ...], int]:
        found = super().list_videos(namespace, page, size, filters=filters, token=token)
        self.late -= 1
        return ((), 0) if self.late >= 0 else found


def says_that_it_may_have_arrived(bench: QueueBench) -> bool:
    return any("does not list it yet" in row.cause for row in bench.reports if row.state is UploadState.WAITING)


@pytest.mark.parametrize("how", ["the line breaks", "it is paused", "the program is killed"])
def test_what_is_listed_late_is_not_sent_twice(
    tmp_path: Path, footage: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(looking_up, "_ASK_EVERY_S", 0.02)
    library = LateLibrary()
    bench = QueueBench(tmp_path / "catalog.db", library.clients, settled_s=3600.0)
    (item,) = bench.add(footage("boat.mp4"), library_id="https://search.example").added
    if how == "the line breaks":
        library.lose_answer = [NetworkError("The line broke.", retry_after_s=0.1)]
    elif how == "it is paused":
        library.on_taken = lambda: bench.queue.pause([item.item_id])
        library.lose_answer = [NetworkError("The line broke.")]
    else:
        library.upload_video(item.path, item.details, token=CancelToken(), on_sent=lambda _: None)
        bench.mark_maybe_sent(item)
    with closing(bench.catalog), bench.running():
        if how == "it is paused":
            wait_until(lambda: bench.states() == {"boat.mp4": "paused"}, "it is paused")
            bench.queue.resume([item.item_id])
        bench.wait_until_settled()
        assert bench.states() == {"boat.mp4": "searchable"}
    assert library.calls.count("upload_video") == 1
    assert says_that_it_may_have_arrived(bench)


def test_what_has_not_arrived_by_then_is_sent_again(tmp_path: Path, footage: Callable[[str], Path]) -> None:
    library = LateLibrary(late=0)
    bench = QueueBench(tmp_path / "catalog.db", library.clients, settled_s=0.2)
    (item,) = bench.add(footage("boat.mp4"), library_id="https://search.example").added
    bench.mark_maybe_sent(item)
    with closing(bench.catalog), bench.running():
        bench.wait_until_settled()
        assert bench.states() == {"boat.mp4": "searchable"}
    assert library.calls.count("upload_video") == 1
    assert says_that_it_may_have_arrived(bench)
