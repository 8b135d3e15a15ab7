"""What a library has is offered while it is typed: read once, off the GUI thread, given up when it is of no use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.wire_words import FRESH_S, STALE_S, WordsReader
from desktop_search.core.errors import Unreachable
from desktop_search.core.footage import VideoRecord
from desktop_search.core.query import SearchFilters
from desktop_search.jobs.runner import JobRunner
from desktop_search.ui.search.filters_panel import FiltersPanel
from desktop_search.ui.style.theme import Theme, apply_theme
from desktop_search.ui.uploads.uploads_pane import UploadsPane
from tests.fakes.library import FakeLibrary
from tests.support.focus import wait_exposed

WAIT_MS = 5000


@dataclass
class Bench:
    """Both panes, a library, and a clock that is set by hand."""

    qtbot: QtBot
    filters: FiltersPanel
    uploads: UploadsPane
    library: FakeLibrary
    runner: JobRunner
    now_s: float = 1000.0
    reader: WordsReader = field(init=False)

    def __post_init__(self) -> None:
        self.reader = WordsReader(
            self.runner, self.library.clients, self.filters, self.uploads, clock_s=lambda: self.now_s
        )
        self.reader.set_library("local")

    def open(self) -> None:
        self.filters.hide()
        self.filters.show()
        wait_exposed(self.qtbot, self.filters)

    def lists(self) -> int:
        return self.library.calls.count("list_videos")

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=WAIT_MS)


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication) -> Iterator[Bench]:
    apply_theme(qapp, Theme.DARK)
    filters, uploads, runner = FiltersPanel(), UploadsPane(), JobRunner()
    for pane in (filters, uploads):
        qtbot.addWidget(pane)
    library = FakeLibrary()
    library.videos = {
        "VI1": VideoRecord("VI1", "a.mp4", tags=("harbour", "night"), camera="X100V"),
        "VI2": VideoRecord("VI2", "b.mp4", tags=("desert",), namespace="other"),
    }
    yield Bench(qtbot, filters, uploads, library, runner)
    assert runner.shut_down() == []


def test_opening_the_filters_reads_the_namespace_once(bench: Bench) -> None:
    assert bench.lists() == 0
    bench.open()
    bench.until(lambda: dict(bench.filters.video_names) == {"VI1": "a.mp4"})
    bench.open()
    assert bench.lists() == 1
    bench.now_s += FRESH_S
    bench.open()
    bench.until(lambda: bench.lists() == 2)


def test_what_was_added_is_read_soon(bench: Bench) -> None:
    bench.open()
    bench.until(lambda: bool(bench.filters.video_names))
    bench.library.videos["VI3"] = VideoRecord("VI3", "c.mp4")
    bench.reader.outdate("local")
    bench.now_s += STALE_S
    bench.reader.set_namespaces(("default",))
    bench.until(lambda: "VI3" in bench.filters.video_names)


def test_another_namespace_has_words_of_its_own_and_an_unknown_one_is_not_made(bench: Bench) -> None:
    bench.reader.set_namespaces(("other",))
    bench.open()
    bench.filters.set_filters(SearchFilters(namespace="other"))
    bench.open()
    bench.until(lambda: dict(bench.filters.video_names) == {"VI2": "b.mp4"})
    asked = bench.lists()
    bench.filters.set_filters(SearchFilters(namespace="nobody's"))
    bench.open()
    assert dict(bench.filters.video_names) == {}
    bench.filters.set_filters(SearchFilters(namespace="other"))
    bench.open()
    assert dict(bench.filters.video_names) == {"VI2": "b.mp4"}
    assert bench.lists() == asked


def test_another_library_ends_the_reading_and_knows_no_videos_of_the_first(bench: Bench) -> None:
    bench.open()
    bench.until(lambda: bool(bench.filters.video_names))
    bench.filters.set_filters(SearchFilters(video_nos=("VI1",), tag="night"))
    bench.reader.set_namespaces(("other",))
    bench.reader.set_library("https://search.example")
    assert bench.filters.filters(None) == SearchFilters(tag="night")
    bench.filters.set_filters(SearchFilters(namespace="OTHER"))
    assert bench.filters.namespace == "OTHER"  # that the first library has an "other" means nothing here
    assert dict(bench.filters.video_names) == {}


def test_the_first_library_is_that_of_the_filters_that_were_put_back(bench: Bench) -> None:
    filters = FiltersPanel()
    bench.qtbot.addWidget(filters)
    filters.set_filters(SearchFilters(video_nos=("VI1",)))
    WordsReader(bench.runner, bench.library.clients, filters, bench.uploads).set_library("local")
    assert filters.filters(None) == SearchFilters(video_nos=("VI1",))


def test_a_library_that_does_not_answer_is_asked_again_the_next_time(bench: Bench) -> None:
    bench.library.fail_next["list_videos"] = [Unreachable("No answer.")]
    bench.open()
    bench.until(lambda: bench.lists() == 1)

    def is_offered() -> bool:
        bench.open()
        return bool(bench.filters.video_names)

    bench.until(is_offered)


def test_the_uploads_are_offered_the_tags_too_and_nothing_is_read_twice(bench: Bench, qtbot: QtBot) -> None:
    bench.uploads.show()
    bench.uploads.activateWindow()
    bench.uploads.details_form.set_open(True)
    entry = bench.uploads.details_form.field("tags")
    entry.setFocus()
    bench.until(lambda: bench.uploads.used_tags() == {"harbour", "night"})
    QTest.keyClicks(entry, "nig")
    completer = entry.completer()
    assert completer is not None
    assert completer.currentCompletion() == "night"
    bench.open()
    assert dict(bench.filters.video_names) == {"VI1": "a.mp4"}
    assert bench.lists() == 1
