from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.imports import ImportsTable
from desktop_search.core.calls import CallKind
from desktop_search.core.errors import (
    AppError,
    BudgetReached,
    EngineUnavailable,
    KeyRejected,
    NetworkError,
    RateLimited,
    RequestRejected,
    ServerError,
    Unreachable,
)
from desktop_search.core.footage import FootageDetails, Readiness, VideoRecord
from desktop_search.core.imports import ImportItem, ImportKind, ImportState, ImportWish
from desktop_search.core.tasks import TaskFailure, TaskReport, TaskState
from desktop_search.transfers.import_ends import QUIET_MS
from desktop_search.transfers.importing import UNSURE, Imports
from desktop_search.transfers.ports import NoBooks
from tests.fakes.web_library import WebLibrary
from tests.unit.transfers.long_job import at_work

_SEA = FootageDetails(namespace="sea")
_VIDEO = ImportWish("memories.ai", ImportKind.VIDEO, ("https://a.example/pier.mp4",), details=_SEA)
_POSTS = ImportWish(
    "memories.ai", ImportKind.POSTS, ("https://youtu.be/a", "https://youtu.be/b"), quality="1080", details=_SEA
)
_CREATOR = ImportWish("memories.ai", ImportKind.CREATOR, ("https://www.tiktok.com/@a",), count=3, is_public=True)
_TAGS = ImportWish("memories.ai", ImportKind.TAGS, ("fog", "sea"), count=2)


class Desk:
    """Imports at work, and what they reported."""

    def __init__(self, catalog_file: Path, library: WebLibrary) -> None:
        self.catalog, self.now_ms = Catalog(catalog_file), 1_000
        self.rows = ImportsTable(self.catalog)
        self.imports = Imports(self.catalog, library.clients, poll_remote_s=0.01, now_ms=lambda: self.now_ms)
        self.reports: list[ImportItem] = []
        self._news = threading.Condition()

    def working(self) -> AbstractContextManager[None]:
        return at_work(self.imports.run, self._heard)

    def _heard(self, item: ImportItem) -> None:
        with self._news:
            stored = self.rows.get(item.item_id)
            assert stored is None or stored.state is item.state  # what is reported is on the disk already
            self.reports.append(item)
            self._news.notify_all()

    def wait_for(self, condition: Callable[[], bool]) -> None:
        with self._news:
            assert self._news.wait_for(condition, 30), f"it did not happen; {self.imports.items()}"

    def wait_until_over(self) -> tuple[ImportItem, ...]:
        self.wait_for(lambda: all(item.is_over for item in self.imports.items()))
        return self.imports.items()


def video(number: int, status: str = "PARSE", cause: str = "") -> VideoRecord:
    return VideoRecord(f"VI{number}", f"post {number}", status, cause=cause)


@pytest.fixture
def library() -> WebLibrary:
    return WebLibrary()


@pytest.fixture
def desk(tmp_path: Path, library: WebLibrary) -> Iterator[Desk]:
    made = Desk(tmp_path / "catalog.db", library)
    yield made
    made.catalog.close()


def test_a_video_is_asked_for_once_and_followed_until_it_is_searchable(desk: Desk, library: WebLibrary) -> None:
    (added,) = desk.imports.add([replace(_VIDEO, details=FootageDetails(namespace="sea", tags=("fog",)))])
    assert added.state is ImportState.WAITING
    with desk.working():
        desk.wait_for(lambda: desk.imports.items()[0].state is ImportState.RUNNING)
        library.finish("VI1")
        (item,) = desk.wait_until_over()
    assert (item.state, item.cause, item.count(Readiness.SEARCHABLE)) == (ImportState.DONE, "", 1)
    assert library.asked == [("upload_url", "https://a.example/pier.mp4", "sea", ("fog",))]
    states = [report.state for report in desk.reports]
    assert states[:2] == [ImportState.ASKED, ImportState.RUNNING]
    assert states[-1] is ImportState.DONE


def test_every_kind_is_asked_for_in_its_own_words(desk: Desk, library: WebLibrary) -> None:
    library.reports = [TaskReport(state=TaskState.DONE, videos=(video(1),))]
    desk.imports.add([_POSTS, _CREATOR, _TAGS])
    with desk.working():
        items = desk.wait_until_over()
    assert [item.task_id for item in items] == ["task-1", "task-2", "task-3"]
    assert library.asked == [
        ("posts", _POSTS.subjects, "sea", False, "1080"),
        ("creator", "https://www.tiktok.com/@a", 3, "default", True),
        ("hashtags", ("fog", "sea"), 2, "default", False),
    ]


