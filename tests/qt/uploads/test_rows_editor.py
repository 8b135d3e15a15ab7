from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_search.core.details_change import KEEP, DetailsChange
from desktop_search.core.footage import FootageDetails
from desktop_search.core.uploads import UploadItem, UploadState
from desktop_search.ui.uploads.rows_editor import RowsEditor
from desktop_search.ui.uploads.tag_chips import TagChips
from desktop_search.ui.uploads.taken_field import TakenField
from desktop_search.ui.uploads.uploads_pane import UploadsPane
from tests.qt.uploads.conftest import row
from tests.support.focus import wait_active, wait_exposed

NOON = datetime(2026, 7, 14, 12, 0)  # noqa: DTZ001 - wall time in UTC by contract
FIRST = FootageDetails(tags=("harbour", "day 3"), camera="X100", taken=NOON, latitude=53.5, longitude=9.9)
SECOND = FootageDetails(tags=("harbour", "night"), camera="A7", taken=NOON)

Open = Callable[..., RowsEditor]


@pytest.fixture
def edit(qtbot: QtBot, pane: UploadsPane) -> Open:
    """Chooses all rows of the pane and opens the editor by its key."""

    def open_editor(*items: UploadItem) -> RowsEditor:
        pane.set_items(items)
        pane.view.selectAll()
        QTest.keyClick(pane.view, Qt.Key.Key_E)
        editor = next(each for each in pane.findChildren(RowsEditor) if each.isVisible())
        wait_exposed(qtbot, editor)
        return editor

    return open_editor


def saved(qtbot: QtBot, pane: UploadsPane, editor: RowsEditor) -> tuple[tuple[int, ...], DetailsChange]:
    with qtbot.waitSignal(pane.details_asked) as asked, qtbot.waitSignal(editor.destroyed):
        press_save(editor)
    assert asked.args is not None
    return asked.args[0], asked.args[1]


def press_save(editor: RowsEditor) -> None:
    save = next(button for button in editor.findChildren(QPushButton) if button.text() == "Save")
    QTest.mouseClick(save, Qt.MouseButton.LeftButton)


def type_over(editor: RowsEditor, name: str, text: str) -> None:
    field = editor.fields.field(name)
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)


def chips(inside: QWidget) -> dict[str, QToolButton]:
    return {chip.text(): chip for chip in inside.findChildren(QToolButton) if chip.property("role") == "chip"}


def test_what_differs_is_said_and_kept(qtbot: QtBot, pane: UploadsPane, edit: Open) -> None:
    editor = edit(replace(row(1), details=FIRST), replace(row(2), details=SECOND))
    assert editor.fields.field("camera").text() == ""
    assert editor.fields.field("camera").placeholderText() == "several"
    assert set(chips(editor)) == {"harbour", "day 3 (1 of 2)", "night (1 of 2)"}
    assert saved(qtbot, pane, editor) == ((1, 2), DetailsChange())


def test_what_is_typed_goes_to_all_and_tags_are_added_and_taken_away(
    qtbot: QtBot, pane: UploadsPane, edit: Open
) -> None:
    editor = edit(replace(row(1), details=FIRST), replace(row(2), details=SECOND))
    type_over(editor, "namespace", "field-work")
    QTest.keyClicks(editor.fields.field("tags"), "boats, night,")
    QTest.mouseClick(chips(editor)["day 3 (1 of 2)"], Qt.MouseButton.LeftButton)
    _ids, change = saved(qtbot, pane, editor)
    assert change == DetailsChange(
        namespace="field-work", tags_added=("boats", "night"), tags_removed=("day 3",), camera=KEEP
    )


def test_what_is_emptied_by_hand_is_taken_away(qtbot: QtBot, pane: UploadsPane, edit: Open) -> None:
    editor = edit(replace(row(1), details=FIRST))
    for name in ("camera", "taken", "latitude", "longitude"):
        type_over(editor, name, "")
    _ids, change = saved(qtbot, pane, editor)
    assert change == DetailsChange(camera="", taken=None, place=None)


def test_rows_that_were_sent_are_left_out_and_named(qtbot: QtBot, pane: UploadsPane, edit: Open) -> None:
    editor = edit(row(1, UploadState.SENDING), row(2), row(3, UploadState.SEARCHABLE))
    assert editor.left_out == "clip 1.mp4, clip 3.mp4 were sent already and keep their details."
    type_over(editor, "camera", "X100")
    assert saved(qtbot, pane, editor) == ((2,), DetailsChange(camera="X100"))


def test_nothing_opens_for_rows_that_were_sent(pane: UploadsPane) -> None:
    pane.set_items([row(1, UploadState.SENDING)])
    pane.view.selectAll()
    QTest.keyClick(pane.view, Qt.Key.Key_E)
    assert not pane.findChildren(RowsEditor)
    menu = pane.view.menu_for_chosen()
    assert menu is not None
    entry = next(action for action in menu.actions() if action.text().startswith("Edit"))
    assert not entry.isEnabled()
    assert "have been sent" in entry.toolTip()
    menu.close()


