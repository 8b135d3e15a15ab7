"""A box of choices that is offered others while the user chooses or types."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from desktop_search.ui.list_parts import refill

pytestmark = pytest.mark.display


def entries(names: str) -> list[tuple[str, object]]:
    return [(name.upper(), name) for name in names]


@pytest.fixture
def box(qtbot: QtBot) -> QComboBox:
    box = QComboBox()
    qtbot.addWidget(box)
    refill(box, entries("bdf"))
    return box


@pytest.mark.parametrize("names", ["abdef", "d", "fdb", "xdx", "bd", "dg"])
def test_what_is_chosen_stays_and_nobody_is_told(box: QComboBox, names: str) -> None:
    told: list[int] = []
    box.setCurrentIndex(1)
    box.currentIndexChanged.connect(told.append)
    refill(box, entries(names))
    assert [box.itemData(place) for place in range(box.count())] == list(names)
    assert (box.currentData(), box.currentText(), told) == ("d", "D", [])


def test_without_it_the_first_is_chosen(box: QComboBox) -> None:
    box.setCurrentIndex(1)
    refill(box, entries("ac"))
    assert box.currentData() == "a"


def test_what_is_marked_in_the_open_list_stays(box: QComboBox, qtbot: QtBot) -> None:
    box.show()
    box.showPopup()
    qtbot.waitUntil(box.view().isVisible)
    box.view().setCurrentIndex(box.model().index(2, 0))
    refill(box, entries("abdf"))
    assert box.view().currentIndex().data() == "F"
    box.hidePopup()


@pytest.mark.parametrize("names", ["abdf", "b", "df"])
def test_what_is_typed_stays(box: QComboBox, qtbot: QtBot, names: str) -> None:
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    field = box.lineEdit()
    assert field is not None
    field.setText("harbour")
    field.setSelection(1, 3)
    refill(box, entries(names))
    assert (box.currentText(), field.selectedText()) == ("harbour", "arb")
    field.deselect()
    field.setCursorPosition(2)
    refill(box, entries("x"))
    qtbot.keyClicks(field, "-")
    assert field.text() == "ha-rbour"
