"""Every dialog of the window: opened by its command, walked by Tab, read by a screen reader, and left by Escape."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.ui.style.theme import Theme, apply_theme
from tests.e2e.acting import query_field
from tests.support.controls import controls, looks_focused, named, texts_cut_off, walk
from tests.support.focus import wait_active

pytestmark = pytest.mark.display

DIALOGS = (
    "file.import",
    "file.watched-folders",
    "file.transfer-log",
    "file.usage",
    "file.models",
    "file.people",
    "file.preferences",
    "library.folders",
    "library.tasks",
    "help.shortcuts",
    "help.about",
)


@pytest.fixture
def dialog(request: pytest.FixtureRequest, program: Composition, qtbot: QtBot) -> QDialog:
    """The dialog that the command opens, active."""
    query_field(program).setFocus()
    assert program.commands.run(request.param)
    qtbot.waitUntil(lambda: len(opened()) == 1, timeout=10_000)
    made = opened()[0]
    made.activateWindow()
    wait_active(qtbot, made)
    return made


def opened() -> list[QDialog]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog) and widget.isVisible()]


@pytest.mark.parametrize("dialog", DIALOGS, indirect=True)
def test_a_dialog_is_used_by_keys_alone(program: Composition, dialog: QDialog, qtbot: QtBot) -> None:
    faults: list[str] = []
    for page in pages(dialog):
        faults += [f"{page}: {fault}" for fault in faults_of(dialog, qtbot)]
    assert faults == []
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: opened() == [])
    program.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is query_field(program))


def pages(dialog: QDialog) -> Iterator[str]:
    """The pages of the dialog, each shown while it is worked on."""
    tabs = dialog.findChild(QTabWidget)
    if not isinstance(tabs, QTabWidget):
        yield dialog.windowTitle()
        return
    for number in range(tabs.count()):
        tabs.setCurrentIndex(number)
        yield tabs.tabText(number)


def faults_of(dialog: QDialog, qtbot: QtBot) -> list[str]:
    QApplication.processEvents()
    wanted = [widget for widget in controls(dialog) if widget.isEnabled() and takes_tab(widget)]
    assert wanted
    faults = [f"no name: {type(widget).__name__}" for widget in controls(dialog) if not named(widget)]
    reached = set(walk(wanted[0], qtbot))
    faults += [f"not reached: {named(widget)}" for widget in wanted if widget not in reached]
    pairs = zip(wanted, [*wanted[1:], wanted[0]], strict=True)
    faults += [
        f"no focus seen: {named(one)}" for one, other in pairs if one is not other and not looks_focused(one, other)
    ]
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    for theme in (Theme.LIGHT, Theme.DARK):
        apply_theme(app, theme)
        faults += [f"cut off: {what}" for what in texts_cut_off(dialog, qtbot)]
    return faults


def takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
