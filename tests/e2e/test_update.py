"""Help → Look for a new version: only when asked, and it only tells."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_search import __version__
from desktop_search.bootstrap.wire_updates import VARIABLE
from desktop_search.settings.folders import Folders
from tests.e2e.conftest import active_window
from tests.support.fault_server import FaultServer, gives

pytestmark = pytest.mark.display
PAGE = "https://example.org/releases/99"


class Browser(QObject):
    """In the place of the desktop's browser."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


def release(version: str) -> bytes:
    return json.dumps({"tag_name": f"v{version}", "html_url": PAGE}).encode()


def test_it_is_asked_on_request_alone_and_opens_the_page(
    profile: Folders, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = FaultServer([gives(release("99.0")), gives(release(__version__)), gives(b"", status=500)])
    monkeypatch.setenv(VARIABLE, f"{server.url}/latest")
    browser = Browser()
    QDesktopServices.setUrlHandler("https", browser, "open")  # type: ignore[arg-type]
    try:
        with active_window(profile, qtbot) as program:
            ask = program.commands.action("help.update")
            notices = program.notices

            def said(words: str) -> bool:
                return any(words in notice.text for notice in notices.notices)

            assert not server.seen
            ask.trigger()
            qtbot.waitUntil(lambda: said("Version 99.0 is there"), timeout=20_000)
            button = next(each for each in notices.findChildren(QPushButton) if each.text() == "Open its page")
            button.click()
            assert browser.opened == [PAGE]
            ask.trigger()
            qtbot.waitUntil(lambda: said(f"This is the newest version, {__version__}."), timeout=20_000)
            ask.trigger()
            qtbot.waitUntil(lambda: said("could not be read"), timeout=20_000)
            assert len(server.seen) == 3
    finally:
        QDesktopServices.unsetUrlHandler("https")
        server.close()
