from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from desktop_search.core.details_change import DetailsChange
from desktop_search.core.errors import RequestRejected
from desktop_search.core.transfer_settings import BandwidthHours, TransferSettings
from desktop_search.core.uploads import Priority, UploadItem, UploadState
from desktop_search.models.upload_actions import QueueAction
from desktop_search.ui.uploads.uploads_pane import UploadsPane
from tests.clips.fixtures import ClipCache
from tests.qt.uploads.conftest import Desk, row

Pictures = Callable[..., list[Path]]
S, A = UploadState, QueueAction
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def choose(pane: UploadsPane, *names: str) -> None:
    """Choose the rows of these files."""
    pane.view.clearSelection()
    for place, item in enumerate(pane.model.items):
        if item.path.name in names:
            pane.view.selectionModel().setCurrentIndex(
                pane.model.index(place), QItemSelectionModel.SelectionFlag.Select
            )


def button(pane: UploadsPane, name: str) -> QToolButton:
    return next(each for each in pane.findChildren(QToolButton) if each.accessibleName() == name)


@pytest.mark.parametrize(
    ("key", "modifiers", "state", "action"),
    [
        (Qt.Key.Key_S, Qt.KeyboardModifier.NoModifier, S.READY, A.START),
        (Qt.Key.Key_P, Qt.KeyboardModifier.NoModifier, S.SENDING, A.PAUSE),
        (Qt.Key.Key_P, Qt.KeyboardModifier.NoModifier, S.PAUSED, A.RESUME),
        (Qt.Key.Key_C, Qt.KeyboardModifier.NoModifier, S.WAITING, A.CANCEL),
        (Qt.Key.Key_R, Qt.KeyboardModifier.NoModifier, S.CANCELLED, A.RETRY),
    ],
)
def test_a_key_asks_for_the_rows_that_it_fits(
    qtbot: QtBot,
    pane: UploadsPane,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier,
    state: UploadState,
    action: QueueAction,
) -> None:
    pane.set_items([row(1, state), row(2, S.SEARCHABLE), row(3, S.INDEXING), row(4, state)])
    QTest.keyClick(pane.view, Qt.Key.Key_A, CTRL)
    with qtbot.waitSignal(pane.asked) as asked:
        QTest.keyClick(pane.view, key, modifiers)
    assert asked.args == [action, (1, 4)]


@pytest.mark.parametrize(
    ("key", "modifiers", "before"),
    [
        (Qt.Key.Key_Up, CTRL, 2),
        (Qt.Key.Key_Down, CTRL, 5),
        (Qt.Key.Key_Up, CTRL | SHIFT, 1),
        (Qt.Key.Key_Down, CTRL | SHIFT, None),
    ],
)
def test_keys_move_the_chosen_row(
    qtbot: QtBot, pane: UploadsPane, key: Qt.Key, modifiers: Qt.KeyboardModifier, before: int | None
) -> None:
    pane.set_items([row(number) for number in range(1, 7)])
    choose(pane, "clip 3.mp4")
    with qtbot.waitSignal(pane.move_asked) as asked:
        QTest.keyClick(pane.view, key, modifiers)
    assert asked.args == [(3,), before]


def test_the_menu_leads_to_every_action(qtbot: QtBot, pane: UploadsPane) -> None:
    pane.set_items([row(1, S.KNOWN), row(2, S.READY)])
    pane.view.selectAll()
    menu = pane.view.menu_for_chosen()
    assert menu is not None
    offered = {action.text().partition("\t")[0]: action for action in menu.actions()}
    shown = [name for name, action in offered.items() if name and action.isVisible() and action.isEnabled()]
    assert shown == ["Start", "Pause", "Cancel", "Send anyway", "Priority", "Edit details…", "Remove from the list"]
    with qtbot.waitSignal(pane.asked) as asked:
        offered["Send anyway"].trigger()
    assert asked.args == [A.INSIST, (1,)]
    priorities = offered["Priority"].menu()
    assert priorities is not None
    high = next(action for action in priorities.actions() if action.text() == "High")  # type: ignore[attr-defined]
    with qtbot.waitSignal(pane.asked) as asked:
        high.trigger()
    assert asked.args == [A.HIGH, (1, 2)]
    menu.close()


def test_the_buttons_above_act_on_everything(qtbot: QtBot, pane: UploadsPane) -> None:
    pane.set_items([row(1), row(2, S.FAILED)])
    with qtbot.waitSignal(pane.asked) as asked:
        QTest.mouseClick(button(pane, "Pause all"), Qt.MouseButton.LeftButton)
    assert asked.args == [A.PAUSE, None]
    with qtbot.waitSignal(pane.asked) as asked:
        QTest.mouseClick(button(pane, "Try all failed again"), Qt.MouseButton.LeftButton)
    assert asked.args == [A.RETRY, None]
    pane.put_items([row(1, S.PAUSED)])
    with qtbot.waitSignal(pane.asked) as asked:
        QTest.mouseClick(button(pane, "Resume all"), Qt.MouseButton.LeftButton)
    assert asked.args == [A.RESUME, None]
    pane.put_items([row(1, S.SEARCHABLE), row(2, S.SEARCHABLE)])
    assert not button(pane, "Pause all").isEnabled()
    assert not button(pane, "Try all failed again").isEnabled()


