from __future__ import annotations

import keyring
import keyring.backends.fail
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop_search.core.library import LOCAL_ID, MEMORIES_AI, THIS_COMPUTER, Library
from desktop_search.ui.dialogs.key_dialog import KeyDialog
from tests.qt.library.conftest import KEY, Desk


def enter_key(dialog: KeyDialog, key: str) -> None:
    dialog.field.clear()
    QTest.keyClicks(dialog.field, key)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)


def test_the_switch_says_what_is_private(desk: Desk) -> None:
    assert desk.switch.privacy == "Nothing leaves this computer"
    desk.switch.set_library(MEMORIES_AI)
    assert desk.switch.privacy == "Footage you add is sent to memories.ai"


def test_a_long_name_leaves_room_for_the_menus(desk: Desk) -> None:
    desk.switch.set_library(MEMORIES_AI)
    known = desk.switch.sizeHint().width()
    name = "Workstation upstairs " * 3
    desk.switch.set_library(Library("https://tower:8443", name, "https://tower:8443"))
    assert desk.switch.sizeHint().width() < known + 150
    assert desk.switch.privacy == f"Footage you add is sent to {name}"
    assert desk.switch.library.title == name


def test_a_library_without_a_key_asks_for_it_and_opens_once_it_is_checked_and_kept(desk: Desk) -> None:
    desk.controller.restore(LOCAL_ID)
    desk.choose(desk.custom)
    dialog = desk.dialog()
    assert desk.controller.library == THIS_COMPUTER
    with desk.qtbot.waitSignal(desk.controller.library_changed) as changed:
        enter_key(dialog, KEY)
    assert changed.args == [desk.custom]
    assert desk.switch.library == desk.custom
    assert keyring.get_password("Desktop Search", desk.custom.library_id) == KEY
    desk.wait_no_dialog()


def test_a_wrong_key_is_said_below_the_field_and_can_be_mended(desk: Desk) -> None:
    desk.controller.restore(LOCAL_ID)
    desk.choose(desk.custom)
    dialog = desk.dialog()
    enter_key(dialog, KEY[:-1])
    desk.qtbot.waitUntil(lambda: bool(dialog.problem))
    assert dialog.field.text() == KEY[:-1]
    assert not dialog.is_busy
    assert keyring.get_password("Desktop Search", desk.custom.library_id) is None
    with desk.qtbot.waitSignal(desk.controller.library_changed):
        QTest.keyClicks(dialog.field, KEY[-1])
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)


def test_giving_up_leads_back_to_the_library_before(desk: Desk) -> None:
    desk.controller.restore(LOCAL_ID)
    desk.choose(desk.custom)
    dialog = desk.dialog()
    with desk.qtbot.assertNotEmitted(desk.controller.library_changed):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        desk.wait_no_dialog()
    assert desk.switch.library == THIS_COMPUTER
    desk.choose(desk.custom)  # and it can be asked for again
    desk.dialog().reject()


def test_a_check_can_be_stopped_and_keeps_nothing(desk: Desk) -> None:
    desk.controller.restore(LOCAL_ID)
    desk.choose(desk.custom)
    dialog = desk.dialog()
    desk.server.released.clear()
    enter_key(dialog, KEY)
    desk.qtbot.waitUntil(lambda: desk.server.asked == 1)
    busy_before = dialog.is_busy
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert (busy_before, dialog.is_busy) == (True, False)
    assert dialog.isVisible()
    desk.server.released.set()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    desk.wait_no_dialog()
    assert desk.runner.shut_down() == []
    assert keyring.get_password("Desktop Search", desk.custom.library_id) is None


def test_a_kept_key_opens_the_library_at_once(desk: Desk) -> None:
    keyring.set_password("Desktop Search", desk.custom.library_id, KEY)
    with desk.qtbot.waitSignal(desk.controller.library_changed, check_params_cb=lambda got: got == desk.custom):
        desk.controller.restore(desk.custom.library_id)
    with desk.qtbot.waitSignal(desk.controller.library_changed) as changed:
        desk.choose(THIS_COMPUTER)
    assert changed.args == [THIS_COMPUTER]


def test_restoring_a_library_whose_key_is_gone_says_so_and_asks_nothing(desk: Desk) -> None:
    with desk.qtbot.waitSignal(desk.controller.noticed) as noticed:
        desk.controller.restore(desk.custom.library_id)
    assert noticed.args is not None
    assert "no key" in noticed.args[0]
    assert desk.switch.library == THIS_COMPUTER
    assert not desk.window.findChildren(KeyDialog)


def test_without_a_keyring_the_key_is_kept_for_this_run_and_that_is_said(desk: Desk) -> None:
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]
    desk.controller.restore(LOCAL_ID)
    desk.choose(desk.custom)
    with (
        desk.qtbot.waitSignal(desk.controller.noticed) as noticed,
        desk.qtbot.waitSignal(desk.controller.library_changed),
    ):
        enter_key(desk.dialog(), KEY)
    assert noticed.args is not None
    assert "for this run only" in noticed.args[0]


def test_removing_the_key_of_the_open_library_leads_back_to_this_computer(desk: Desk) -> None:
    keyring.set_password("Desktop Search", desk.custom.library_id, KEY)
    with desk.qtbot.waitSignal(desk.controller.library_changed, check_params_cb=lambda got: got == desk.custom):
        desk.controller.restore(desk.custom.library_id)
    desk.controller.manage_key(desk.custom.library_id)
    dialog = desk.dialog()
    remove = next(button for button in dialog.findChildren(QPushButton) if button.text() == "Remove key")
    desk.qtbot.waitUntil(remove.isVisible)
    assert "1a2b" in dialog.kept_words
    assert KEY not in dialog.kept_words
    with desk.qtbot.waitSignal(desk.controller.library_changed) as changed:
        QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert changed.args == [THIS_COMPUTER]
    assert keyring.get_password("Desktop Search", desk.custom.library_id) is None


def test_seeing_to_a_key_does_not_change_the_library(desk: Desk) -> None:
    desk.controller.restore(LOCAL_ID)
    desk.controller.manage_key(desk.custom.library_id)
    dialog = desk.dialog()
    with desk.qtbot.waitSignal(desk.controller.keys_changed):
        enter_key(dialog, KEY)
    assert desk.controller.library == THIS_COMPUTER


def test_a_server_that_was_removed_is_left(desk: Desk) -> None:
    keyring.set_password("Desktop Search", desk.custom.library_id, KEY)
    with desk.qtbot.waitSignal(desk.controller.library_changed, check_params_cb=lambda got: got == desk.custom):
        desk.controller.restore(desk.custom.library_id)
    desk.preferences.update(servers=())
    with desk.qtbot.waitSignal(desk.controller.library_changed) as changed:
        desk.controller.refresh()
    assert changed.args == [THIS_COMPUTER]


@pytest.mark.parametrize("key", ["two words", "schlüssel"])
def test_what_cannot_be_a_key_is_not_sent(desk: Desk, key: str) -> None:
    desk.controller.manage_key(desk.custom.library_id)
    dialog = desk.dialog()
    dialog.field.setText(f" {key} ")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert "Copy it again" in dialog.problem
    assert desk.server.asked == 0
    dialog.reject()
