from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from desktop_search.services.model_commands import ModelCommands
from desktop_search.ui.dialogs.model_row import ModelRow
from desktop_search.ui.dialogs.models_controller import ModelsController
from desktop_search.ui.dialogs.models_dialog import ModelsDialog
from tests.qt.library.conftest import Desk

STAND_IN = [sys.executable, "-m", "tests.support.model_command"]


@pytest.fixture
def controller(desk: Desk, tmp_path: Path) -> ModelsController:
    return ModelsController(desk.runner, ModelCommands(tmp_path / "models", command=STAND_IN), desk.window)


@pytest.fixture
def opened(desk: Desk, controller: ModelsController) -> Callable[[], ModelsDialog]:
    def open_it() -> ModelsDialog:
        controller.open()
        dialog = controller.dialog
        assert dialog is not None
        desk.qtbot.waitUntil(lambda: _has(dialog, "clear"), timeout=20_000)
        return dialog

    return open_it


def _has(dialog: ModelsDialog, model_id: str) -> bool:
    try:
        return dialog.row(model_id).isVisible()
    except KeyError:
        return False


def _click(row: ModelRow, name: str) -> None:
    button = getattr(row, name)
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _wait(desk: Desk, controller: ModelsController, condition: Callable[[ModelsDialog], bool]) -> None:
    def reached() -> bool:
        dialog = controller.dialog
        if dialog is None or controller.is_busy or not condition(dialog):
            return False
        return all(row.isVisible() for row in dialog.findChildren(ModelRow))  # rows made just now are shown in a moment

    desk.qtbot.waitUntil(reached, timeout=20_000)


def test_a_model_is_fetched_left_used_again_and_removed(
    desk: Desk, controller: ModelsController, opened: Callable[[], ModelsDialog]
) -> None:
    dialog = opened()
    assert dialog.row("clear").state == "4 MB to fetch"
    assert dialog.disk_use == "No model is on this computer yet."
    _click(dialog.row("clear"), "fetch")
    assert controller.is_busy
    assert not dialog.row("quick").fetch.isEnabled()  # one thing at a time
    _wait(desk, controller, lambda shown: shown.row("clear").state == "in use · 4 MB")
    assert dialog.disk_use == "4 MB on the disk"
    _click(dialog.row("clear"), "leave")
    _wait(desk, controller, lambda shown: shown.row("clear").state == "on this computer · 4 MB")
    _click(dialog.row("clear"), "use")
    _wait(desk, controller, lambda shown: shown.row("clear").state == "in use · 4 MB")
    _click(dialog.row("clear"), "remove")
    _wait(desk, controller, lambda shown: shown.row("clear").state == "4 MB to fetch")


def test_a_fetch_that_fails_says_why_in_its_row(
    desk: Desk, controller: ModelsController, opened: Callable[[], ModelsDialog]
) -> None:
    dialog = opened()
    _click(dialog.row("ears"), "fetch")
    _wait(desk, controller, lambda shown: bool(shown.row("ears").problem))
    assert dialog.row("ears").problem == "There is no network. What was fetched is kept."
    assert dialog.problem == ""
    assert dialog.row("ears").fetch.isEnabled()


def test_a_fetch_goes_on_while_the_dialog_is_closed_and_can_be_cancelled(
    desk: Desk, controller: ModelsController, opened: Callable[[], ModelsDialog]
) -> None:
    dialog = opened()
    _click(dialog.row("quick"), "fetch")
    desk.qtbot.waitUntil(lambda: "1 MB of 4 MB" in dialog.row("quick").state, timeout=20_000)
    dialog.close()
    desk.qtbot.waitUntil(lambda: controller.dialog is None)
    assert controller.is_busy
    again = opened()
    assert again.row("quick").state == "fetching: 1 MB of 4 MB"
    _click(again.row("quick"), "stop")
    _wait(desk, controller, lambda shown: shown.row("quick").fetch.isVisible())
    assert again.row("quick").problem == ""


def test_a_model_is_taken_from_a_folder(
    desk: Desk, controller: ModelsController, opened: Callable[[], ModelsDialog], tmp_path: Path
) -> None:
    dialog = opened()
    dialog.import_asked.emit(tmp_path / "quick")
    _wait(desk, controller, lambda shown: shown.row("quick").state == "on this computer · 4 MB")


def test_it_says_what_suits_this_computer_and_what_is_found_without_a_model(
    opened: Callable[[], ModelsDialog],
) -> None:
    dialog = opened()
    words = [label.text() for label in dialog.row("quick").findChildren(QLabel)]
    assert "suits this computer" in words
    everything = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "pictures are found by colours" in everything
    assert "English speech is understood roughly" in everything
