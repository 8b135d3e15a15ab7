"""Thumbs on results, another model, both asked the same: "better on N of M", and the user decides."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.hits import Hit
from desktop_search.settings.folders import Folders
from desktop_search.ui.dialogs.trial_bar import TrialBar
from desktop_search.ui.search.results_view import ResultsView
from tests.clips import Scene, make_clip
from tests.e2e.acting import drop, type_query
from tests.e2e.conftest import wait_until_done
from tests.support.tiny_models import install, make_tiny_seen

pytestmark = pytest.mark.display
LONG_MS = 60_000


def asked_until_found(program: Composition, qtbot: QtBot, words: str) -> tuple[Hit, ...]:
    """The clip is embedded in the background; ask again until it is found."""
    found: list[Hit] = []

    def ask() -> bool:
        found[:] = type_query(program, qtbot, words)
        return bool(found)

    qtbot.waitUntil(ask, timeout=LONG_MS)
    return tuple(found)


def judge(program: Composition, qtbot: QtBot, key: Qt.Key) -> str:
    """Press the key on the first result; what was said."""
    view = program.results.findChild(ResultsView)
    assert isinstance(view, ResultsView)
    view.setFocus()
    view.choose(0)
    before = list(program.notices.notices)
    qtbot.keyClick(view, key)
    qtbot.waitUntil(lambda: any(each not in before and "test set" in each.text for each in program.notices.notices))
    return next(each.text for each in program.notices.notices if each not in before)


def trial_bar(program: Composition, qtbot: QtBot) -> TrialBar:
    program.commands.run("file.models")
    qtbot.waitUntil(lambda: program.trial.bar is not None and "test set" in program.trial.bar.words, timeout=LONG_MS)
    assert program.trial.bar is not None
    return program.trial.bar


def test_two_models_are_compared_by_what_the_user_said(
    program: Composition, profile: Folders, qtbot: QtBot, tmp_path: Path
) -> None:
    install(profile.models, make_tiny_seen(tmp_path / "made", without=["canary"]))
    drop(program.uploads_pane, make_clip(tmp_path / "A001.mp4", [Scene(2, "yellow"), Scene(2, "red")]).path)
    wait_until_done(qtbot, program, 1)
    asked_until_found(program, qtbot, "rouge")
    assert "1 verdict on 1 search" in judge(program, qtbot, Qt.Key.Key_G)
    assert "1 verdict on 1 search" in judge(program, qtbot, Qt.Key.Key_B)  # it was meant the other way
    assert "empty" in judge(program, qtbot, Qt.Key.Key_B)  # and taken back
    judge(program, qtbot, Qt.Key.Key_G)
    other = make_tiny_seen(tmp_path / "other", model_id="other", seed=2, without=["rouge"])
    install(profile.models, other, use=False)
    bar = trial_bar(program, qtbot)
    dialog = program.models.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: any(model.model_id == "other" for model in program.models._models), timeout=LONG_MS)
    qtbot.mouseClick(dialog.row("other").use, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "is on trial" in bar.words, timeout=LONG_MS)
    assert type_query(program, qtbot, "rouge")  # the one before goes on answering

    told = "better on 0 of 1 search, worse on 1"
    qtbot.waitUntil(lambda: any(told in each.text for each in program.notices.notices), timeout=LONG_MS)
    assert told in bar.words
    assert "“rouge”: worse" in bar.words
    qtbot.mouseClick(bar.back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "on trial" not in bar.words, timeout=LONG_MS)
    assert asked_until_found(program, qtbot, "rouge")