def test_a_task_that_says_nothing_of_itself_is_over_when_all_arrived_and_none_works(
    desk: Desk, library: WebLibrary
) -> None:
    library.reports = [
        TaskReport(),
        TaskReport(videos=(video(1),)),
        TaskReport(videos=(video(1), video(2, "UNPARSE"))),
        TaskReport(videos=(video(1), video(2, "FAIL", "No picture. "))),
    ]
    desk.imports.add([_POSTS])
    with desk.working():
        (item,) = desk.wait_until_over()
    assert item.state is ImportState.DONE
    assert item.cause == "post 2: No picture. "
    assert [report.count(Readiness.WORKING) for report in desk.reports[2:]] == [0, 1, 0]


def test_posts_that_never_appear_are_waited_for_and_then_given_up(desk: Desk, library: WebLibrary) -> None:
    library.reports = [TaskReport(videos=(video(1),))]
    desk.imports.add([_POSTS])
    with desk.working():
        desk.wait_for(lambda: bool(desk.imports.items()[0].videos))
        assert not desk.imports.items()[0].is_over
        desk.now_ms += QUIET_MS
        (item,) = desk.wait_until_over()
    assert item.state is ImportState.DONE
    assert item.cause == "1 of 2 posts did not come; the library does not say why."


def test_the_engine_says_why_posts_failed(desk: Desk, library: WebLibrary) -> None:
    failures = tuple(TaskFailure(f"https://youtu.be/{number}", "gone") for number in range(5))
    library.reports = [
        TaskReport(fetch_permille=400, state=TaskState.RUNNING),
        TaskReport(state=TaskState.FAILED, failures=failures),
    ]
    desk.imports.add([_POSTS])
    with desk.working():
        (item,) = desk.wait_until_over()
    assert item.state is ImportState.FAILED
    assert item.cause.splitlines() == [*(f"https://youtu.be/{number}: gone" for number in range(3)), "and 2 more"]
    assert 400 in {report.fetch_permille for report in desk.reports}


def test_a_video_that_failed_or_went_is_said(desk: Desk, library: WebLibrary) -> None:
    desk.imports.add([_VIDEO, _VIDEO])
    with desk.working():
        desk.wait_for(lambda: len(library.videos) == 2)
        library.finish("VI1", "FAILED", "The file has no picture.")
        library.videos["VI2"] = None
        first, second = desk.wait_until_over()
    assert (first.state, first.cause) == (ImportState.FAILED, "The file has no picture.")
    assert (second.state, second.cause) == (ImportState.FAILED, "The library no longer has this video.")


@pytest.mark.parametrize("error", [NetworkError("The connection broke off."), ServerError("Out of order.")])
def test_a_call_whose_answer_was_lost_is_never_made_again_by_itself(
    desk: Desk, library: WebLibrary, error: AppError
) -> None:
    library.fail_next["posts"] = [error]
    library.reports = [TaskReport(videos=(video(1), video(2)))]
    desk.imports.add([_POSTS])
    with desk.working():
        (item,) = desk.wait_until_over()
        assert (item.state, item.cause) == (ImportState.FAILED, f"{error.message} {UNSURE}")
        assert len(library.asked) == 1
        desk.imports.retry([item.item_id])
        desk.wait_for(lambda: desk.imports.items()[0].state is ImportState.DONE)
    assert len(library.asked) == 2


@pytest.mark.parametrize(
    ("method", "error"),
    [
        ("posts", RateLimited("Too many requests.", retry_after_s=0.0)),
        ("posts", Unreachable("It cannot be reached.", retry_after_s=0.0)),
        ("clients", EngineUnavailable("It did not start.", retry_after_s=0.0)),
    ],
)
def test_what_certainly_began_nothing_is_asked_again(
    desk: Desk, library: WebLibrary, method: str, error: AppError
) -> None:
    library.fail_next[method] = [error]
    library.reports = [TaskReport(videos=(video(1), video(2)))]
    desk.imports.add([_POSTS])
    with desk.working():
        (item,) = desk.wait_until_over()
    assert item.state is ImportState.DONE
    assert any(report.cause.startswith(f"{error.message} Tries again") for report in desk.reports)


@pytest.mark.parametrize("error", [RequestRejected("No such post."), BudgetReached("The budget is used up.")])
def test_a_refusal_is_said_and_stops_nothing_else(desk: Desk, library: WebLibrary, error: AppError) -> None:
    library.fail_next["posts"] = [error]
    desk.imports.add([_POSTS, _VIDEO])
    with desk.working():
        desk.wait_for(lambda: bool(library.videos))
        library.finish("VI2")
        first, second = desk.wait_until_over()
    assert (first.state, first.cause) == (ImportState.FAILED, error.message)
    assert second.state is ImportState.DONE


def test_a_wrong_key_is_tried_once_for_all(desk: Desk, library: WebLibrary) -> None:
    library.fail_next["clients"] = [KeyRejected("The key is wrong.")]
    desk.imports.add([_POSTS, _VIDEO])
    with desk.working():
        items = desk.wait_until_over()
    assert {(item.state, item.cause) for item in items} == {(ImportState.FAILED, "The key is wrong.")}
    assert library.asked == []


