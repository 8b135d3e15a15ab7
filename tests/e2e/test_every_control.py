"""Every control of the composed window: reachable by Tab, named for a screen reader, and large enough for its text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QScrollArea,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.query import SearchFilters, SearchQuery, Strictness
from desktop_search.ui.style.theme import Theme, apply_theme
from tests.clips import Clip
from tests.e2e.acting import query_field
from tests.e2e.conftest import wait_until_done
from tests.support.controls import controls, looks_focused, named, texts_cut_off, walk

pytestmark = pytest.mark.display

_SIZES = [(1024, 640), (1440, 900)]


@pytest.fixture
def busy(program: Composition, qtbot: QtBot) -> Composition:
    """The window with as much as possible on show: filters, chips, a notice, details, every welcome button."""
    filters = SearchFilters(top_k=12, strictness=Strictness.LOW, tag="harbour", cameras=("X100",))
    with qtbot.waitSignal(program.search.answered, timeout=30_000):
        program.search_pane.run_query(SearchQuery("a boat", filters=filters))
    # The list of namespaces, which the search has added to, may still be on its way and end the welcome.
    qtbot.waitUntil(lambda: all(job.lane != "namespaces" for job in program.runner._running), timeout=30_000)
    program.results.show_welcome()
    program.uploads_pane.details_form.set_open(True)
    program.notices.show_warning("The disk is nearly full. Make room, then add the rest.")
    opener = next(button for button in controls(program.window) if button.accessibleName() == "Filters")
    assert isinstance(opener, QToolButton)
    opener.setChecked(True)
    return program


def test_every_control_has_a_name(busy: Composition) -> None:
    nameless = [type(widget).__name__ for widget in controls(busy.window) if not named(widget)]
    assert nameless == []
    assert len(controls(busy.window)) > 30


def test_every_control_is_reached_by_tab(busy: Composition, qtbot: QtBot) -> None:
    wanted = {widget for widget in controls(busy.window) if widget.isEnabled() and not isinstance(widget, QScrollArea)}
    reached = set(walk(query_field(busy), qtbot))
    missed = sorted(named(widget) for widget in wanted - reached)
    assert missed == []


def test_the_focus_is_seen_on_every_control(busy: Composition) -> None:
    query = query_field(busy)
    assert looks_focused(busy.player_pane, query)
    focusable = [each for each in controls(busy.window) if each.isEnabled() and takes_tab(each) and each is not query]
    unseen = sorted(named(widget) for widget in focusable if not looks_focused(widget, query))
    assert unseen == []


def takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def test_tab_goes_from_the_query_through_the_choices_to_the_results(busy: Composition, qtbot: QtBot) -> None:
    names = [named(widget) for widget in walk(query_field(busy), qtbot)]
    order = ["Search words", "Search what is seen", "Search by a picture", "Strictness", "Filters", "Namespace"]
    places = [names.index(name) for name in order]
    assert places == sorted(places)
    assert names.index("Namespace") < names.index("Add footage…")


@pytest.mark.parametrize("theme", [Theme.DARK, Theme.LIGHT])
@pytest.mark.parametrize(("width", "height"), _SIZES)
def test_no_text_is_cut_off(busy: Composition, qtbot: QtBot, theme: Theme, width: int, height: int) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, theme)
    busy.window.resize(width, height)
    qtbot.waitUntil(lambda: busy.window.width() == width)
    cut = texts_cut_off(busy.window, qtbot)
    apply_theme(app, Theme.DARK)
    assert cut == []


def test_the_start_page_says_how_far_the_footage_is(program: Composition, footage: Clip, qtbot: QtBot) -> None:
    def heading() -> str:
        labels = program.results.findChildren(QLabel)
        return next((label.text() for label in labels if label.property("role") == "heading"), "")

    assert heading() == "Find the shot you remember"
    program.uploads.add_paths([footage.path])
    qtbot.waitUntil(lambda: heading() == "Your footage is being indexed", timeout=20_000)
    wait_until_done(qtbot, program, 1)
    qtbot.waitUntil(lambda: heading() == "Ready to search")


def test_the_page_of_the_library_is_used_by_keys_and_cuts_nothing_off(program: Composition, qtbot: QtBot) -> None:
    page = program.items.page
    program.commands.run("view.library")
    page.bar.words.setFocus()
    here = [widget for widget in controls(program.window) if page.isAncestorOf(widget)]
    wanted = [widget for widget in here if widget.isEnabled() and takes_tab(widget)]
    assert len(wanted) >= 8
    assert [type(widget).__name__ for widget in here if not named(widget)] == []
    reached = set(walk(page.bar.words, qtbot))
    assert [named(widget) for widget in wanted if widget not in reached] == []
    assert [named(widget) for widget in wanted if not looks_focused(widget, query_field(program))] == []
    for width, height in _SIZES:
        program.window.resize(width, height)
        qtbot.waitUntil(lambda width=width: program.window.width() == width)  # type: ignore[misc]
        assert texts_cut_off(program.window, qtbot) == []
