from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop_search import __version__
from desktop_search.core.errors import NetworkError
from desktop_search.ui import notices
from desktop_search.ui.dialogs.about_dialog import AboutDialog
from desktop_search.ui.notices import NoticeBar
from tests.support.focus import wait_exposed


@pytest.fixture
def bar(qtbot: QtBot) -> NoticeBar:
    made = NoticeBar()
    qtbot.addWidget(made)
    made.resize(700, 100)
    made.show()
    wait_exposed(qtbot, made)
    return made


def texts(bar: NoticeBar) -> list[str]:
    return [notice.text for notice in bar.notices]


def test_information_goes_by_itself_and_errors_stay(
    qtbot: QtBot, bar: NoticeBar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "_INFO_STAYS_MS", 30)
    bar.show_warning("The disk is nearly full.")
    bar.show_info("“harbour.mp4” is searchable.")
    qtbot.waitUntil(lambda: texts(bar) == ["The disk is nearly full."])


def test_an_error_offers_what_to_do_and_its_details(qtbot: QtBot, bar: NoticeBar) -> None:
    done: list[str] = []
    error = NetworkError("The server could not be reached.", hint="Try again.", details="ConnectTimeout")
    notice = bar.show_error(error, action_text="Try again", action=lambda: done.append("tried"))
    assert notice.text == "The server could not be reached. Try again."
    buttons = {button.text(): button for button in notice.findChildren(QPushButton)}
    QTest.mouseClick(buttons["Copy details"], Qt.MouseButton.LeftButton)
    assert "ConnectTimeout" in QGuiApplication.clipboard().text()
    QTest.mouseClick(buttons["Try again"], Qt.MouseButton.LeftButton)
    assert done == ["tried"]
    assert texts(bar) == []


def test_the_same_is_said_once_and_only_the_newest_three_stay(bar: NoticeBar) -> None:
    for text in ("one", "two", "two", "three", "four"):
        bar.show_warning(text)
    assert texts(bar) == ["two", "three", "four"]
    close = bar.notices[0].findChild(QToolButton)
    assert isinstance(close, QToolButton)
    assert close.accessibleName()
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert texts(bar) == ["three", "four"]
    for notice in bar.notices:
        notice.dismiss()
    assert texts(bar) == []


def test_about_gives_the_versions_for_a_report(qtbot: QtBot) -> None:
    dialog = AboutDialog({"libVLC": "3.0.21", "Video drawn by": "this program: as chosen"})
    dialog.open()
    copy = next(button for button in dialog.findChildren(QPushButton) if button.text() == "Copy versions")
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert f"Desktop Search: {__version__}" in copied
    assert "libVLC: 3.0.21" in copied
    assert "Video drawn by: this program: as chosen" in copied
    with qtbot.waitSignal(dialog.destroyed):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
