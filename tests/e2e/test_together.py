"""This computer and a library elsewhere asked together: one list, marks, and one that fails spoils nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.accounts import Server
from desktop_search.core.query import Scope, SearchQuery
from desktop_search.core.uploads import MediaKind, UploadItem, UploadState
from desktop_search.settings.folders import Folders
from desktop_search.settings.preferences import PreferencesStore
from desktop_search.settings.secrets import SecretStore
from tests.clips import Clip
from tests.contract.engine_child import EngineChild
from tests.e2e.acting import drop, jump, query_field, type_query
from tests.e2e.conftest import active_window, items, wait_until_done
from tests.e2e.paid import KEY, stand_in
from tests.e2e.test_cloud import Studio

pytestmark = pytest.mark.display
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EngineChild]:
    with EngineChild(tmp_path / "server", key=KEY) as made:
        yield made


@dataclass
class Both:
    """The open window with *This computer* and a server of one's own, of which it has the key."""

    program: Composition
    qtbot: QtBot
    server: EngineChild
    hands: Studio

    @property
    def title(self) -> str:
        return self.server.url.removeprefix("http://")

    def add(self, path: Path) -> None:
        before = len(items(self.program))
        drop(self.program.uploads_pane, path)
        wait_until_done(self.qtbot, self.program, before + 1)
        assert items(self.program)[-1].state is UploadState.SEARCHABLE, items(self.program)[-1].cause

    def choose(self, title: str) -> None:
        with self.qtbot.waitSignal(self.program.library.library_changed, timeout=20_000):
            self.hands.click_menu(self.program, title)

    @property
    def said(self) -> str:
        """What stands above the list."""
        labels = self.program.search.lines.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())

    def button(self, text: str) -> QPushButton:
        buttons = self.program.search.lines.findChildren(QPushButton)
        return next(button for button in buttons if button.isVisible() and button.text() == text)


@pytest.fixture
def both(qtbot: QtBot, profile: Folders, server: EngineChild) -> Iterator[Both]:
    SecretStore().set(server.url, KEY)
    PreferencesStore(profile.preferences_file).update(servers=(Server(server.url),))
    with active_window(profile, qtbot) as program:
        yield Both(program, qtbot, server, Studio(qtbot, server, profile))


def test_both_are_asked_on_request_and_footage_that_both_have_is_one_hit(
    both: Both, footage: Clip, qtbot: QtBot, server: EngineChild
) -> None:
    program = both.program
    elsewhere = server.add_in_place(footage.path)  # the server has it by another way: it is not known to be the same
    both.add(footage.path)
    assert server.wait_indexed(elsewhere)["status"] == "PARSE"
    alone = type_query(program, qtbot, "green")
    assert {hit.found_in for hit in alone} == {()}
    assert both.said == ""

    both.hands.click_menu(program, "Search all my libraries")
    assert program.switch.privacy == "Searches go to all your libraries, footage to This computer"
    line = next(label for label in program.switch.findChildren(QLabel) if label.text() == program.switch.privacy)
    assert line.width() >= line.sizeHint().width()
    hits = type_query(program, qtbot, "green")
    assert {hit.found_in for hit in hits} == {("This computer",), (both.title,)}
    assert both.said == f"This computer {len(hits) // 2} · {both.title} {len(hits) // 2}"
    assert jump(program, qtbot) == (9, footage.starts[1])

    both.choose(both.title)
    both.add(footage.path)
    merged = type_query(program, qtbot, "green")
    assert [set(hit.found_in) for hit in merged] == [{"This computer", both.title}, {both.title}]
    program.results.grab()  # painted with both marks

    server.stop()
    rest = type_query(program, qtbot, "green")
    assert {hit.found_in for hit in rest} == {("This computer",)}
    assert both.title in both.said.splitlines()[1]
    with qtbot.waitSignal(program.search.answered, timeout=20_000):
        qtbot.mouseClick(both.button("Retry"), Qt.MouseButton.LeftButton)
    assert program.results.hits() == rest
    assert both.title in both.said.splitlines()[1]
    assert PreferencesStore(both.hands.folders.preferences_file).load().search_all_libraries


