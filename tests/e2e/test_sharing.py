"""Another computer's engine, over TLS: added by its fingerprint, worked with, and refused once it shows another one."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.ui.account.servers_dialog import ServersDialog
from desktop_search.ui.dialogs.key_dialog import KeyDialog
from tests.clips import Clip
from tests.contract.engine_child import KEY, EngineChild
from tests.e2e.acting import drop, type_query
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


def choose(program: Composition, qtbot: QtBot, address: str) -> None:
    next(action for action in program.switch.menu.actions() if action.data() == address).trigger()
    qtbot.waitUntil(lambda: bool(program.window.findChildren(KeyDialog)), timeout=20_000)
    asked = program.window.findChildren(KeyDialog)[0]
    qtbot.keyClicks(asked.field, KEY)
    with qtbot.waitSignal(program.library.library_changed, timeout=30_000):
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
        program.connection.read()
        qtbot.waitUntil(lambda: "another certificate" in " ".join(each.text for each in program.notices.notices))
        notice = next(each for each in program.notices.notices if "another certificate" in each.text)
        assert engine.ready["fingerprint"] in notice.text
        click(qtbot, next(each for each in notice.findChildren(QPushButton) if "certificate" in each.text()))
        dialog = dialog_of(program)
        qtbot.waitUntil(dialog.accept_button.isVisible, timeout=20_000)
        assert "ANOTHER" in dialog.certificate
        with qtbot.waitSignal(program.connection.connected, timeout=20_000):
            click(qtbot, dialog.accept_button)
        qtbot.waitUntil(lambda: notice not in program.notices.notices)