def test_the_limit_that_holds_is_said_while_there_is_something_to_send(pane: UploadsPane) -> None:
    always = BandwidthHours(0, 24 * 60, 5_000_000)
    pane.bar.set_transfers(TransferSettings(limit_bytes_s=1, hours=(always,)))
    assert pane.bar.limit == ""
    pane.set_items([row(1)])
    assert pane.bar.limit == "limited to 5.0 MB/s"
    pane.bar.set_transfers(TransferSettings())
    assert pane.bar.limit == ""


def test_selection_and_place_stay_when_rows_above_go(qtbot: QtBot, pane: UploadsPane) -> None:
    pane.set_items([row(number) for number in range(300)])
    pane.view.verticalScrollBar().setValue(5000)
    place = pane.view.indexAt(QPoint(20, 10)).row()
    top = pane.model.item_at(place).item_id
    choose(pane, f"clip {top + 2}.mp4")
    y = pane.view.visualRect(pane.model.index_of(top)).top()
    pane.put_items((), gone=range(0, top - 10, 2))
    assert pane.view.visualRect(pane.model.index_of(top)).top() == y
    assert [item.item_id for item in pane.view.chosen()] == [top + 2]
    pane.put_items([replace(row(number), position=-1.0) for number in (200, 201)])
    assert [item.item_id for item in pane.view.chosen()] == [top + 2]


def names(desk: Desk) -> list[str]:
    return [item.path.stem for item in desk.pane.model.items]


def item(desk: Desk, name: str) -> UploadItem:
    return next(each for each in desk.pane.model.items if each.path.stem == name)


def test_a_row_that_is_sent_is_paused_and_resumed(desk: Desk, clips: ClipCache) -> None:
    desk.library.gate.clear()
    desk.controller.start()
    desk.controller.add_paths([clips.silent().path])
    desk.wait_states(silent=S.SENDING)
    choose(desk.pane, "silent.mp4")
    QTest.keyClick(desk.pane.view, Qt.Key.Key_P)
    desk.wait_states(silent=S.PAUSED)
    desk.library.gate.set()
    QTest.keyClick(desk.pane.view, Qt.Key.Key_P)
    desk.wait_states(silent=S.SEARCHABLE)


def test_rows_are_moved_and_given_priority_and_keep_that_order(desk: Desk, pictures: Pictures) -> None:
    desk.library.gate.clear()
    desk.controller.start()
    desk.controller.add_paths(pictures("a.png", "b.png", "c.png", "d.png"))
    desk.wait(lambda: S.SENDING in desk.states().values() and len(names(desk)) == 4)
    QTest.mouseClick(button(desk.pane, "Pause all"), Qt.MouseButton.LeftButton)
    desk.wait(lambda: set(desk.states().values()) == {S.PAUSED})
    choose(desk.pane, "d.png")
    QTest.keyClick(desk.pane.view, Qt.Key.Key_Up, CTRL | SHIFT)
    desk.wait(lambda: names(desk) == ["d", "a", "b", "c"])
    assert [each.path.stem for each in desk.pane.view.chosen()] == ["d"]
    choose(desk.pane, "b.png")
    desk.pane.view.act(A.HIGH)
    desk.wait(lambda: names(desk) == ["b", "d", "a", "c"])
    assert item(desk, "b").priority is Priority.HIGH


def test_cancelled_rows_stay_and_are_tried_again_with_the_failed(desk: Desk, clips: ClipCache) -> None:
    desk.library.gate.clear()
    desk.controller.start()
    desk.controller.add_paths([clips.silent().path])
    desk.wait_states(silent=S.SENDING)
    choose(desk.pane, "silent.mp4")
    QTest.keyClick(desk.pane.view, Qt.Key.Key_C)
    desk.wait_states(silent=S.CANCELLED)
    desk.library.gate.set()
    desk.library.fail_next["upload_video"] = [RequestRejected("No.")]
    QTest.keyClick(desk.pane.view, Qt.Key.Key_R)
    desk.wait_states(silent=S.FAILED)
    QTest.mouseClick(button(desk.pane, "Try all failed again"), Qt.MouseButton.LeftButton)
    desk.wait_states(silent=S.SEARCHABLE)


def test_details_of_waiting_rows_are_edited_and_sent(desk: Desk, clips: ClipCache, tmp_path: Path) -> None:
    card = tmp_path / "card"
    card.mkdir()
    for number in range(6):  # more than are sent at once
        content = clips.silent().path.read_bytes() + b"\0\0\0\x0cfree" + number.to_bytes(4, "big")
        (card / f"{number}.mp4").write_bytes(content)
    desk.library.gate.clear()
    desk.controller.start()
    desk.controller.add_paths([card])
    desk.wait(lambda: S.SENDING in desk.states().values() and len(names(desk)) == 6)
    last = item(desk, "5")
    assert last.state is S.WAITING
    desk.pane.details_asked.emit((last.item_id,), DetailsChange(tags_added=("night",)))
    desk.wait(lambda: item(desk, "5").details.tags == ("night",))
    desk.library.gate.set()
    desk.wait(lambda: set(desk.states().values()) == {S.SEARCHABLE})
    assert sorted(details.tags for details in desk.library.details.values()) == [()] * 5 + [("night",)]
