from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QPushButton,
    QStyle,
    QStyleOptionViewItem,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_search.core.drops import Skipped
from desktop_search.core.library import MEMORIES_AI, THIS_COMPUTER
from desktop_search.core.uploads import UploadState
from desktop_search.models.upload_actions import QueueAction
from desktop_search.ui.uploads.uploads_pane import UploadsPane
from tests.qt.uploads.conftest import row

FAILED, DONE = UploadState.FAILED, UploadState.SEARCHABLE


def click_row(qtbot: QtBot, pane: UploadsPane, place: int, *, adds: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier if adds else Qt.KeyboardModifier.NoModifier
    at = pane.view.visualRect(pane.model.index(place)).center()
    QTest.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, modifier, at)


def button_centre(pane: UploadsPane, place: int, button: QueueAction) -> QPoint:
    option = QStyleOptionViewItem()
    option.initFrom(pane.view)
    option.rect = pane.view.visualRect(pane.model.index(place))
    option.state |= QStyle.StateFlag.State_MouseOver
    rect = pane.view.delegate.button_rect(option, pane.model.item_at(place), button)
    assert not rect.isEmpty()
    return rect.center()


def test_delete_removes_and_r_retries_what_is_chosen(qtbot: QtBot, pane: UploadsPane) -> None:
    pane.set_items([row(1), row(2, FAILED), row(3, DONE), row(4, FAILED)])
    click_row(qtbot, pane, 1)
    click_row(qtbot, pane, 2, adds=True)
    click_row(qtbot, pane, 3, adds=True)
    with qtbot.waitSignal(pane.asked) as retried:
        QTest.keyClick(pane.view, Qt.Key.Key_R)
    assert retried.args == [QueueAction.RETRY, (2, 4)]
    with qtbot.waitSignal(pane.asked) as removed:
        QTest.keyClick(pane.view, Qt.Key.Key_Delete)
    assert removed.args == [QueueAction.REMOVE, (2, 3, 4)]


def test_r_does_nothing_for_rows_that_did_not_fail(qtbot: QtBot, pane: UploadsPane) -> None:
    pane.set_items([row(1)])
    click_row(qtbot, pane, 0)
    with qtbot.assertNotEmitted(pane.asked):
        QTest.keyClick(pane.view, Qt.Key.Key_R)


@pytest.mark.parametrize("button", [QueueAction.RETRY, QueueAction.REMOVE])
def test_the_buttons_of_a_row_act_on_that_row(qtbot: QtBot, pane: UploadsPane, button: QueueAction) -> None:
    pane.set_items([row(1), row(2, FAILED), row(3)])
    at = button_centre(pane, 1, button)
    QTest.mouseMove(pane.view.viewport(), at)
    with qtbot.waitSignal(pane.asked) as pressed:
        QTest.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert pressed.args == [button, (2,)]


def test_the_menu_offers_what_fits_the_chosen_rows(qtbot: QtBot, pane: UploadsPane) -> None:
    revealed: list[Path] = []
    pane.reveal_asked.connect(revealed.append)
    assert pane.view.menu_for_chosen() is None
    pane.set_items([row(1), row(2, FAILED)])
    click_row(qtbot, pane, 0)
    menu = pane.view.menu_for_chosen()
    assert menu is not None
    offered = {action.text().partition("\t")[0]: action for action in menu.actions() if action.isVisible()}
    assert "Try again" not in offered
    assert not offered["Move to top"].isEnabled() or offered["Move to bottom"].isEnabled()
    offered["Show in its folder"].trigger()
    assert revealed == [row(1).path]
    with qtbot.waitSignal(pane.asked) as asked:
        offered["Remove from the list"].trigger()
    assert asked.args == [QueueAction.REMOVE, (1,)]
    menu.close()


def test_the_summary_counts_and_clear_finished_shows_when_there_is_something(qtbot: QtBot, pane: UploadsPane) -> None:
    clear = next(button for button in pane.findChildren(QToolButton) if button.accessibleName() == "Clear finished")
    assert pane.summary == ""
    assert not clear.isVisible()
    pane.set_items([row(1), row(2, FAILED), row(3, DONE)])
    assert pane.summary == "1 of 3 searchable · 1 failed"
    with qtbot.waitSignal(pane.clear_done_asked):
        QTest.mouseClick(clear, Qt.MouseButton.LeftButton)


