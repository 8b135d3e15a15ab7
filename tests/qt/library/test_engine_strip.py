from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_search.core.engine_state import EngineState, IndexingVideo, LearningProgress, OfflineVideo
from desktop_search.ui.library.engine_strip import EngineStrip
from desktop_search.ui.library.engine_words import activity_words, offline_words

HARBOUR = IndexingVideo("VI1", "harbour", 500)
AWAY = OfflineVideo("VI2", "pier", "/drive/pier.mp4")


def test_what_is_under_way_is_said_in_one_line() -> None:
    assert activity_words(EngineState()) == ""
    assert activity_words(EngineState(indexing=(HARBOUR,), waiting=14)) == "Indexing 1 clip · 14 wait"
    assert activity_words(EngineState(paused=True, waiting=1)) == "Indexing is paused · 1 waits"
    learning = EngineState(learning=(("seen", LearningProgress(12, 40)),))
    assert activity_words(learning) == "Looking at clips again with the new model: 12 of 40"
    assert activity_words(EngineState(offline=(AWAY,), offline_count=3)) == "3 clips offline"


def test_which_clips_are_away_is_said_in_full() -> None:
    words = offline_words(EngineState(offline=(AWAY,), offline_count=3))
    assert "/drive/pier.mp4" in words
    assert words.endswith("and 2 more")
    assert offline_words(EngineState()) == ""


def test_the_strip_shows_itself_while_there_is_something_to_say(qtbot: QtBot) -> None:
    strip = EngineStrip()
    qtbot.addWidget(strip)
    assert strip.isHidden()
    strip.show_state(EngineState(indexing=(HARBOUR,)))
    assert strip.isVisible()
    with qtbot.waitSignal(strip.pause_asked) as asked:
        qtbot.mouseClick(strip.button, Qt.MouseButton.LeftButton)
    assert asked.args == [True]
    strip.show_state(EngineState(paused=True))
    with qtbot.waitSignal(strip.pause_asked) as asked:
        qtbot.mouseClick(strip.button, Qt.MouseButton.LeftButton)
    assert asked.args == [False]
    strip.show_state(EngineState(offline=(AWAY,), offline_count=1))
    assert not strip.button.isVisible()  # nothing to pause
    strip.show_state(None)
    assert strip.isHidden()
