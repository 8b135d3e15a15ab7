"""A model comes into use, and footage that was searchable before is then found by its meaning."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.settings.folders import Folders
from tests.clips import Scene, make_clip
from tests.e2e.acting import drop, jump, type_query
from tests.e2e.conftest import wait_until_done
from tests.support.tiny_models import install, make_tiny_seen

pytestmark = pytest.mark.display
LONG_MS = 60_000


def test_with_a_model_footage_is_found_by_its_meaning(
    program: Composition, profile: Folders, qtbot: QtBot, tmp_path: Path
) -> None:
    drop(program.uploads_pane, make_clip(tmp_path / "A001.mp4", [Scene(3, "blue"), Scene(3, "red")]).path)
    wait_until_done(qtbot, program, 1)
    assert type_query(program, qtbot, "rouge") == ()
    qtbot.waitUntil(lambda: _offered(program) is not None, timeout=LONG_MS)
    install(profile.models, make_tiny_seen(tmp_path / "made"))
    assert _asked_until_found(program, qtbot, "rouge")[0] == 3000
    assert jump(program, qtbot)[1] == 75
    program.commands.run("file.models")
    dialog = program.models.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: "on the disk" in dialog.disk_use, timeout=LONG_MS)
    assert dialog.row("tiny-seen").state.startswith("in use")


def _offered(program: Composition) -> QPushButton | None:
    """The button that leads to the models, where nothing was found without one."""
    buttons = program.results.findChildren(QPushButton)
    return next((each for each in buttons if each.text().startswith("Models") and each.isVisible()), None)


def _asked_until_found(program: Composition, qtbot: QtBot, words: str) -> list[int]:
    """The clip is embedded in the background; ask again until it is."""
    found: list[int] = []

    def ask() -> bool:
        found[:] = [hit.start_ms for hit in type_query(program, qtbot, words)]
        return bool(found)

    qtbot.waitUntil(ask, timeout=LONG_MS)
    return found
