"""What only the account's console can mend is said with a way there."""

from __future__ import annotations

from contextlib import closing
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_search.settings.folders import Folders
from desktop_search.ui.web_pages import WebPage
from tests.e2e.conftest import active_window
from tests.e2e.paid import stand_in
from tests.support.browser import Browser
from tests.support.fault_server import FaultServer, envelope

pytestmark = pytest.mark.display


@pytest.mark.parametrize(
    ("code", "said", "page"),
    [("0402", "no credits left", WebPage.BILLING), ("0403", "account is disabled", WebPage.KEYS)],
)
def test_no_credits_and_a_disabled_account_lead_to_the_console(
    profile: Folders,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    browser: Browser,
    code: str,
    said: str,
    page: WebPage,
) -> None:
    with closing(FaultServer([envelope(None, code, "refused")])) as server:
        stand_in(cast("Any", SimpleNamespace(url=server.url)), profile, monkeypatch)
        with active_window(profile, qtbot) as program:
            qtbot.waitUntil(lambda: any(said in each.text for each in program.notices.notices), timeout=30_000)
            notice = next(each for each in program.notices.notices if said in each.text)
            button = next(each for each in notice.findChildren(QPushButton) if each.text().startswith("Open"))
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
            assert browser.opened == [page.address]