def test_a_saved_search_leads_to_the_libraries_that_it_asks(
    both: Both, footage: Clip, qtbot: QtBot, server: EngineChild
) -> None:
    assert server.wait_indexed(server.add_in_place(footage.path))["status"] == "PARSE"
    program, memory = both.program, both.program.services.memory
    memory.save("there", SearchQuery("green", Scope.SEEN), (server.url,), None)
    memory.save("everywhere", SearchQuery("green", Scope.SEEN), (), None)
    program.memory.saved.start()
    popup = program.memory.saved.popup
    qtbot.waitUntil(lambda: popup.view.titles == ["everywhere", "there"])

    def run(row: int) -> tuple[str, bool]:
        qtbot.keyClick(program.window, Qt.Key.Key_S, CONTROL | SHIFT)
        qtbot.waitUntil(popup.isVisible)
        popup.view.setCurrentIndex(popup.view.model().index(row, 0))
        with qtbot.waitSignal(program.search.answered, timeout=30_000):
            QTest.keyClick(popup.view, Qt.Key.Key_Return)
        return program.switch.library.library_id, program.switch.asks_all

    assert run(0) == ("local", True)
    assert {hit.found_in for hit in program.results.hits()} == {(both.title,)}
    assert run(1) == (server.url, False)
    assert {hit.found_in for hit in program.results.hits()} == {()}
    assert [hit.library_id for hit in program.results.hits()] == [server.url]
    program.search_pane.clear()
    both.choose("This computer")  # what was cleared in another library is not brought back into this one
    QTest.keyClick(query_field(program), Qt.Key.Key_Z, CONTROL)
    assert program.search_pane.query().words == ""


def test_an_answer_that_was_paid_for_is_marked_with_its_time_and_refreshed_on_demand(
    server: EngineChild, profile: Folders, qtbot: QtBot, footage: Clip, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert server.wait_indexed(server.add_in_place(footage.path))["status"] == "PARSE"
    stand_in(server, profile, monkeypatch)
    with active_window(profile, qtbot) as program:
        qtbot.waitUntil(lambda: not program.switch.library.is_local, timeout=20_000)
        both = Both(program, qtbot, server, Studio(qtbot, server, profile))
        hits = type_query(program, qtbot, "green")
        assert both.said == f"memories.ai {len(hits)} (about $0.0002)"  # two searches
    with active_window(profile, qtbot) as program:  # also after a restart
        qtbot.waitUntil(lambda: not program.switch.library.is_local, timeout=20_000)
        both = Both(program, qtbot, server, Studio(qtbot, server, profile))
        assert type_query(program, qtbot, "green") == hits
        assert both.said.startswith("From ")
        with qtbot.waitSignal(program.search.answered, timeout=20_000):
            qtbot.keyClick(program.window, Qt.Key.Key_F5)
        assert both.said.startswith("memories.ai ")
        program.uploads.became_searchable.emit(UploadItem(1, "memories.ai", footage.path, MediaKind.VIDEO))
        server.stop()  # what is kept needs nobody
        qtbot.waitUntil(lambda: type_query(program, qtbot, "green") == hits and "out of date" in both.said)
        with qtbot.waitSignal(program.search.failed, timeout=20_000):
            qtbot.mouseClick(both.button("Refresh"), Qt.MouseButton.LeftButton)


def test_what_many_searches_cost_is_said_before_they_are_asked(
    server: EngineChild, profile: Folders, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(server, profile, monkeypatch)
    with active_window(profile, qtbot) as program:
        qtbot.waitUntil(lambda: not program.switch.library.is_local, timeout=20_000)
        field = query_field(program)

        def told() -> str:
            labels = program.search_pane.findChildren(QLabel)
            return next(each.text() for each in labels if each.accessibleName() == "What the search costs")

        def typed(words: str) -> None:
            field.setFocus()
            field.selectAll()
            qtbot.keyClicks(field, words)

        typed("boat")
        assert told() == ""  # two searches, as always
        typed("boat -night")
        qtbot.waitUntil(lambda: told() == "Up to 4 searches, each charged by memories.ai: about $0.0004.")
        typed("boat")
        qtbot.keyClick(field, Qt.Key.Key_6, CONTROL)
        price = "Up to 6 searches, each charged by memories.ai: about $0.0006. One platform alone takes 2."
        qtbot.waitUntil(lambda: told() == price)
        box = next(each for each in program.search_pane.findChildren(QComboBox) if each.accessibleName() == "Platform")
        qtbot.keyClick(box, Qt.Key.Key_Down)
        assert (box.currentText(), told()) == ("TikTok", "")
        qtbot.keyClick(box, Qt.Key.Key_Up)
        assert told() == price
        both = Both(program, qtbot, server, Studio(qtbot, server, profile))
        both.choose("This computer")
        qtbot.waitUntil(lambda: told() == "")
        both.hands.click_menu(program, "Search all my libraries (memories.ai charges for each search)")
        qtbot.waitUntil(lambda: told() == price)
