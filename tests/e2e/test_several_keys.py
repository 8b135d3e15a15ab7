"""Two accounts of a shared engine in one window: each key by its name, tested, switched, and what each of them sees."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_search.core.accounts import Server
from desktop_search.settings.folders import Folders
from desktop_search.settings.preferences import PreferencesStore
from desktop_search.settings.secrets import SecretStore
from tests.clips import Clip
from tests.contract.engine_child import EngineChild
from tests.e2e.acting import drop
from tests.e2e.conftest import active_window, wait_until_done

pytestmark = pytest.mark.display
SOON_MS = 30_000


def given_out(data_dir: Path, name: str) -> str:
    """A key of an account of its own."""
    command = [sys.executable, "-m", "desktop_search", "engine", "keys", "add", name, "--data-dir", str(data_dir)]
    made = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return next(word for word in made.stdout.split() if word.startswith("sk-"))


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[tuple[EngineChild, str, str]]:
    """An engine, and the keys of Anna and of Ben."""
    with EngineChild(tmp_path / "server") as engine:
        yield engine, given_out(tmp_path / "server", "anna"), given_out(tmp_path / "server", "ben")


def test_keys_are_added_tested_switched_and_removed(
    profile: Folders, qtbot: QtBot, shared: tuple[EngineChild, str, str], footage: Clip
) -> None:
    engine, anna, ben = shared
    SecretStore().set(engine.url, anna)
    PreferencesStore(profile.preferences_file).update(servers=(Server(engine.url),), library_id=engine.url)
    with active_window(profile, qtbot) as program:
        drop(program.uploads_pane, footage.path)
        wait_until_done(qtbot, program, 1)
        program.commands.run("view.library")
        model = program.items.page.model
        qtbot.waitUntil(lambda: [item.name for item in model.items.values()] == [footage.path.name], timeout=SOON_MS)

        program.commands.run("file.keys")
        keys = program.access.keys
        dialog = keys.dialog
        assert dialog is not None
        qtbot.waitUntil(lambda: dialog.library_id == engine.url and len(dialog.rows) == 1, timeout=SOON_MS)
        QTest.keyClicks(dialog.name, "Ben")
        QTest.keyClicks(dialog.key, ben)
        QTest.keyClick(dialog.key, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: [row.key.name for row in dialog.rows] == ["", "Ben"], timeout=SOON_MS)
        assert keyring.get_password("Desktop Search", f"{engine.url}#Ben") == ben

        use = dialog.rows[1].use
        qtbot.waitUntil(lambda: use.isVisible() and use.height() > 0)
        with qtbot.waitSignal(keys.changed, timeout=SOON_MS):
            QTest.mouseClick(use, Qt.MouseButton.LeftButton, pos=QPoint(10, use.height() // 2))
        qtbot.waitUntil(lambda: not model.items, timeout=SOON_MS)  # Ben sees nothing of Anna's
        assert not any("has left" in each.text for each in program.notices.notices)
        with qtbot.waitSignal(keys.changed, timeout=SOON_MS):
            QTest.mouseClick(dialog.rows[1].remove, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: len(model.items) == 1, timeout=SOON_MS)  # Anna's key is in use again
        assert keyring.get_password("Desktop Search", f"{engine.url}#Ben") is None
        dialog.close()