@pytest.mark.parametrize(
    ("name", "text", "problem_at", "words"),
    [
        ("namespace", " ", "namespace", "cannot be empty"),
        ("taken", "noon", "taken", "2026-03-14 09:20:00"),
        ("latitude", "north", "latitude", "number of degrees"),
        ("latitude", "10", "longitude", "where the files differ"),
        ("camera", "x" * 201, "camera", "At most 200"),
        ("tags", ",".join(f"tag {number}" for number in range(20)), "tags", "clip 1.mp4: At most 20"),
    ],
)
def test_what_the_library_would_refuse_is_said_before(
    qtbot: QtBot, pane: UploadsPane, edit: Open, name: str, text: str, problem_at: str, words: str
) -> None:
    editor = edit(replace(row(1), details=FIRST), replace(row(2), details=SECOND))
    type_over(editor, name, text)
    with qtbot.assertNotEmitted(pane.details_asked):
        press_save(editor)
    assert words in editor.fields.problem(problem_at)
    with qtbot.waitSignal(editor.destroyed):
        editor.close()


def test_another_choice_takes_the_place_of_the_first(qtbot: QtBot, pane: UploadsPane, edit: Open) -> None:
    first = edit(row(1), row(2))
    with qtbot.waitSignal(first.destroyed):
        second = edit(row(3))
    assert "clip 3.mp4" in second.windowTitle()
    with qtbot.waitSignal(second.destroyed):
        QTest.keyClick(second, Qt.Key.Key_Escape)


@pytest.fixture
def taken(qtbot: QtBot) -> TakenField:
    field = TakenField()
    qtbot.addWidget(field)
    field.show()
    return field


@pytest.mark.parametrize(
    ("zone", "typed", "utc"),
    [
        ("UTC", "2026-03-14 09:20:00", "2026-03-14 09:20:00"),
        ("Europe/Berlin", "2026-03-14 09:20:00", "2026-03-14 08:20:00"),
        ("Europe/Berlin", "2026-07-14 09:20:00", "2026-07-14 07:20:00"),
        ("Asia/Kolkata", "2026-03-14 02:20:00", "2026-03-13 20:50:00"),
        ("America/St_Johns", "2026-12-31 23:00:00", "2027-01-01 02:30:00"),
    ],
)
def test_times_are_meant_in_the_chosen_zone_and_kept_as_utc(taken: TakenField, zone: str, typed: str, utc: str) -> None:
    taken.set_zone(zone)
    QTest.keyClicks(taken.entry, typed)
    assert str(taken.taken()) == utc
    assert taken.utc_words == ("" if zone == "UTC" else f"= {utc} UTC")


def test_an_hour_that_summer_time_leaves_out_is_no_time(taken: TakenField) -> None:
    taken.set_zone("Europe/Berlin")
    QTest.keyClicks(taken.entry, "2026-03-29 02:30:00")
    with pytest.raises(ValueError, match="no such time"):
        taken.taken()


def test_another_zone_converts_what_was_given_and_keeps_what_was_typed(taken: TakenField) -> None:
    taken.set_zone("UTC")
    taken.set_taken(NOON)
    taken.set_zone("Europe/Berlin")
    assert taken.entry.text() == "2026-07-14 14:00:00"
    assert taken.taken() == NOON
    taken.entry.selectAll()
    QTest.keyClicks(taken.entry, "2026-07-14 09:00:00")
    taken.set_zone("Asia/Tokyo")
    assert taken.entry.text() == "2026-07-14 09:00:00"
    assert str(taken.taken()) == "2026-07-14 00:00:00"


@pytest.fixture
def tags(qtbot: QtBot) -> TagChips:
    made = TagChips(lambda: {"harbour", "Night", "day 3"})
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    wait_active(qtbot, made)
    made.entry.setFocus()
    return made


def test_tags_used_before_are_offered_and_picked_by_keys(qtbot: QtBot, tags: TagChips) -> None:
    QTest.keyClicks(tags.entry, "ni")
    completer = tags.entry.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tags.entry.text() == "")
    assert tags.tags() == ("Night",)
    assert set(chips(tags)) == {"Night"}


def test_backspace_in_the_empty_field_takes_the_last_tag_away(tags: TagChips) -> None:
    QTest.keyClicks(tags.entry, "harbour,boats, ")
    assert tags.tags() == ("harbour", "boats")
    tags.entry.clear()
    QTest.keyClick(tags.entry, Qt.Key.Key_Backspace)
    assert tags.tags() == ("harbour",)


def test_tags_of_rows_and_of_the_library_are_used_before(pane: UploadsPane) -> None:
    pane.set_items([replace(row(1), details=FIRST), replace(row(2), details=SECOND)])
    pane.set_library_tags(["boats"])
    assert pane.used_tags() == {"harbour", "day 3", "night", "boats"}
