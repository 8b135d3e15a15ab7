"""People in the whole window, with models of a few kilobytes: switched on, named, searched for, and forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.query import Scope, SearchQuery
from desktop_search.settings.folders import Folders
from desktop_search.ui.people.people_controller import PeopleController
from desktop_search.ui.people.people_dialog import PeopleDialog
from tests.clips import Clip, Scene, Shape, make_clip
from tests.clips.scenes import draw_scene
from tests.e2e.acting import drop, type_query
from tests.e2e.conftest import items, wait_until_done
from tests.support.tiny_models import install
from tests.support.tiny_people import make_tiny_detector, make_tiny_recogniser

pytestmark = pytest.mark.display


@pytest.fixture(scope="session")
def somebody(tmp_path_factory: pytest.TempPathFactory) -> Clip:
    """Nobody, then somebody yellow."""
    scenes = [Scene(2, "gray"), Scene(2, "blue", shape=Shape.BALL, shape_color="yellow")]
    return make_clip(tmp_path_factory.mktemp("people") / "take.mp4", scenes, clip_id=5)


@pytest.fixture
def profile(profile: Folders, tmp_path: Path) -> Folders:
    """With both models in use."""
    install(profile.models, make_tiny_detector(tmp_path / "faces"))
    install(profile.models, make_tiny_recogniser(tmp_path / "persons"))
    return profile


def test_somebody_is_named_searched_for_and_forgotten(
    program: Composition, qtbot: QtBot, somebody: Clip, tmp_path: Path
) -> None:
    still = tmp_path / "portrait.png"
    draw_scene(Scene(1, "blue", shape=Shape.BALL, shape_color="yellow"), 0.5, (640, 360)).save(still)
    drop(program.uploads_pane, somebody.path, still)
    wait_until_done(qtbot, program, 2)
    assert program.commands.run("file.people")
    dialog = program.people.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.switch.isEnabled, timeout=20_000)
    assert not dialog.switch.isChecked()
    dialog.switch.click()
    qtbot.waitUntil(lambda: dialog.people.rowCount() == 1, timeout=60_000)
    qtbot.waitUntil(lambda: dialog.people.picture(0) is not None, timeout=20_000)

    dialog.people_view.setCurrentIndex(dialog.people.index(0, 0))

    def places() -> list[str]:
        return sorted(dialog.faces.face(row).name for row in range(dialog.faces.rowCount()))

    qtbot.waitUntil(lambda: places() == ["portrait.png", "take"], timeout=60_000)  # the still comes after the clip
    _name(dialog, qtbot, "Anna")
    _watch_both(program, dialog, qtbot)
    _search(program, dialog, qtbot)
    dialog.delete.click()
    dialog.strip.delete.click()
    qtbot.waitUntil(lambda: dialog.people.rowCount() == 0, timeout=20_000)
    assert not dialog.switch.isChecked()
    _is_told_why_a_name_is_refused(program.people, dialog, qtbot)


def _is_told_why_a_name_is_refused(people: PeopleController, dialog: PeopleDialog, qtbot: QtBot) -> None:
    """It stays to be read when the next news come."""
    people._timer.setInterval(20)
    dialog.rename_asked.emit(1, "Anna")  # of somebody who was forgotten meanwhile
    qtbot.waitUntil(lambda: dialog._problem.text() != "", timeout=20_000)
    for _read in range(3):  # the timer begins again once an answer was shown
        qtbot.waitSignal(people._timer.timeout, timeout=20_000).wait()
    assert dialog._problem.text() != ""


def _name(dialog: PeopleDialog, qtbot: QtBot, name: str) -> None:
    dialog.name.click()
    (field,) = dialog.people_view.findChildren(QLineEdit)
    qtbot.keyClicks(field, name)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.people.person(0).name == name, timeout=20_000)


def _watch_both(program: Composition, dialog: PeopleDialog, qtbot: QtBot) -> None:
    """The still, then the clip."""
    in_the_clip = next(row for row in range(2) if dialog.faces.face(row).video_no)
    dialog.faces_view.setCurrentIndex(dialog.faces.index(1 - in_the_clip, 0))
    with qtbot.waitSignal(program.watch.image_shown, timeout=20_000):
        qtbot.keyClick(dialog.faces_view, Qt.Key.Key_Return)
    dialog.faces_view.setCurrentIndex(dialog.faces.index(in_the_clip, 0))
    assert dialog.faces_view.currentIndex().isValid()
    qtbot.keyClick(dialog.faces_view, Qt.Key.Key_Return)
    assert program.watch.hit is not None
    assert program.watch.hit.start_ms == 2000  # the picture itself lies behind the dialog


def _search(program: Composition, dialog: PeopleDialog, qtbot: QtBot) -> None:
    """By the dialog, by words, and among images."""
    with qtbot.waitSignal(program.search.answered, timeout=20_000):
        dialog.search.click()
    (hit,) = program.results.hits()
    assert (hit.video_no, hit.start_ms) == (items(program)[0].remote_id, 2000)
    assert program.search_pane.query().filters.people == ("Anna",)
    program.search_pane.clear()
    assert len(type_query(program, qtbot, "person:Anna")) == 1
    program.search_pane.clear()
    images = SearchQuery("person:Anna", scope=Scope.IMAGE)
    with qtbot.waitSignal(program.search.answered, timeout=20_000) as answered:
        program.search_pane.run_query(images)
    assert [each.name for each in answered.args[1].images] == ["portrait.png"]
