"""Every control of the composed window: reachable by Tab, named for a screen reader, and large enough for its text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.query import SearchFilters, SearchQuery, Strictness
from desktop_search.ui.style.theme import Theme, apply_theme
from tests.clips import Clip
from tests.e2e.conftest import wait_until_done

pytestmark = pytest.mark.display

_CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)
_EDGES_PX = 4  # border and a little air
_SIZES = [(1024, 640), (1440, 900)]


def controls(program: Composition) -> list[QWidget]:
    """What a user can act on now; the inner parts of compound controls belong to those."""
    return [
        widget
        for widget in program.window.findChildren(QWidget)
        if isinstance(widget, _CONTROLS)
        and widget.isVisible()
        and not isinstance(widget, QScrollBar)
        and not isinstance(widget.parent(), QComboBox | QAbstractSpinBox | QLineEdit)
        and not widget.objectName().startswith("qt_")
    ]


def named(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text


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
    opener = next(button for button in controls(program) if button.accessibleName() == "Filters")
    assert isinstance(opener, QToolButton)
    opener.setChecked(True)
    return program


def test_every_control_has_a_name(busy: Composition) -> None:
    nameless = [type(widget).__name__ for widget in controls(busy) if not named(widget)]
    assert nameless == []
    assert len(controls(busy)) > 30


def test_every_control_is_reached_by_tab(busy: Composition, qtbot: QtBot) -> None:
    wanted = {widget for widget in controls(busy) if widget.isEnabled() and not isinstance(widget, QScrollArea)}
    reached = set(walk(busy, qtbot))
    missed = sorted(named(widget) for widget in wanted - reached)
    assert missed == []


def walk(program: Composition, qtbot: QtBot) -> Iterator[QWidget]:
    """Press Tab until it comes round; what got the focus on the way, with one of several exclusive buttons for all."""
    program.search_pane.focus_field()
    first = QApplication.focusWidget()
    here: QWidget | None = first
    for _step in range(200):
        if here is None:
            return
        yield here
        group = here.group() if isinstance(here, QAbstractButton) else None
        if group is not None:
            yield from group.buttons()
        qtbot.keyClick(here, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        if here is first:
            return
    pytest.fail("Tab never came round")


def test_tab_goes_from_the_query_through_the_choices_to_the_results(busy: Composition, qtbot: QtBot) -> None:
    names = [named(widget) for widget in walk(busy, qtbot)]
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
    qtbot.waitUntil(lambda: busy.window.width() == width, timeout=5000)
    QApplication.processEvents()
    cut = [what for widget in busy.window.findChildren(QWidget) for what in cut_off(widget)]
    apply_theme(app, Theme.DARK)
    assert cut == []


def cut_off(widget: QWidget) -> Iterator[str]:
    """Says of a visible button or label that its text does not fit into it."""
    if not widget.isVisible() or _scrolls(widget):
        return
    if isinstance(widget, QPushButton | QToolButton) and widget.text():
        wide, high = widget.sizeHint().width(), widget.fontMetrics().height() + _EDGES_PX
        if widget.width() < wide or widget.height() < high:
            yield f"{widget.text()}: {widget.size()} < {wide}x{high}"
    elif isinstance(widget, QLabel) and widget.text():
        high = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
        wide = 0 if widget.wordWrap() else widget.minimumSizeHint().width()
        if widget.height() < high or widget.width() < wide:
            yield f"{widget.text()}: {widget.size()} < {wide}x{high}"


def _scrolls(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def test_the_start_page_says_how_far_the_footage_is(program: Composition, footage: Clip, qtbot: QtBot) -> None:
    def heading() -> str:
        labels = program.results.findChildren(QLabel)
        return next((label.text() for label in labels if label.property("role") == "heading"), "")

    assert heading() == "Find the shot you remember"
    program.uploads.add_paths([footage.path])
    qtbot.waitUntil(lambda: heading() == "Your footage is being indexed", timeout=20_000)
    wait_until_done(qtbot, program, 1)
    qtbot.waitUntil(lambda: heading() == "Ready to search", timeout=5000)
