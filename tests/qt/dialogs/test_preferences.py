from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import keyring
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QLabel, QLineEdit, QPushButton

from desktop_search.core.handles import Handles, HandleUnit
from desktop_search.ui.dialogs.preferences_controller import PreferencesController
from desktop_search.ui.dialogs.preferences_dialog import PreferencesDialog
from tests.qt.library.conftest import KEY, Desk


@pytest.fixture
def controller(desk: Desk) -> PreferencesController:
    return PreferencesController(desk.runner, desk.preferences, desk.libraries, desk.folders, desk.window)


@pytest.fixture
def opened(desk: Desk, controller: PreferencesController) -> Callable[[], PreferencesDialog]:
    def open_it() -> PreferencesDialog:
        controller.open()
        desk.qtbot.waitUntil(lambda: controller.dialog is not None and controller.dialog.isVisible())
        assert controller.dialog is not None
        return controller.dialog

    return open_it


def test_a_theme_applies_and_is_kept_at_once(
    desk: Desk, controller: PreferencesController, opened: Callable[[], PreferencesDialog]
) -> None:
    dialog = opened()
    dialog.theme_box.setFocus()
    with desk.qtbot.waitSignal(controller.theme_changed) as changed:
        QTest.keyClick(dialog.theme_box, Qt.Key.Key_Down)
    assert changed.args == ["light"]
    desk.qtbot.waitUntil(lambda: desk.preferences.load().theme == "light")


def test_a_language_is_kept_and_holds_from_the_next_start(
    desk: Desk, controller: PreferencesController, opened: Callable[[], PreferencesDialog]
) -> None:
    choice = opened().language
    assert [choice.box.itemText(place) for place in range(3)] == ["As the system", "English", "Deutsch"]
    assert (choice.box.currentData(), choice.note.isVisible()) == ("", False)
    choice.box.setFocus()
    QTest.keyClick(choice.box, Qt.Key.Key_End)
    desk.qtbot.waitUntil(lambda: desk.preferences.load().language == "de")
    assert "next start" in choice.note.text()
    QTest.keyClick(choice.box, Qt.Key.Key_Home)
    assert not choice.note.isVisible()
    desk.qtbot.waitUntil(lambda: desk.preferences.load().language == "")


def test_announcements_are_switched_off_at_once_and_for_good(
    desk: Desk, controller: PreferencesController, opened: Callable[[], PreferencesDialog]
) -> None:
    dialog = opened()
    assert dialog.notify_box.isChecked()
    dialog.notify_box.setFocus()
    with desk.qtbot.waitSignal(controller.notify_changed) as changed:
        QTest.keyClick(dialog.notify_box, Qt.Key.Key_Space)
    assert changed.args == [False]
    desk.qtbot.waitUntil(lambda: not desk.preferences.load().notify)
    dialog.close()
    desk.qtbot.waitUntil(lambda: controller.dialog is None)
    assert not opened().notify_box.isChecked()


def test_what_is_remembered_of_searches_is_switched_off_at_once(
    desk: Desk, controller: PreferencesController, opened: Callable[[], PreferencesDialog]
) -> None:
    dialog = opened()
    dialog.pages.setCurrentWidget(dialog.search)
    dialog.search.keep_box.setFocus()
    with desk.qtbot.waitSignal(controller.keep_answers_changed) as changed:
        QTest.keyClick(dialog.search.keep_box, Qt.Key.Key_Space)
    assert changed.args == [False]
    QTest.keyClick(dialog.search.remember_box, Qt.Key.Key_Space)
    desk.qtbot.waitUntil(lambda: not desk.preferences.load().recent_searches)
    assert not desk.preferences.load().keep_answers


