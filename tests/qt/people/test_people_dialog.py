"""The dialog of people: what it asks for, and what it shows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_search.core.people import Face, PeopleState, Person
from desktop_search.models.people_model import PICTURE_PX
from desktop_search.ui.people.people_dialog import PeopleDialog
from tests.support.focus import wait_active

pytestmark = pytest.mark.display

ANNA, NOBODY, BEN = Person(1, "Anna", 3, 2, 11), Person(2, "", 1, 1, 12), Person(3, "Ben", 2, 1, 13)
STATE = PeopleState(is_on=True, has_models=True, done=4, total=4, people=(ANNA, BEN, NOBODY))
FACES = (Face(11, "VI1", "one\nline", "default", 2000), Face(14, "VI2", "two", "default", 0))


@pytest.fixture
def dialog(qtbot: QtBot) -> PeopleDialog:
    dialog = PeopleDialog()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show_state(STATE)
    dialog.show()
    dialog.activateWindow()
    wait_active(qtbot, dialog)
    return dialog


def choose(dialog: PeopleDialog, *rows: int) -> None:
    selection = dialog.people_view.selectionModel()
    selection.clearSelection()
    for row in rows:
        selection.select(dialog.people.index(row, 0), selection.SelectionFlag.Select)


def test_a_name_is_written_in_place(dialog: PeopleDialog, qtbot: QtBot) -> None:
    choose(dialog, 2)
    assert dialog.people.index(2, 0).data() == "1 face"
    dialog.name.click()
    (field,) = dialog.people_view.findChildren(QLineEdit)
    qtbot.keyClicks(field, " Carla  Ruiz")
    with qtbot.waitSignal(dialog.rename_asked) as asked:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert asked.args == [2, "Carla Ruiz"]


def test_news_do_not_take_away_a_name_that_is_being_written(dialog: PeopleDialog, qtbot: QtBot) -> None:
    dialog.show_state(replace(STATE, people=(NOBODY,)))  # of a single row Qt would fill the field again
    choose(dialog, 0)
    dialog.name.click()
    (field,) = dialog.people_view.findChildren(QLineEdit)
    qtbot.keyClicks(field, "Carla")
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    dialog.put_pictures({12: picture})
    dialog.show_state(replace(STATE, people=(replace(NOBODY, faces=2),)))
    dialog.show_state(STATE)
    assert dialog.people.rowCount() == 3
    qtbot.keyClicks(field, " R")
    with qtbot.waitSignal(dialog.rename_asked) as asked:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert asked.args == [2, "Carla R"]
    assert dialog.people.missing_pictures() == [11, 13]


def test_the_place_of_the_keys_and_chosen_faces_outlive_news(dialog: PeopleDialog) -> None:
    dialog.people_view.setCurrentIndex(dialog.people.index(1, 0))
    dialog.show_faces(3, FACES)
    selection = dialog.faces_view.selectionModel()
    selection.select(dialog.faces.index(1, 0), selection.SelectionFlag.Select)
    dialog.show_state(replace(STATE, people=(NOBODY, replace(ANNA, faces=4), replace(BEN, faces=3))))
    dialog.show_faces(3, (Face(15, "VI3", "new", "default", 0), *FACES))
    assert dialog.people_view.currentIndex().row() == 2
    assert [index.row() for index in selection.selectedIndexes()] == [2]
    assert dialog.split.isEnabled()
    dialog.show_faces(3, FACES[:1])
    assert not dialog.split.isEnabled()
    dialog.show_state(replace(STATE, people=(ANNA,)))  # nobody is chosen any more
    assert (dialog.chosen_people, dialog.faces.rowCount()) == ((), 0)


def test_people_are_merged_by_the_button_and_by_dropping_one_on_another(dialog: PeopleDialog, qtbot: QtBot) -> None:
    choose(dialog, 0, 2)
    with qtbot.waitSignal(dialog.merge_asked) as asked:
        dialog.merge.click()
    assert asked.args == [1, [2]]
    dragged = dialog.people.mimeData([dialog.people.index(2, 0), dialog.people.index(1, 0)])
    with qtbot.waitSignal(dialog.merge_asked) as asked:
        dialog.people.dropMimeData(dragged, Qt.DropAction.MoveAction, -1, -1, dialog.people.index(1, 0))
    assert asked.args == [3, [2]]
    onto = QPointF(dialog.people_view.visualRect(dialog.people.index(1, 0)).center())
    how = Qt.DropAction.MoveAction, dragged, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(dialog.merge_asked) as asked:
        for event in (QDragEnterEvent(onto.toPoint(), *how), QDropEvent(onto, *how)):
            QApplication.sendEvent(dialog.people_view.viewport(), event)
    assert asked.args == [3, [2]]
    calls: list[Any] = []
    dialog.merge_asked.connect(lambda *args: calls.append(args))
    for data, target in ((dragged, QModelIndex()), (QMimeData(), dialog.people.index(0, 0))):
        assert not dialog.people.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, target)
    assert calls == []
    assert dialog.people.rowCount() == 3


def test_faces_of_the_chosen_one_are_split_off_forgotten_or_shown(dialog: PeopleDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.person_chosen) as asked:
        choose(dialog, 0)
    assert asked.args == [1]
    dialog.show_faces(3, FACES)  # of somebody else: it came too late
    assert dialog.faces.rowCount() == 0
    dialog.show_faces(1, FACES)
    assert dialog.faces.index(0, 0).data() == "one line"
    selection = dialog.faces_view.selectionModel()
    selection.select(dialog.faces.index(1, 0), selection.SelectionFlag.Select)
    for button, signal in ((dialog.split, dialog.split_asked), (dialog.remove, dialog.remove_asked)):
        with qtbot.waitSignal(signal) as taken:
            button.click()
        assert taken.args == [[14]]
    selection.select(dialog.faces.index(0, 0), selection.SelectionFlag.Select)
    assert not dialog.split.isEnabled()  # all of them are nobody else
    dialog.faces_view.setCurrentIndex(dialog.faces.index(0, 0))
    dialog.faces_view.setFocus()
    with qtbot.waitSignal(dialog.moment_asked) as shown:
        qtbot.keyClick(dialog.faces_view, Qt.Key.Key_Return)
    assert (shown.args[0].video_no, shown.args[0].start_ms) == ("VI1", 2000)


def test_a_choice_and_pictures_outlive_news(dialog: PeopleDialog) -> None:
    choose(dialog, 1)
    dialog.show_faces(3, FACES)
    dialog.faces_view.setCurrentIndex(dialog.faces.index(1, 0))
    asked: list[int] = []
    dialog.person_chosen.connect(asked.append)
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    assert dialog.people.missing_pictures() == [11, 13, 12]
    dialog.put_pictures({13: picture})
    dialog.show_state(PeopleState(is_on=True, has_models=True, done=4, total=5, people=(NOBODY, BEN)))
    assert [each.person_id for each in dialog.chosen_people] == [3]
    dialog.show_faces(3, FACES)
    assert dialog.faces_view.currentIndex().row() == 1
    assert asked == []
    assert dialog.people.index(1, 0).data(Qt.ItemDataRole.DecorationRole) is not None
    assert dialog.people.missing_pictures() == [12]
    with_name = dialog.search.isEnabled()
    choose(dialog, 0)
    assert (with_name, dialog.search.isEnabled()) == (True, False)


def test_everything_is_forgotten_only_after_a_second_word(dialog: PeopleDialog, qtbot: QtBot) -> None:
    asked: list[bool] = []
    dialog.delete_asked.connect(lambda: asked.append(True))
    dialog.delete.click()
    assert dialog.strip.isVisible()
    qtbot.waitUntil(dialog.strip.keep.hasFocus)
    QTest.keyClick(dialog.strip.keep, Qt.Key.Key_Escape)
    assert not dialog.strip.isVisible()
    assert dialog.isVisible()
    dialog.delete.click()
    dialog.strip.delete.click()
    assert asked == [True]


@pytest.mark.parametrize(
    ("state", "can_switch", "words"),
    [
        (PeopleState(), False, ""),
        (PeopleState(has_models=True), True, ""),
        (PeopleState(is_on=True), True, "No face was found yet."),
        (
            PeopleState(is_on=True, has_models=True, done=1, total=1200),
            True,
            "1 of 1,200 clips and images looked through",
        ),
        (PeopleState(has_models=True, people=(ANNA,)), True, "Switched off"),
        (STATE, True, "3 people"),
    ],
)
def test_it_says_what_is_needed_and_how_far_it_is(
    dialog: PeopleDialog, state: PeopleState, can_switch: bool, words: str
) -> None:
    dialog.show_state(state)
    assert dialog.switch.isEnabled() is can_switch
    assert dialog.switch.isChecked() is state.is_on
    assert dialog.models.isVisible() is not state.has_models
    assert words in dialog._state.text()
    assert dialog.delete.isEnabled() is bool(state.people)


def test_where_nobody_is_it_says_so(dialog: PeopleDialog) -> None:
    notes = [view.viewport().findChildren(QLabel)[0] for view in (dialog.people_view, dialog.faces_view)]
    assert [note.isVisible() for note in notes] == [False, True]
    assert notes[1].geometry().center().y() == dialog.faces_view.viewport().rect().center().y()
    choose(dialog, 0)
    dialog.show_faces(1, FACES)
    assert not notes[1].isVisible()
    dialog.show_state(PeopleState(is_on=True, has_models=True))
    assert notes[0].isVisible()
    assert "Nobody was found" in notes[0].text()
    dialog.show_state(PeopleState(has_models=True))
    assert "Nobody is looked for" in notes[0].text()


def test_pictures_that_come_later_have_room_with_their_words(dialog: PeopleDialog) -> None:
    choose(dialog, 0)
    dialog.show_faces(1, FACES)
    views = (dialog.people_view, dialog.faces_view)
    line_px = dialog.fontMetrics().height()
    assert all(view.visualRect(view.model().index(0, 0)).height() >= PICTURE_PX + line_px for view in views)
    dialog.put_pictures({each: QImage(112, 112, QImage.Format.Format_RGB32) for each in (11, 12, 13, 14)})
    assert all(view.visualRect(view.model().index(0, 0)).height() >= PICTURE_PX + line_px for view in views)
