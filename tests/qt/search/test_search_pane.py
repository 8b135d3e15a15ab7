"""The search pane, driven by keys, clicks, pastes and drops."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_search.core.query import Scope, SearchFilters, SearchQuery, Strictness
from desktop_search.ui.search.search_pane import SearchPane
from tests.support.focus import wait_exposed

W = TypeVar("W", bound=QWidget)

EVERYTHING = SearchFilters(
    namespace="field-work",
    top_k=20,
    strictness=Strictness.HIGH,
    video_nos=("VI1", "VI2"),
    tag="harbour",
    cameras=("X100V",),
    taken_after=datetime(2026, 3, 1, 17, 42, 10),  # noqa: DTZ001 - wall time in UTC by the contract
    latitude=57.7,
    longitude=11.97,
)


@pytest.fixture
def pane(qtbot: QtBot) -> SearchPane:
    made = SearchPane()
    qtbot.addWidget(made)
    made.resize(800, 300)
    made.show()
    wait_exposed(qtbot, made)
    return made


def field(pane: SearchPane) -> QLineEdit:
    return named(pane, QLineEdit, "Search words")


def named(pane: QWidget, kind: type[W], name: str) -> W:
    return next(child for child in pane.findChildren(kind) if child.accessibleName() == name)


def test_enter_searches_for_the_words_in_the_scope(pane: SearchPane, qtbot: QtBot) -> None:
    qtbot.keyClicks(field(pane), "red ball")
    qtbot.mouseClick(named(pane, QAbstractButton, "Search what is said"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(pane.search_requested) as asked:
        qtbot.keyClick(field(pane), Qt.Key.Key_Return)
    assert asked.args == [SearchQuery("red ball", Scope.SAID)]


def test_an_empty_query_is_not_sent_and_says_why(pane: SearchPane, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(pane.search_requested):
        qtbot.keyClick(field(pane), Qt.Key.Key_Return)
    assert "Type what you are looking for." in shown_text(pane)


def test_every_parameter_goes_there_and_back(pane: SearchPane, qtbot: QtBot) -> None:
    query = SearchQuery("pier", Scope.SEEN, EVERYTHING)
    with qtbot.waitSignal(pane.search_requested) as asked:
        pane.run_query(query)
    assert asked.args == [query]


def test_a_chip_takes_its_filter_away(pane: SearchPane, qtbot: QtBot) -> None:
    pane.run_query(SearchQuery("pier", filters=EVERYTHING))
    qtbot.mouseClick(named(pane, QAbstractButton, "Remove filter camera: X100V"), Qt.MouseButton.LeftButton)
    assert pane.query().filters.cameras == ()
    assert pane.query().filters.tag == "harbour"


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("Place", "95, 11", "The latitude comes first"),
        ("Place", "48.8583", "Not a place."),
        ("Taken", "last wek", "Not understood."),
        ("Taken", "2026-02-30", "There is no day 2026-02-30."),
        ("Videos", "no video of this name", "No video is called that."),
        ("Videos", " ".join(f"VI{n}" for n in range(101)), "At most 100 videos."),
    ],
)
def test_a_wrong_filter_stops_the_search_and_is_shown(
    pane: SearchPane, qtbot: QtBot, name: str, text: str, problem: str
) -> None:
    qtbot.keyClicks(field(pane), "pier")
    control = named(pane, QLineEdit, name)
    control.setText(text)
    with qtbot.assertNotEmitted(pane.search_requested):
        qtbot.keyClick(field(pane), Qt.Key.Key_Return)
    assert control.isVisible()
    assert problem in shown_text(pane)


def test_a_namespace_may_not_be_empty(pane: SearchPane, qtbot: QtBot) -> None:
    named(pane, QComboBox, "Namespace").setCurrentText("  ")
    qtbot.keyClicks(field(pane), "pier")
    with qtbot.assertNotEmitted(pane.search_requested):
        qtbot.keyClick(field(pane), Qt.Key.Key_Return)


def test_a_dropped_picture_is_searched_by(pane: SearchPane, qtbot: QtBot, tmp_path: Path) -> None:
    picture = tmp_path / "a # 100% straße.png"
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture))])
    with qtbot.waitSignal(pane.search_requested) as asked:
        drop(field(pane), data)
    assert asked.args == [SearchQuery(scope=Scope.ALL, picture=picture)]
    qtbot.mouseClick(named(pane, QAbstractButton, "Remove the picture"), Qt.MouseButton.LeftButton)
    assert pane.query().picture is None
    assert field(pane).isVisible()


def test_a_pasted_image_without_a_file_is_handed_on(pane: SearchPane, qtbot: QtBot) -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    with qtbot.waitSignal(pane.image_given) as given:
        qtbot.keyClick(field(pane), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert given.args is not None
    assert given.args[0].size() == image.size()


def test_pasted_text_stays_text(pane: SearchPane, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("boat")
    qtbot.keyClick(field(pane), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field(pane).text() == "boat"


def test_while_busy_the_button_stops(pane: SearchPane, qtbot: QtBot) -> None:
    pane.set_busy(True)
    button = next(child for child in pane.findChildren(QAbstractButton) if child.text() == "Stop")
    with qtbot.waitSignal(pane.stop_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(pane.stop_requested):
        qtbot.keyClick(field(pane), Qt.Key.Key_Escape)


def test_down_goes_to_the_results(pane: SearchPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.list_requested):
        qtbot.keyClick(field(pane), Qt.Key.Key_Down)


def test_namespaces_are_offered_and_the_choice_stays(pane: SearchPane) -> None:
    box = named(pane, QComboBox, "Namespace")
    box.setCurrentText("mine")
    pane.filters.set_namespaces(("b", "a"))
    assert [box.itemText(row) for row in range(box.count())] == ["a", "b", "default"]
    assert box.currentText() == "mine"


def test_every_control_has_a_name(pane: SearchPane) -> None:
    pane.run_query(SearchQuery("pier", filters=EVERYTHING))
    for child in pane.findChildren(QWidget):
        if (
            child.isVisible()
            and child.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not child.objectName().startswith("qt_")
        ):
            button_text = child.text() if isinstance(child, QAbstractButton) else ""
            assert child.accessibleName() or button_text, child


def drop(target: QWidget, data: QMimeData) -> None:
    """A drop as Qt delivers it, from enter to let go."""
    place = QPoint(5, 5)
    enter = QDragEnterEvent(
        place, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    let_go = QDropEvent(
        QPointF(place), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(target, let_go)


def shown_text(pane: QWidget) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in pane.findChildren(QLabel) if label.isVisible())
