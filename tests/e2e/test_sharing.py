"""Another computer's engine, over TLS: added by its fingerprint, worked with, and refused once it shows another one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.accounts import Server
from desktop_search.ui.account.servers_dialog import ServersDialog
from desktop_search.ui.dialogs.key_dialog import KeyDialog
from desktop_search.ui.notices import Notice
from tests.clips import Clip
from tests.contract.engine_child import KEY, EngineChild
from tests.e2e.acting import drop, query_field, type_query
from tests.e2e.conftest import wait_until_done
from tests.support.certificates import self_signed_file

pytestmark = pytest.mark.display


def click(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def dialog_of(program: Composition) -> ServersDialog:
    dialog = program.access.servers.dialog
    assert dialog is not None
    return dialog


def add(program: Composition, qtbot: QtBot, name: str, address: str) -> str:
    """Add the server by hand; what its certificate was said to be."""
    program.commands.action("file.servers").trigger()
    dialog = dialog_of(program)
    qtbot.keyClicks(dialog.name, name)
    qtbot.keyClicks(dialog.address, address)
    click(qtbot, dialog.check)
    qtbot.waitUntil(dialog.accept_button.isVisible, timeout=20_000)
    said = dialog.certificate
    click(qtbot, dialog.accept_button)
    qtbot.waitUntil(lambda: any(action.data() == address for action in program.switch.menu.actions()), timeout=20_000)
    dialog.close()
    return said


def choose(program: Composition, qtbot: QtBot, address: str, key: str = KEY) -> None:
    next(action for action in program.switch.menu.actions() if action.data() == address).trigger()
    with qtbot.waitSignal(program.library.library_changed, timeout=30_000):
        enter_key(program, qtbot, key)


def enter_key(program: Composition, qtbot: QtBot, key: str) -> None:
    qtbot.waitUntil(lambda: bool(program.window.findChildren(KeyDialog)), timeout=20_000)
    asked = program.window.findChildren(KeyDialog)[0]
    qtbot.keyClicks(asked.field, key)
    qtbot.keyClick(asked.field, Qt.Key.Key_Return)


def test_a_workstation_is_shared_over_tls(program: Composition, qtbot: QtBot, tmp_path: Path, footage: Clip) -> None:
    files = [str(self_signed_file(tmp_path)) for _ in range(2)]
    options = [["--tls-cert", file, "--tls-key", file] for file in files]
    with EngineChild(tmp_path / "server", "--host", "0.0.0.0", *options[0]) as engine:
        port = urlsplit(engine.url).port
        address = f"https://localhost:{port}"
        assert engine.ready["fingerprint"] in add(program, qtbot, "Workstation", address)
        choose(program, qtbot, address)
        assert program.switch.library.title == "Workstation"
        drop(program.uploads_pane, footage.path)
        wait_until_done(qtbot, program, 1)
        assert type_query(program, qtbot, "green")
    with EngineChild(tmp_path / "server", "--host", "0.0.0.0", "--port", str(port), *options[1]) as engine:
        notice = search_in_vain(program, qtbot, "another certificate")
        assert engine.ready["fingerprint"] in notice.text
        click(qtbot, next(each for each in notice.findChildren(QPushButton) if "certificate" in each.text()))
        dialog = dialog_of(program)
        qtbot.waitUntil(dialog.accept_button.isVisible, timeout=20_000)
        assert "ANOTHER" in dialog.certificate
        with qtbot.waitSignal(program.connection.connected, timeout=20_000):
            click(qtbot, dialog.accept_button)
        qtbot.waitUntil(lambda: notice not in program.notices.notices)


def test_a_key_that_is_taken_back_while_the_window_is_open_can_be_replaced(
    program: Composition, qtbot: QtBot, tmp_path: Path
) -> None:
    with EngineChild(tmp_path / "server") as engine:
        first, second = (key_of(tmp_path / "server", name) for name in ("anna", "ben"))
        program.services.libraries.keep_server(Server(engine.url, "Workstation"))
        program.library.refresh()
        qtbot.waitUntil(lambda: any(action.data() == engine.url for action in program.switch.menu.actions()))
        choose(program, qtbot, engine.url, first)
        type_query(program, qtbot, "green")
        run_engine("keys", "revoke", "anna", "--data-dir", str(tmp_path / "server"))
        notice = search_in_vain(program, qtbot, "does not accept the API key")
        click(qtbot, next(each for each in notice.findChildren(QPushButton) if each.text() == "Enter key…"))
        enter_key(program, qtbot, second)
        qtbot.waitUntil(lambda: not program.window.findChildren(KeyDialog), timeout=20_000)
        type_query(program, qtbot, "green")
        qtbot.waitUntil(lambda: notice not in program.notices.notices)


def key_of(data_dir: Path, name: str) -> str:
    """A key that the engine's own command gives out."""
    return run_engine("keys", "add", name, "--data-dir", str(data_dir)).strip()


def run_engine(*arguments: str) -> str:
    command = [sys.executable, "-m", "desktop_search", "engine", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


def search_in_vain(program: Composition, qtbot: QtBot, words: str) -> Notice:
    """The search fails for this; the notice that says so too, with its button."""
    field = query_field(program)
    field.clear()
    qtbot.keyClicks(field, "red")
    with qtbot.waitSignal(program.search.failed, timeout=30_000):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(words in each.text for each in program.notices.notices), timeout=20_000)
    return next(each for each in program.notices.notices if words in each.text)
