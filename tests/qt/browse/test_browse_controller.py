"""Filling the page of the library: the newest wins, what is kept comes first, what is chosen stays."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop_search.core.errors import ServerError
from desktop_search.core.hits import ImageHit, SearchAnswer
from desktop_search.core.library import MEMORIES_AI, THIS_COMPUTER
from desktop_search.core.library_items import ItemKind, LibraryItem, Reading
from desktop_search.core.library_rows import ItemArrangement, ItemGroup, ItemSort
from desktop_search.core.query import SearchQuery
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner
from desktop_search.services.library_items import Refreshed
from desktop_search.ui.browse.browse_controller import BrowseController
from desktop_search.ui.browse.library_page import LibraryPage
from desktop_search.ui.commands.command_set import CommandSet

pytestmark = pytest.mark.display
SOON_MS = 20_000


def item(library_id: str, number: int, kind: ItemKind = ItemKind.VIDEO, namespace: str = "default") -> LibraryItem:
    known = LibraryItem(library_id, kind, namespace, f"{kind.value}{number}", f"{number} of {library_id}", "PARSE")
    return known._replace(width=1920, height=1080, fps=50.0)


def listed(number: int) -> LibraryItem:
    """As a list tells it that says neither sizes of pictures nor rates."""
    return item("local", number)._replace(width=None, height=None, fps=None)


class Libraries:
    """Keeps one video of each library, and tells another once its gate is open."""

    def __init__(self) -> None:
        self.gates = {"local": threading.Event(), "memories.ai": threading.Event()}
        self.asked: list[str] = []
        self.error: ServerError | None = None
        self.kept_items: tuple[LibraryItem, ...] = ()
        self.asked_for: list[str] = []

    def kept(self, library_id: str, kind: ItemKind) -> tuple[LibraryItem, ...]:
        return self.kept_items or (item(library_id, 1, kind), item(library_id, 2, kind, "b-roll"))

    def refresh(self, library_id: str, token: CancelToken, report: Callable[[Reading], object]) -> Refreshed:
        self.asked.append(library_id)
        while not self.gates[library_id].wait(0.01):
            token.check()
        report(Reading((item(library_id, 3),), 1, 2))
        if self.error is not None:
            raise self.error
        gone = (item(library_id, 1),)
        return Refreshed(gone, gone)

    def details(self, item: LibraryItem, token: CancelToken) -> LibraryItem | None:
        self.asked_for.append(item.item_id)
        if self.error is not None:
            raise self.error
        number = int(item.item_id.removeprefix("video"))
        return None if number == 1 else item._replace(width=640, height=360, fps=20.0 + number)

    def remember(self, found: tuple[ImageHit, ...]) -> tuple[LibraryItem, ...]:
        return tuple(item(each.library_id, 9, ItemKind.IMAGE) for each in found)


class Desk:
    """The page with its controller."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot, self.libraries, self.runner = qtbot, Libraries(), JobRunner()
        self.page = LibraryPage(None, CommandSet())
        qtbot.addWidget(self.page)
        self.noticed: list[str] = []
        self.controller = BrowseController(self.runner, self.libraries, self.page)  # type: ignore[arg-type]
        self.controller.noticed.connect(self.noticed.append)

    def names(self) -> list[str]:
        model = self.page.model
        return sorted(str(model.index(row, 0).data()) for row in range(model.rowCount()))

    def wait_for(self, names: list[str]) -> None:
        self.qtbot.waitUntil(lambda: self.names() == names, timeout=SOON_MS)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    assert made.runner.shut_down() == []


def test_nobody_is_asked_before_the_page_is_looked_at(desk: Desk) -> None:
    desk.controller.set_library(MEMORIES_AI)
    assert desk.libraries.asked == []
    desk.page.show()
    desk.wait_for(["1 of memories.ai", "2 of memories.ai"])
    desk.libraries.gates["memories.ai"].set()
    desk.wait_for(["2 of memories.ai", "3 of memories.ai"])
    assert [words for words in desk.noticed if "1 of memories.ai" in words]
    desk.page.hide()
    desk.page.show()
    desk.qtbot.waitUntil(lambda: not desk.runner._running, timeout=SOON_MS)
    assert desk.libraries.asked == ["memories.ai"]  # what is fresh is not read again


def test_of_two_libraries_that_are_chosen_while_one_is_read_the_newest_is_shown(desk: Desk) -> None:
    desk.page.show()
    desk.wait_for(["1 of local", "2 of local"])
    desk.controller.set_library(MEMORIES_AI)
    assert desk.names() == []
    desk.libraries.gates["local"].set()
    desk.libraries.gates["memories.ai"].set()
    desk.wait_for(["2 of memories.ai", "3 of memories.ai"])
    assert desk.page.problem.text() == ""