def test_a_row_that_waits_for_the_limit_is_not_yet_asked(desk: Desk, library: WebLibrary) -> None:
    library.waits_s[CallKind.IMPORT] = 3600.0
    desk.imports.add([_POSTS])
    with desk.working():
        desk.wait_for(lambda: any("Waits 3600 s" in report.cause for report in desk.reports))
        assert desk.imports.items()[0].state is ImportState.WAITING
    assert library.asked == []


def test_a_crash_in_the_middle_of_a_call_leaves_a_row_that_says_so(desk: Desk, library: WebLibrary) -> None:
    (item,) = desk.imports.add([_POSTS])
    desk.rows.update(replace(item, state=ImportState.ASKED))
    with desk.working():
        (after,) = desk.wait_until_over()
    assert (after.state, after.cause) == (ImportState.FAILED, UNSURE)
    assert library.asked == []


def test_looking_goes_on_after_the_library_was_silent(desk: Desk, library: WebLibrary) -> None:
    library.fail_next["task"] = [NetworkError("Silence.", retry_after_s=0.0)]
    library.reports = [TaskReport(videos=(video(1), video(2)))]
    desk.imports.add([_POSTS])
    with desk.working():
        (item,) = desk.wait_until_over()
    assert (item.state, item.cause) == (ImportState.DONE, "")
    assert any(report.cause == "Silence. Asks again in 0 s." for report in desk.reports)


def test_an_older_answer_with_ids_alone_is_looked_up(desk: Desk, library: WebLibrary) -> None:
    library.reports = [TaskReport(videos=(video(1, ""), video(2, "")))]
    library.videos = {"VI1": video(1), "VI2": video(2)}
    desk.imports.add([_POSTS])
    with desk.working():
        (item,) = desk.wait_until_over()
    assert item.count(Readiness.SEARCHABLE) == 2


def test_a_removed_row_does_not_come_back(desk: Desk, library: WebLibrary) -> None:
    (item,) = desk.imports.add([_VIDEO])
    with desk.working():
        desk.wait_for(lambda: desk.imports.items()[0].state is ImportState.RUNNING)
        desk.imports.remove([item.item_id])
        desk.imports.add([_VIDEO])
        desk.wait_for(lambda: len(library.videos) == 2)
        for video_no in library.videos:
            library.finish(video_no)
        assert [row.item_id for row in desk.wait_until_over()] == [item.item_id + 1]


class Notes(NoBooks):
    """What the books heard of imports."""

    def __init__(self) -> None:
        self.brought: list[tuple[str, ...]] = []

    def imported(self, wish: ImportWish, brought: Sequence[VideoRecord], /) -> None:
        self.brought.append(tuple(video.video_no for video in brought))


def test_each_video_is_written_into_the_books_once_when_it_is_searchable(desk: Desk, library: WebLibrary) -> None:
    notes = Notes()
    desk.imports = Imports(desk.catalog, library.clients, poll_remote_s=0.01, books=notes)
    library.reports = [
        TaskReport(videos=(video(1, "UNPARSE"),)),
        TaskReport(videos=(video(1), video(2, "UNPARSE"))),
        TaskReport(videos=(video(1), video(2, "UNPARSE"))),
        TaskReport(videos=(video(1), video(2))),
    ]
    desk.imports.add([_POSTS])
    with desk.working():
        desk.wait_until_over()
    assert notes.brought == [(video(1).video_no,), (video(2).video_no,)]


def test_a_video_whose_answer_was_lost_is_looked_for_before_it_is_asked_for_again(
    desk: Desk, library: WebLibrary
) -> None:
    library.fail_next["upload_url"] = [NetworkError("The connection broke off.")]
    old = VideoRecord("VI7", "pier", "PARSE", created_ms=1, namespace="sea")
    desk.now_ms = 1_000_000_000
    desk.imports.add([_VIDEO])
    with desk.working():
        (item,) = desk.wait_until_over()
        assert (item.state, item.asked_ms) == (ImportState.FAILED, desk.now_ms)
        arrived = VideoRecord("VI8", "pier", "PARSE", created_ms=desk.now_ms + 5, namespace="sea")
        library.videos = {"VI7": old, "VI8": arrived}
        desk.imports.retry([item.item_id])
        desk.wait_for(lambda: desk.imports.items()[0].state is ImportState.DONE)
        assert [video.video_no for video in desk.imports.items()[0].videos] == ["VI8"]
        assert len(library.asked) == 1
        library.fail_next["upload_url"] = [NetworkError("The connection broke off.")]
        desk.imports.add([_VIDEO])
        second = desk.wait_until_over()[1]
        desk.imports.retry([second.item_id])  # what is there belongs to the first: it is asked for again
        desk.wait_for(lambda: desk.imports.items()[1].state is ImportState.RUNNING)
    assert len(library.asked) == 3
