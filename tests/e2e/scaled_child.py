"""Opens the window and every dialog of it at the scale of QT_SCALE_FACTOR; prints what is cut off."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from pathlib import Path

from PySide6.QtWidgets import QDialog, QTabWidget, QWidget

from desktop_search.bootstrap.compose import Composition
from desktop_search.bootstrap.waiting import until
from desktop_search.bootstrap.window import application, open_window
from desktop_search.core.errors import AppError
from desktop_search.settings.folders import Folders
from desktop_search.ui.style.theme import Theme, apply_theme
from tests.e2e.test_every_dialog import DIALOGS, opened
from tests.support.controls import cut_off

_SIZES = ((960, 560), (1440, 900))
_SETTLED_S, _OPENED_S = 3.0, 10.0


def main(profile: Path) -> None:
    folders = Folders.for_user(profile)
    folders.create()
    faults: list[str] = []
    with open_window(folders) as program:
        scale = program.window.devicePixelRatioF()
        program.commands.run("search.filters")
        program.uploads_pane.details_form.set_open(True)
        program.notices.show_warning("The disk is nearly full. Make room, then add the rest.")
        for size in _SIZES:
            program.window.resize(*size)
            faults += [f"window {size}: {fault}" for fault in cut_in_both_themes(program.window)]
        program.commands.run("view.map")
        faults += [f"map: {fault}" for fault in settled(program.window)]
        for command_id in DIALOGS:
            faults += [f"{command_id}: {fault}" for fault in faults_of_dialog(program, command_id)]
    sys.stdout.write(json.dumps({"scale": scale, "faults": faults}) + "\n")


def faults_of_dialog(program: Composition, command_id: str) -> list[str]:
    program.commands.run(command_id)
    until(lambda: len(opened()) == 1, f"{command_id} is open", _OPENED_S)
    dialog: QDialog = opened()[0]
    tabs = dialog.findChild(QTabWidget)
    faults = settled(dialog)
    if isinstance(tabs, QTabWidget):
        for number in range(1, tabs.count()):
            tabs.setCurrentIndex(number)
            faults += settled(dialog)
    dialog.close()
    until(lambda: not opened(), f"{command_id} is closed", _OPENED_S)
    return faults


def cut_in_both_themes(window: QWidget) -> list[str]:
    faults: list[str] = []
    for theme in (Theme.LIGHT, Theme.DARK):
        apply_theme(application(), theme)
        faults += settled(window)
    return faults


def settled(window: QWidget) -> list[str]:
    """What is still cut off when everything has its place."""

    def cut() -> list[str]:
        return [what for widget in window.findChildren(QWidget) for what in cut_off(widget)]

    with suppress(AppError):  # then it stays cut off, and is told
        until(lambda: not cut(), "everything has its place", _SETTLED_S)
    return cut()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
