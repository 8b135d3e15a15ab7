"""Searches that are remembered, driven by keys: recent ones, saved ones with their new hits, and a cleared query."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.query import Scope, SearchFilters, SearchQuery
from desktop_search.core.uploads import UploadState
from desktop_search.settings.folders import Folders
from desktop_search.ui.search.saved_popup import SavedPopup
from tests.clips import Clip, Scene, make_clip
from tests.e2e.acting import drop, query_field, type_query
from tests.e2e.conftest import active_window, items, wait_until_done

pytestmark = pytest.mark.display
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifier)


def ask(program: Composition, qtbot: QtBot, query: SearchQuery) -> None:
    with qtbot.waitSignal(program.search.answered, timeout=20_000):
        program.search_pane.run_query(query)


def open_recent(program: Composition, qtbot: QtBot) -> QListView:
    popup = program.memory.recent.popup
    query_field(program).setFocus()
    press(query_field(program), Qt.Key.Key_Down, ALT)
    qtbot.waitUntil(popup.isVisible)
    return popup.view


def test_recent_searches_are_chosen_narrowed_deleted_and_switched_off_by_keys(
    program: Composition, profile: Folders, qtbot: QtBot
) -> None:
    popup = program.memory.recent.popup
    press(query_field(program), Qt.Key.Key_Down)  # below an empty field
    qtbot.waitUntil(popup.isVisible)
    assert popup.view.titles == []
    popup.grab()
    press(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    for words, scope in (("red ball", Scope.SEEN), ("harbour", Scope.SAID), ("red sky", Scope.ALL)):
        ask(program, qtbot, SearchQuery(words, scope, SearchFilters(tag="sea" if words == "harbour" else "")))

    view = open_recent(program, qtbot)
    assert popup.view.titles == ["red sky", "harbour", "red ball"]
    popup.grab()
    press(view, Qt.Key.Key_Down)
    with qtbot.waitSignal(program.search.answered):
        press(view, Qt.Key.Key_Return)
    assert program.search_pane.query() == SearchQuery("harbour", Scope.SAID, SearchFilters(tag="sea"))
    assert not popup.isVisible()

    _narrow_and_delete(program, qtbot)
    qtbot.mouseClick(popup.remembers, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not program.services.memory.remembers)
    press(popup, Qt.Key.Key_Escape)
    ask(program, qtbot, SearchQuery("secret"))
    open_recent(program, qtbot)
    assert popup.view.titles == ["harbour", "red sky"]
    qtbot.mouseClick(popup.clear, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: popup.view.titles == [])
    assert b"harbour" not in profile.preferences_file.read_bytes()
    popup.hide()


def _narrow_and_delete(program: Composition, qtbot: QtBot) -> None:
    """By what is typed into the open list."""
    popup, field, view = program.memory.recent.popup, query_field(program), open_recent(program, qtbot)
    assert popup.view.titles == ["harbour", "red sky", "red ball"]
    field.clear()
    QTest.keyClicks(view, "ball")
    assert (field.text(), popup.view.titles) == ("ball", ["red ball"])
    press(view, Qt.Key.Key_Backspace)
    QTest.keyClicks(popup, "x")
    assert (field.text(), popup.view.titles) == ("balx", [])
    press(popup, Qt.Key.Key_Backspace)
    assert popup.view.titles == ["red ball"]
    press(view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: popup.view.titles == [])
    assert [each.query.words for each in program.services.memory.recent()] == ["harbour", "red sky"]


def test_the_last_search_is_there_again_in_the_next_run_unless_that_is_switched_off(
    profile: Folders, qtbot: QtBot
) -> None:
    last = SearchQuery("harbour", Scope.SAID, SearchFilters(tag="sea"))
    with active_window(profile, qtbot) as program:
        ask(program, qtbot, last)
    with active_window(profile, qtbot) as program:
        qtbot.waitUntil(lambda: program.search_pane.query() == last)
        assert program.search.shown is None  # nobody was asked
        program.services.memory.set_remembers(False)
    with active_window(profile, qtbot) as program:
        program.memory.recent.open()
        qtbot.waitUntil(program.memory.recent.popup.isVisible)  # whatever was to be read before has been read
        assert program.search_pane.query().words == ""
        program.memory.recent.popup.hide()


def test_a_cleared_query_comes_back_with_its_list_and_nobody_is_asked(
    program: Composition, qtbot: QtBot, footage: Clip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(program.uploads_pane, footage.path)
    wait_until_done(qtbot, program, 1)
    field = query_field(program)
    query = SearchQuery("green", Scope.SEEN, SearchFilters(top_k=5))
    ask(program, qtbot, query)
    hits = program.results.hits()
    assert hits
    field.setFocus()
    press(field, Qt.Key.Key_Escape)
    assert program.search_pane.query() == SearchQuery(scope=Scope.SEEN)
    assert program.results.is_at_start
    monkeypatch.setattr(program.services.finder, "find", lambda *_: pytest.fail("asked"))
    QTest.keyClicks(field, "abc")
    for _ in range(2):  # first what was typed, then what was cleared
        press(field, Qt.Key.Key_Z, CONTROL)
    assert program.search_pane.query() == query
    assert program.results.hits() == hits
    press(field, Qt.Key.Key_Z, CONTROL)  # there is nothing else to bring back
    assert program.search_pane.query() == query


def test_the_picture_of_a_cleared_query_comes_back_too(program: Composition, qtbot: QtBot, tmp_path: Path) -> None:
    from PIL import Image

    picture = tmp_path / "ü # 1.png"
    Image.new("RGB", (64, 36), "red").save(picture)
    ask(program, qtbot, SearchQuery(picture=picture, scope=Scope.ALL))
    program.search_pane.clear()
    assert program.search_pane.query().picture is None
    press(query_field(program), Qt.Key.Key_Z, CONTROL)
    assert program.search_pane.query().picture == picture


def test_a_saved_search_counts_what_is_new_as_indexing_goes_on(
    program: Composition, profile: Folders, qtbot: QtBot, footage: Clip, tmp_path: Path
) -> None:
    drop(program.uploads_pane, footage.path)
    wait_until_done(qtbot, program, 1)
    assert items(program)[0].state is UploadState.SEARCHABLE, items(program)[0].cause
    type_query(program, qtbot, "green")
    popup = program.memory.saved.popup
    button = next(
        each for each in program.search_pane.findChildren(QToolButton) if each.accessibleName() == "Saved searches"
    )
    _save(popup, button, qtbot)
    second = make_clip(tmp_path / "take 2.mp4", [Scene(3, "green")], clip_id=11)
    drop(program.uploads_pane, second.path)
    wait_until_done(qtbot, program, 2)
    qtbot.waitUntil(lambda: button.text() == "1")
    (known,) = program.services.memory.saved()
    assert len(known.fresh) == 1
    popup.grab()

    program.search_pane.clear()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(program.search.answered):
        press(popup.view, Qt.Key.Key_Return)
    assert program.search_pane.query().words == "green"
    assert {hit.name for hit in program.results.hits()} >= {"take 2"}
    qtbot.waitUntil(lambda: button.text() == "")
    _rename_and_change(program, qtbot)
    qtbot.mouseClick(popup.count, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: button.text() == "1")  # never looked at: all of it is new
    popup.view.setFocus()
    press(popup.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: popup.view.titles == [])
    popup.hide()


def _save(popup: SavedPopup, button: QToolButton, qtbot: QtBot) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert popup.isVisible()
    assert popup.name.text() == "green"
    QTest.keyClicks(popup.name, "Meadows")
    press(popup.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: popup.view.titles == ["Meadows"])
    popup.grab()
    press(popup, Qt.Key.Key_Escape)


def _rename_and_change(program: Composition, qtbot: QtBot) -> None:
    popup = program.memory.saved.popup
    qtbot.keyClick(program.window, Qt.Key.Key_S, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(popup.isVisible)
    press(popup, Qt.Key.Key_F2)
    QTest.keyClicks(popup.name, "Fields")
    press(popup.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: popup.view.titles == ["Fields"])
    popup.name.setText("fields ")
    press(popup.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: popup.problem.text() == "There is a saved search “fields” already.")
    query_field(program).setText("red")
    qtbot.mouseClick(popup.update_it, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.services.memory.saved()[0].query.words == "red")


def test_the_picture_of_a_saved_search_outlives_the_file(profile: Folders, qtbot: QtBot, tmp_path: Path) -> None:
    from PIL import Image

    picture = tmp_path / "pasted.png"
    Image.new("RGB", (64, 36), "red").save(picture)
    with active_window(profile, qtbot) as program:
        memory = program.services.memory
        memory.save("by picture", SearchQuery(picture=picture), ("local",), None)
        picture.unlink()
        (kept,) = memory.saved()
        assert kept.query.picture is not None
        assert kept.query.picture.parent == profile.data / "searches"
        qtbot.waitUntil(lambda: program.memory.saved.popup.view.titles == [])
    with active_window(profile, qtbot) as program:
        popup = program.memory.saved.popup
        qtbot.waitUntil(lambda: popup.view.titles == ["by picture"])
        with qtbot.waitSignal(program.search.answered, timeout=20_000):
            popup.run.emit(kept.search_id)
        program.services.memory.remove(kept.search_id)
        assert list((profile.data / "searches").iterdir()) == []