def test_a_failure_midway_leaves_what_is_known_and_says_so(desk: Desk) -> None:
    desk.libraries.error = ServerError("The library is out of order.")
    desk.libraries.gates["local"].set()
    desk.page.show()
    desk.wait_for(["1 of local", "2 of local", "3 of local"])
    desk.qtbot.waitUntil(lambda: "out of order" in desk.page.problem.text(), timeout=SOON_MS)
    desk.libraries.error = None
    desk.controller.read()
    desk.wait_for(["2 of local", "3 of local"])
    assert desk.page.problem.text() == ""


def test_reading_that_is_stopped_says_that_the_list_may_not_be_whole(desk: Desk) -> None:
    desk.page.show()
    desk.wait_for(["1 of local", "2 of local"])
    desk.page.reading.stop.click()
    desk.qtbot.waitUntil(lambda: "stopped" in desk.page.problem.text(), timeout=SOON_MS)
    assert len(desk.names()) == 2


def test_what_is_chosen_stays_while_the_rows_change(desk: Desk) -> None:
    desk.page.show()
    desk.wait_for(["1 of local", "2 of local"])
    second = item("local", 2, namespace="b-roll")
    views = desk.page.views
    views.choose(second.key)
    desk.libraries.gates["local"].set()
    desk.wait_for(["2 of local", "3 of local"])
    assert (views.chosen(), views.current()) == ((second,), second)
    for arrangement in (
        ItemArrangement(sort=ItemSort.NAME, descending=False),
        ItemArrangement(group=ItemGroup.NAMESPACE, is_grid=False),
        ItemArrangement(sort=ItemSort.TAKEN, group=ItemGroup.FOLDER),
    ):
        desk.page.set_arrangement(arrangement)
        assert (views.chosen(), views.current()) == ((second,), second)
    desk.page.bar.words.setText("nothing like it")
    assert (views.chosen(), views.current()) == ((), None)


def test_what_the_list_does_not_tell_is_asked_for_one_by_one_the_chosen_first(desk: Desk) -> None:
    desk.libraries.kept_items = tuple(listed(number) for number in range(1, 8))
    desk.page.set_arrangement(ItemArrangement(sort=ItemSort.RATE, is_grid=False))
    desk.page.show()
    desk.qtbot.waitUntil(lambda: len(desk.names()) == 7, timeout=SOON_MS)
    desk.page.views.choose(listed(6).key)
    assert desk.libraries.asked_for == []  # nothing before the list is read
    desk.page.reading.stop.click()
    names = [f"{number} of local" for number in range(2, 8)]
    desk.wait_for(names)  # the first has left the library
    model = desk.page.model
    desk.qtbot.waitUntil(lambda: all(each.fps for each in model.items.values()), timeout=SOON_MS)
    assert desk.libraries.asked_for[0] == "video6"
    assert sorted(desk.libraries.asked_for) == [f"video{number}" for number in range(1, 8)]  # each of them once
    assert [words for words in desk.noticed if "1 of local" in words]
    desk.qtbot.waitUntil(lambda: [model.index(row, 0).data() for row in range(6)] == names[::-1], timeout=SOON_MS)
    assert desk.page.views.chosen() == (model.items[listed(6).key],)
    desk.page.bar.words.setText("640x360 25fps")
    assert desk.names() == ["5 of local"]


def test_a_library_that_fails_is_not_asked_again_and_again(desk: Desk) -> None:
    desk.libraries.kept_items = tuple(listed(number) for number in range(2, 8))
    desk.libraries.error = ServerError("The library is out of order.")
    desk.libraries.gates["local"].set()
    desk.page.show()
    desk.qtbot.waitUntil(lambda: bool(desk.libraries.asked_for), timeout=SOON_MS)
    desk.qtbot.waitUntil(lambda: not desk.runner._running, timeout=SOON_MS)
    desk.page.views.choose(listed(6).key)
    desk.libraries.error = None
    desk.controller.read()
    desk.qtbot.waitUntil(lambda: all(each.fps for each in desk.page.model.items.values()), timeout=SOON_MS)
    assert len(desk.libraries.asked_for) == 1 + 5  # the list told all of the other


def test_headings_stand_above_their_items_and_cannot_be_chosen(desk: Desk) -> None:
    desk.page.show()
    desk.wait_for(["1 of local", "2 of local"])
    desk.page.set_arrangement(replace(desk.page.model.arrangement, group=ItemGroup.NAMESPACE))
    model = desk.page.model
    rows = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    assert rows == ["b-roll · 1", "2 of local", "default · 1", "1 of local"]
    desk.page.views.enter()
    desk.page.views.view.selectAll()
    assert len(desk.page.views.chosen()) == 2


def test_images_that_are_found_join_those_that_are_shown(desk: Desk) -> None:
    desk.controller.set_library(THIS_COMPUTER)
    desk.page.bar.show_kind(ItemKind.IMAGE)
    desk.page.show()
    desk.wait_for(["1 of local", "2 of local"])
    desk.controller.learn(SearchQuery("dusk"), SearchAnswer(images=(ImageHit("9", "x", library_id="local"),)))
    desk.wait_for(["1 of local", "2 of local", "9 of local"])
    assert desk.libraries.asked == []  # no library lists images
