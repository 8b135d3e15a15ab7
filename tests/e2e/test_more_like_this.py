"""From what is on show to what is like it, and into one clip: by keys, by the menu, and exactly that frame."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.query import Scope, SearchQuery
from desktop_search.media import frame_code
from desktop_search.player.port import PlayerState
from desktop_search.ui.search.results_view import ResultsView
from tests.clips import Clip, Scene, make_clip
from tests.e2e.acting import drop, jump, on_screen, query_field, type_query
from tests.e2e.conftest import wait_until_done

pytestmark = pytest.mark.display


@pytest.fixture
def filled(program: Composition, qtbot: QtBot, footage: Clip, tmp_path: Path) -> Composition:
    """With the usual clip, and another that shows the same green."""
    other = make_clip(tmp_path / "other.mp4", [Scene(2, "blue"), Scene(3, "green")], clip_id=8)
    drop(program.uploads_pane, footage.path, other.path)
    wait_until_done(qtbot, program, 2)
    return program


def frame_in(picture: Path) -> tuple[int, int]:
    code = frame_code.find(np.asarray(Image.open(picture).convert("RGB")))[0]
    return code.clip, code.frame


def searched_by(program: Composition, qtbot: QtBot) -> Path:
    """The picture of the search whose answer is on show."""
    picture = program.search_pane.query().picture
    assert picture is not None
    chip = next(label for label in program.search_pane.findChildren(QLabel) if label.accessibleName() == _THUMBNAIL)
    qtbot.waitUntil(lambda: chip.isVisible() and not chip.pixmap().isNull())
    return picture


_THUMBNAIL = "Picture to search by"


def test_the_very_frame_in_the_player_is_searched_by(filled: Composition, qtbot: QtBot) -> None:
    type_query(filled, qtbot, "yellow ball")
    clip, first = jump(filled, qtbot)
    filled.player_pane.setFocus()
    for step in (1, 2, 3):
        qtbot.keyClick(filled.player_pane, Qt.Key.Key_Right)
        qtbot.waitUntil(lambda step=step: on_screen(filled) == (clip, first + step), timeout=20_000)  # type: ignore[misc]
    with qtbot.waitSignal(filled.search.answered, timeout=20_000) as answered:
        qtbot.keyClick(filled.player_pane, Qt.Key.Key_Y)
    assert answered.args is not None
    assert frame_in(searched_by(filled, qtbot)) == (clip, first + 3)
    assert filled.results.hits()[0].found_by is None


def test_a_clip_that_plays_is_held_at_the_frame_that_is_searched_by(filled: Composition, qtbot: QtBot) -> None:
    type_query(filled, qtbot, "yellow ball")
    _clip, first = jump(filled, qtbot)
    player = filled.player
    assert player is not None
    qtbot.keyClick(filled.results.findChild(ResultsView), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: on_screen(filled)[1] > first + 5, timeout=20_000)
    with qtbot.waitSignal(filled.search_pane.search_requested, timeout=20_000):
        qtbot.mouseClick(filled.player_pane.transport.like_this, Qt.MouseButton.LeftButton)
    assert player.state is not PlayerState.PLAYING
    taken = frame_in(searched_by(filled, qtbot))
    qtbot.waitUntil(lambda: on_screen(filled) == taken, timeout=20_000)


def test_a_result_is_searched_by_its_first_frame(filled: Composition, qtbot: QtBot, footage: Clip) -> None:
    type_query(filled, qtbot, "yellow ball")
    jump(filled, qtbot)
    with qtbot.waitSignal(filled.search.answered, timeout=20_000):
        qtbot.keyClick(filled.results.findChild(ResultsView), Qt.Key.Key_Y)
    assert frame_in(searched_by(filled, qtbot)) == (9, footage.starts[1])


def test_one_clip_is_searched_with_a_picture_and_words(filled: Composition, qtbot: QtBot, footage: Clip) -> None:
    assert len({hit.video_no for hit in type_query(filled, qtbot, "green")}) == 2
    jump(filled, qtbot)
    clip = filled.results.hits()[0].clip
    qtbot.keyClick(filled.results.findChild(ResultsView), Qt.Key.Key_Y, Qt.KeyboardModifier.ShiftModifier)
    assert filled.search_pane.query().inside == clip
    inside = type_query(filled, qtbot, "green")
    assert {hit.clip for hit in inside} == {clip}
    picture = footage.path.with_name("green.png")
    Image.new("RGB", (64, 36), (0, 128, 0)).save(picture)
    with qtbot.waitSignal(filled.search.answered, timeout=20_000) as answered:
        drop(filled.results, picture)
    assert answered.args is not None
    asked = answered.args[0]
    assert isinstance(asked, SearchQuery)
    assert (asked.words, asked.picture, asked.inside) == ("green", picture, clip)
    assert {hit.clip for hit in filled.results.hits()} == {clip}
    chip = next(each for each in filled.search_pane.findChildren(QAbstractButton) if each.text().startswith("inside:"))
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(_button(filled, "Remove the picture"), Qt.MouseButton.LeftButton)
    assert len({hit.video_no for hit in type_query(filled, qtbot, "green")}) == 2


def test_the_clip_on_show_is_searched_for_a_phrase(filled: Composition, qtbot: QtBot) -> None:
    type_query(filled, qtbot, "blue")
    jump(filled, qtbot)
    filled.player_pane.setFocus()
    qtbot.keyClick(filled.player_pane, Qt.Key.Key_Y, Qt.KeyboardModifier.ShiftModifier)
    assert query_field(filled).hasFocus()
    qtbot.keyClick(query_field(filled), Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert filled.search_pane.query().scope is Scope.PHRASE
    assert type_query(filled, qtbot, "leaving the harbor") == ()
    filled.search_pane.search_everywhere()
    assert len(type_query(filled, qtbot, "leaving the harbor")) == 1


def _button(program: Composition, name: str) -> QAbstractButton:
    return next(each for each in program.search_pane.findChildren(QAbstractButton) if each.accessibleName() == name)
