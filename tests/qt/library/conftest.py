"""Real libraries, preferences and secrets; the server is on the loopback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_search.core.accounts import Server
from desktop_search.core.library import Library
from desktop_search.jobs.runner import JobRunner
from desktop_search.services.engine_process import EngineProcess
from desktop_search.services.libraries import Libraries
from desktop_search.settings.folders import Folders
from desktop_search.settings.preferences import Preferences, PreferencesStore
from desktop_search.settings.secrets import SecretStore
from desktop_search.ui.dialogs.key_dialog import KeyDialog
from desktop_search.ui.library.library_controller import LibraryController
from desktop_search.ui.library.library_switch import LibrarySwitch
from desktop_search.ui.style.theme import Theme, apply_theme
from tests.fakes.key_server import KeyServer
from tests.support.focus import wait_exposed

KEY = "sk-mavi-0123456789abcdef1a2b"


@dataclass
class Desk:
    """A window with the switch in it, and everything behind it."""

    qtbot: QtBot
    window: QWidget
    switch: LibrarySwitch
    controller: LibraryController
    libraries: Libraries
    preferences: PreferencesStore
    folders: Folders
    runner: JobRunner
    server: KeyServer

    @property
    def custom(self) -> Library:
        """The library of the server on the loopback."""
        return self.libraries.library(self.server.address)

    def choose(self, library: Library) -> None:
        """Choose by the menu."""
        self.qtbot.waitUntil(lambda: any(action.data() == library.library_id for action in self.switch.menu.actions()))
        next(action for action in self.switch.menu.actions() if action.data() == library.library_id).trigger()

    def dialog(self) -> KeyDialog:
        """The key dialog, once it is open."""
        self.qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in self.window.findChildren(KeyDialog)))
        return next(dialog for dialog in self.window.findChildren(KeyDialog) if dialog.isVisible())

    def wait_no_dialog(self) -> None:
        self.qtbot.waitUntil(lambda: not self.window.findChildren(KeyDialog))


@pytest.fixture
def server() -> Iterator[KeyServer]:
    with KeyServer(KEY) as made:
        yield made


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path, server: KeyServer) -> Iterator[Desk]:
    apply_theme(qapp, Theme.DARK)
    folders = Folders.for_user(tmp_path / "profile")
    folders.create()
    preferences = PreferencesStore(folders.preferences_file)
    preferences.save(Preferences(servers=(Server(server.address),)))
    engine = EngineProcess(folders.engine_data, folders.logs / "engine.log")
    libraries = Libraries(engine, SecretStore(), preferences)
    window, switch, runner = QWidget(), LibrarySwitch(), JobRunner()
    QVBoxLayout(window).addWidget(switch)
    qtbot.addWidget(window)
    controller = LibraryController(runner, libraries, switch, window)
    window.show()
    wait_exposed(qtbot, window)
    yield Desk(qtbot, window, switch, controller, libraries, preferences, folders, runner, server)
    server.released.set()
    assert runner.shut_down() == []
    libraries.close()
