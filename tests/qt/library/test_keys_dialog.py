"""Several keys of a library in one dialog: added once the library takes them, switched, tested, removed."""

from __future__ import annotations

import keyring
import keyring.backends.fail
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop_search.core.library import CLOUD_ID
from desktop_search.ui.account.keys_controller import KeysController
from desktop_search.ui.account.keys_dialog import KeysDialog
from desktop_search.ui.dialogs.key_request import KEYRING_LANE
from desktop_search.ui.web_pages import WebPage
from tests.qt.library.conftest import KEY, Desk
from tests.support.browser import Browser
from tests.support.keyrings import LockedKeyring

SERVICE = "Desktop Search"
WRONG = "sk-mavi-fedcba9876543210c3d4"


@pytest.fixture
def controller(desk: Desk) -> KeysController:
    return KeysController(desk.runner, desk.libraries, desk.window)


def opened(desk: Desk, controller: KeysController) -> KeysDialog:
    controller.open(desk.custom.library_id)
    dialog = controller.dialog
    assert dialog is not None
    desk.qtbot.waitUntil(lambda: dialog.library_id == desk.custom.library_id)
    return dialog


def names(dialog: KeysDialog) -> list[tuple[str, bool]]:
    return [(row.key.name, row.use.isChecked()) for row in dialog.rows]


def add(dialog: KeysDialog, name: str, key: str) -> None:
    dialog.name.clear()
    dialog.key.clear()
    QTest.keyClicks(dialog.name, name)
    QTest.keyClicks(dialog.key, key)
    QTest.keyClick(dialog.key, Qt.Key.Key_Return)


def test_keys_are_added_switched_and_removed(desk: Desk, controller: KeysController) -> None:
    dialog = opened(desk, controller)
    with desk.qtbot.waitSignal(controller.changed):
        add(dialog, "", KEY)
    add(dialog, "Client A", KEY)
    desk.qtbot.waitUntil(lambda: names(dialog) == [("", True), ("Client A", False)])
    assert (dialog.name.text(), dialog.key.text()) == ("", "")
    assert keyring.get_password(SERVICE, f"{desk.custom.library_id}#Client A") == KEY
    use = dialog.rows[1].use
    desk.qtbot.waitUntil(lambda: use.isVisible() and use.height() > 0)
    with desk.qtbot.waitSignal(controller.changed) as changed:
        QTest.mouseClick(use, Qt.MouseButton.LeftButton, pos=QPoint(10, use.height() // 2))
    assert changed.args == [desk.custom.library_id]
    desk.qtbot.waitUntil(lambda: names(dialog) == [("", False), ("Client A", True)])
    with desk.qtbot.waitSignal(controller.changed):
        QTest.mouseClick(dialog.rows[1].remove, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: names(dialog) == [("", True)])
    assert keyring.get_password(SERVICE, f"{desk.custom.library_id}#Client A") is None


def test_a_test_is_answered_beside_its_key(desk: Desk, controller: KeysController) -> None:
    desk.libraries.keep_key(desk.custom.library_id, KEY)
    desk.libraries.keep_key(desk.custom.library_id, WRONG, "Client A")
    dialog = opened(desk, controller)
    for place, said in ((0, "takes this key: 1 namespace."), (1, "does not accept the API key")):
        QTest.mouseClick(dialog.rows[place].test, Qt.MouseButton.LeftButton)
        desk.qtbot.waitUntil(lambda place=place, said=said: said in dialog.rows[place].state)  # type: ignore[misc]


def test_a_key_that_is_not_taken_or_has_no_name_is_said_and_not_kept(desk: Desk, controller: KeysController) -> None:
    desk.libraries.keep_key(desk.custom.library_id, KEY)
    dialog = opened(desk, controller)
    for name, key, said in (
        ("Client A", WRONG, "does not accept"),
        ("", KEY, "needs a name"),
        ("Client A", "two words", "no spaces"),
    ):
        add(dialog, name, key)
        desk.qtbot.waitUntil(lambda said=said: said in dialog.problem)  # type: ignore[misc]
        assert dialog.key.text() == key
    assert names(dialog) == [("", True)]


def test_with_a_locked_keyring_that_is_said_and_nothing_else_breaks(desk: Desk, controller: KeysController) -> None:
    desk.libraries.keep_key(desk.custom.library_id, KEY)
    keyring.set_keyring(LockedKeyring())
    dialog = opened(desk, controller)
    desk.qtbot.waitUntil(lambda: len(dialog.rows) == 1)
    assert "locked" in dialog.rows[0].state
    QTest.mouseClick(dialog.rows[0].remove, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: "could not be removed" in dialog.problem)
    with desk.qtbot.waitSignal(controller.kept_for_run):
        add(dialog, "Client A", KEY)


def test_the_console_opens_in_the_browser(desk: Desk, controller: KeysController, browser: Browser) -> None:
    controller.open()
    dialog = controller.dialog
    assert dialog is not None
    desk.qtbot.waitUntil(lambda: dialog.pages[WebPage.KEYS].isVisible())
    for page in WebPage:
        QTest.mouseClick(dialog.pages[page], Qt.MouseButton.LeftButton)
    console = "https://api-platform.memories.ai"
    assert browser.opened == [f"{console}/stripe", f"{console}/stripe", f"{console}/webhooks"]


def test_news_of_the_keys_leave_what_was_said_and_which_library_was_chosen(
    desk: Desk, controller: KeysController
) -> None:
    dialog = opened(desk, controller)
    with desk.qtbot.waitSignal(controller.changed):
        add(dialog, "", KEY)
    row = dialog.rows[0]
    dialog.show_tested("", "The library takes this key.", is_problem=False)
    row.test.setFocus()
    controller.refresh()
    desk.runner.start(lambda _token, _report: None, lane=KEYRING_LANE, done=lambda _none: dialog.setObjectName("read"))
    desk.qtbot.waitUntil(lambda: dialog.objectName() == "read")
    assert dialog.rows == (row,)
    assert row.state == "The library takes this key."
    dialog.library_box.setCurrentIndex(dialog.library_box.findData(CLOUD_ID))
    dialog.library_box.activated.emit(dialog.library_box.currentIndex())
    controller.refresh()  # before that library's keys were read
    desk.qtbot.waitUntil(lambda: dialog.rows == ())
    desk.runner.start(lambda _token, _report: None, lane=KEYRING_LANE, done=lambda _none: dialog.setObjectName("both"))
    desk.qtbot.waitUntil(lambda: dialog.objectName() == "both")
    assert dialog.library_id == CLOUD_ID
    assert not dialog.rows
