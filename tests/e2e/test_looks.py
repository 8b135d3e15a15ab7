"""Looking through results in the real program: frames under the mouse, the contact sheet, and marks that stay."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.marks import Mark
from desktop_search.models.results_model import Role
from desktop_search.models.sheet_model import SheetRole
from desktop_search.settings.folders import Folders
from desktop_search.ui.search.contact_sheet import ContactSheet
from tests.clips import Clip
from tests.e2e.acting import drop, jump, on_screen, type_query
from tests.e2e.conftest import active_window, wait_until_done
from tests.support.focus import wait_active

pytestmark = pytest.mark.display


def mark(program: Composition) -> Mark:
    found: Mark = program.results.view.model().index(0, 0).data(Role.MARK)
    return found


def sheet_of(qtbot: QtBot) -> ContactSheet:
    def sheets() -> list[ContactSheet]:
        return [each for each in QApplication.topLevelWidgets() if isinstance(each, ContactSheet) and each.isVisible()]

    qtbot.waitUntil(lambda: bool(sheets()))
    return sheets()[0]


def test_frames_under_the_mouse_sheets_and_marks(profile: Folders, qtbot: QtBot, footage: Clip) -> None:
    with active_window(profile, qtbot) as program:
        drop(program.uploads_pane, footage.path)
        wait_until_done(qtbot, program, 1)
        type_query(program, qtbot, "green")
        jump(program, qtbot)
        view = program.results.view
        index = view.model().index(0, 0)
        picture = view.hits.picture_rect(view.visualRect(index), index.data(Role.ROW))
        for across in (10, picture.width() // 2):
            place = view.viewport().mapTo(program.window, picture.topLeft() + QPoint(across, 30))
            QTest.mouseMove(program.window.windowHandle(), place)
        qtbot.waitUntil(lambda: view.hits.scrub is not None, timeout=20_000)

        program.results.focus_list()
        QTest.keyClick(view, Qt.Key.Key_4)
        qtbot.waitUntil(lambda: mark(program) == Mark(4))

        QTest.keyClick(view, Qt.Key.Key_C)
        sheet = sheet_of(qtbot)
        wait_active(qtbot, sheet)
        qtbot.waitUntil(lambda: sheet.words.text().endswith("stills"), timeout=20_000)
        assert footage.start_ms(1) in [
            sheet.model.index(row).data(SheetRole.AT_MS) for row in range(sheet.model.rowCount())
        ]
        with qtbot.waitSignal(program.watch.shown, timeout=20_000):
            QTest.mouseClick(sheet.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
        assert on_screen(program) == (9, 0)  # the sheet does not cover the player
        sheet.close()

    with active_window(profile, qtbot) as again:
        type_query(again, qtbot, "green")
        qtbot.waitUntil(lambda: mark(again) == Mark(4))