def test_how_video_is_drawn_and_decoded_is_kept(
    desk: Desk, controller: PreferencesController, opened: Callable[[], PreferencesDialog]
) -> None:
    page = opened().player
    assert (page.way_box.currentData(), page.hardware_box.isChecked()) == ("automatic", True)
    opened().pages.setCurrentWidget(page)
    page.way_box.setFocus()
    QTest.keyClick(page.way_box, Qt.Key.Key_End)
    QTest.keyClick(page.hardware_box, Qt.Key.Key_Space)
    desk.qtbot.waitUntil(lambda: desk.preferences.load().picture_way == "painted")
    desk.qtbot.waitUntil(lambda: not desk.preferences.load().hardware_decoding)


def test_handles_are_kept_and_told(
    desk: Desk, controller: PreferencesController, opened: Callable[[], PreferencesDialog]
) -> None:
    page = opened().player
    assert page.handles_spin.value() == 12
    opened().pages.setCurrentWidget(page)
    told: list[Handles] = []
    controller.handles_changed.connect(told.append)
    page.handles_spin.selectAll()
    QTest.keyClicks(page.handles_spin, "3")
    QTest.keyClick(page.handles_unit, Qt.Key.Key_End)
    chosen = Handles(3, HandleUnit.SECONDS)
    desk.qtbot.waitUntil(lambda: desk.preferences.load().handles == chosen)
    assert told[-1] == chosen


def test_numbers_stand_off_the_edge_of_their_fields(opened: Callable[[], PreferencesDialog]) -> None:
    spins = opened().findChildren(QAbstractSpinBox)
    assert {spin.lineEdit().textMargins().left() for spin in spins} == {5}


def test_servers_and_keys_are_a_click_away(
    desk: Desk, controller: PreferencesController, opened: Callable[[], PreferencesDialog]
) -> None:
    dialog = opened()
    with desk.qtbot.waitSignal(controller.servers_asked):
        QTest.mouseClick(dialog.servers, Qt.MouseButton.LeftButton)
    with desk.qtbot.waitSignal(controller.keys_asked):
        QTest.mouseClick(dialog.all_keys, Qt.MouseButton.LeftButton)


def test_keys_show_only_enough_to_recognise_them(
    desk: Desk, controller: PreferencesController, opened: Callable[[], PreferencesDialog]
) -> None:
    keyring.set_password("Desktop Search", "memories.ai", KEY)
    dialog = opened()

    def words() -> list[str]:
        return [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]

    desk.qtbot.waitUntil(lambda: "memories.ai: sk-mavi-…1a2b" in words())
    assert not any(KEY in text for text in words())
    buttons = {button.accessibleName(): button for button in dialog.findChildren(QPushButton) if button.isVisible()}
    with desk.qtbot.waitSignal(controller.key_asked) as asked:
        QTest.mouseClick(buttons["Key for memories.ai"], Qt.MouseButton.LeftButton)
    assert asked.args == ["memories.ai"]


def test_the_dialog_grows_with_what_is_said_in_it(desk: Desk, opened: Callable[[], PreferencesDialog]) -> None:
    dialog = opened()
    desk.qtbot.waitUntil(lambda: any("no key" in label.text() for label in dialog.findChildren(QLabel)))

    def fits() -> bool:
        layout = dialog.layout()
        return layout is not None and dialog.height() >= layout.totalHeightForWidth(dialog.width())

    desk.qtbot.waitUntil(fits)
    folders = [field for field in dialog.findChildren(QLineEdit) if field.isReadOnly()]
    assert all(upper.geometry().bottom() < lower.geometry().top() for upper, lower in pairwise(folders))


def test_the_folders_are_shown_and_the_dialog_opens_once(
    desk: Desk, controller: PreferencesController, opened: Callable[[], PreferencesDialog]
) -> None:
    dialog = opened()
    shown = [field.text() for field in dialog.findChildren(QLineEdit)]
    assert str(desk.folders.data) in shown
    controller.open()
    assert controller.dialog is dialog
    with desk.qtbot.waitSignal(dialog.destroyed):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert controller.dialog is None