def test_the_whole_cause_of_the_chosen_row_is_said_below_the_list(qtbot: QtBot, pane: UploadsPane) -> None:
    cause = "The file ends in the middle. Export it again, and see that the disk has room."
    pane.set_items([row(1), row(2, FAILED, cause)])
    click_row(qtbot, pane, 1)
    assert pane.cause == f"failed: {cause}"
    pane.put_items([row(2)])
    assert pane.cause == ""


def test_what_was_skipped_is_said_with_reasons_until_dismissed(pane: UploadsPane) -> None:
    pane.show_skipped(
        [Skipped(Path("/f/notes.txt"), "This is no video or picture."), Skipped(Path("/f/a\nb.mp4"), "Empty.")]
    )
    for _again in range(2):
        pane.show_skipped([Skipped(Path("/f/c.mp4"), "Already in the list.")])
    assert pane.skipped.isVisible()
    assert pane.skipped.headline == "3 not added"
    assert pane.skipped.lines[:2] == ["notes.txt — This is no video or picture.", "a�b.mp4 — Empty."]
    (reasons,) = pane.skipped.findChildren(QListWidget)
    assert reasons.isVisible()
    pane.skipped.clear()
    assert not pane.skipped.isVisible()
    pane.show_skipped([])
    assert not pane.skipped.isVisible()
    pane.show_skipped([Skipped(Path(f"/f/{name}.txt"), "This is no video or picture.") for name in "abcd"])
    assert pane.skipped.isVisible()
    assert not reasons.isVisible()


def test_the_pane_says_where_footage_goes(pane: UploadsPane) -> None:
    def words() -> set[str]:
        return {label.text() for label in pane.drop_zone.findChildren(QWidget) if hasattr(label, "text")}

    pane.set_library(THIS_COMPUTER)
    assert "Indexed on this computer" in words()
    pane.set_library(MEMORIES_AI)
    assert "Sent to memories.ai" in words()


def test_browsing_adds_what_was_chosen(qtbot: QtBot, pane: UploadsPane, tmp_path: Path) -> None:
    file = tmp_path / "clip 1.mp4"
    file.touch()
    for browse, chosen in ((pane.browse_files, file), (pane.browse_folder, tmp_path)):
        browse()
        dialog = pane.findChild(QFileDialog)
        assert dialog is not None
        dialog.setDirectory(str(chosen.parent))
        dialog.selectFile(str(chosen))
        with qtbot.waitSignal(pane.add_asked) as asked, qtbot.waitSignal(dialog.destroyed):
            dialog.accept()
        assert asked.args is not None
        assert asked.args[0] == [chosen]


def test_everything_that_can_be_used_has_a_name_and_fits_a_narrow_column(pane: UploadsPane) -> None:
    pane.details_form.set_open(True)
    pane.set_items([row(1, DONE)])
    pane.show_skipped([Skipped(Path("/f/notes.txt"), "This is no video or picture.")])
    for widget in pane.findChildren(QWidget):
        if isinstance(widget, QPushButton | QLineEdit) and widget.isVisible():
            assert widget.accessibleName() or (isinstance(widget, QPushButton) and widget.text())
    assert pane.minimumSizeHint().width() <= 250
    assert pane.width() == 250


def test_the_tab_key_goes_from_top_to_bottom(qtbot: QtBot, pane: UploadsPane) -> None:
    pane.set_items([row(1, DONE)])
    pane.activateWindow()
    buttons = {button.text() or button.accessibleName(): button for button in pane.findChildren(QAbstractButton)}
    buttons["Clear finished"].setFocus()
    qtbot.waitUntil(buttons["Clear finished"].hasFocus)
    for expected in (buttons["Files…"], buttons["Folder…"], buttons["Details for new footage"], pane.view):
        QTest.keyClick(pane.focusWidget(), Qt.Key.Key_Tab)
        assert pane.focusWidget() is expected


def test_ten_thousand_rows_are_shown_and_changed_without_delay(qtbot: QtBot, pane: UploadsPane) -> None:
    pane.set_items([row(number) for number in range(10_000)])
    pane.view.scrollToBottom()
    qtbot.waitUntil(lambda: pane.view.visualRect(pane.model.index(9_999)).bottom() <= pane.view.viewport().height())
    for number in range(10_000):
        pane.put_items([row(number, DONE)])
    assert pane.summary == "10,000 of 10,000 searchable"
