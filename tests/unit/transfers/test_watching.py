"""Watched folders with the real queue and a real disk."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.core.errors import FileProblem
from desktop_search.core.footage import FootageDetails
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import UploadState
from desktop_search.core.watched import WatchReport, WatchState
from desktop_search.transfers.preparing import Preparer
from desktop_search.transfers.upload_queue import UploadQueue
from desktop_search.transfers.watched_look import NO_FOLDER
from desktop_search.transfers.watching import WATCHED_ALREADY, Watcher
from tests.fakes.library import FakeLibrary
from tests.unit.transfers.long_job import at_work

Footage = Callable[[str], Path]
_DETAILS = FootageDetails(namespace="sea", tags=("fog",))


class Post:
    """A watcher at work, and what it reported."""

    def __init__(self, catalog_file: Path, *, is_paid: bool = False) -> None:
        self.catalog = Catalog(catalog_file)
        self.queue = UploadQueue(
            self.catalog,
            FakeLibrary().clients,
            is_paid=lambda _library_id: is_paid,
            proxies=Preparer(catalog_file.with_name("proxies")),
        )
        self.watcher = Watcher(self.catalog, self.queue.add, look_every_s=0.02)
        self.reports: list[WatchReport] = []
        self._news = threading.Condition()

    def working(self) -> AbstractContextManager[None]:
        return at_work(self.watcher.run, self._heard)

    def _heard(self, report: WatchReport) -> None:
        with self._news:
            self.reports.append(report)
            self._news.notify_all()

    def wait_for(self, condition: Callable[[], bool]) -> None:
        with self._news:
            assert self._news.wait_for(condition, 30), f"it did not happen; {self.reports}"

    def names(self) -> list[str]:
        return sorted(item.path.name for item in self.queue.items())

    def wait_for_names(self, *names: str) -> None:
        self.wait_for(lambda: self.names() == sorted(names))

    def wait_until_watching(self) -> None:
        self.wait_for(lambda: bool(self.reports) and self.reports[-1].state is WatchState.WATCHING)


@pytest.fixture
def folder(tmp_path: Path, footage: Footage) -> Path:
    del footage  # it makes the folder
    return tmp_path / "footage"


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    made = Post(tmp_path / "catalog.db")
    yield made
    made.catalog.close()


def test_only_new_footage_is_added_unless_the_rest_is_asked_for(post: Post, folder: Path, footage: Footage) -> None:
    footage("old.mp4")
    post.watcher.watch(folder, "local", _DETAILS, takes_existing=False)
    with post.working():
        post.wait_until_watching()
        footage("day 1/new.mp4")
        post.wait_for_names("new.mp4")
        (item,) = post.queue.items()
        assert item.details.namespace == "sea"
        assert item.details.tags == ("fog",)
        assert (item.library_id, item.state) == ("local", UploadState.WAITING)
        assert next(report.added for report in post.reports if report.has_news) == 1
    post.watcher.watch(folder, "http://studio", _DETAILS, takes_existing=True)
    with post.working():
        post.wait_for_names("new.mp4", "new.mp4", "old.mp4")


def test_to_a_library_that_costs_nothing_is_sent_unasked(tmp_path: Path, folder: Path, footage: Footage) -> None:
    post = Post(tmp_path / "paid.db", is_paid=True)
    footage("take.mp4")
    post.watcher.watch(folder, "memories.ai", FootageDetails(), takes_existing=True)
    with post.working():
        post.wait_for_names("take.mp4")
    assert [item.state for item in post.queue.items()] == [UploadState.READY]
    post.catalog.close()


def test_nothing_is_added_twice_not_even_after_a_restart_and_a_cleared_list(
    post: Post, tmp_path: Path, folder: Path, footage: Footage
) -> None:
    footage("first.mp4")
    post.watcher.watch(folder, "local", FootageDetails(), takes_existing=True)
    with post.working():
        post.wait_for_names("first.mp4")
    post.queue.remove([item.item_id for item in post.queue.items()])
    again = Post(tmp_path / "catalog.db")
    with again.working():
        again.wait_until_watching()
        footage("second.mp4")
        again.wait_for_names("second.mp4")
    again.catalog.close()


def test_what_was_added_by_hand_is_not_added_again(post: Post, folder: Path, footage: Footage) -> None:
    path = footage("take.mp4")
    post.queue.add([path], "local", FootageDetails(), CancelToken(), lambda _: None)
    post.watcher.watch(folder, "local", FootageDetails(), takes_existing=True)
    with post.working():
        post.wait_until_watching()
        footage("other.mp4")
        post.wait_for_names("other.mp4", "take.mp4")


def test_a_folder_that_goes_away_is_taken_up_again(post: Post, folder: Path, footage: Footage, tmp_path: Path) -> None:
    post.watcher.watch(folder, "local", FootageDetails(), takes_existing=True)
    with post.working():
        post.wait_until_watching()
        folder.rename(tmp_path / "away")
        post.wait_for(lambda: post.reports[-1].state is WatchState.AWAY)
        assert "away" in post.reports[-1].cause
        (tmp_path / "away").rename(folder)
        post.wait_until_watching()
        assert post.reports[-1].cause == ""
        footage("take.mp4")
        post.wait_for_names("take.mp4")


def test_what_is_no_folder_and_what_is_watched_already_is_refused(post: Post, folder: Path, footage: Footage) -> None:
    with pytest.raises(FileProblem, match=NO_FOLDER):
        post.watcher.watch(footage("take.mp4"), "local", FootageDetails(), takes_existing=True)
    (report,) = post.watcher.watch(folder, "local", FootageDetails(), takes_existing=True)
    with pytest.raises(FileProblem, match=WATCHED_ALREADY):
        post.watcher.watch(folder, "local", FootageDetails(), takes_existing=False)
    assert post.watcher.folders() == (report,)
    assert post.watcher.forget(report.folder.folder_id) == ()
    with post.working():
        pass
    assert post.names() == []
