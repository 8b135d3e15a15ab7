"""What is said in a clip and what is known of it, by real keys and clicks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop_search.core.errors import AppError, NetworkError
from desktop_search.core.footage import TranscriptLine, VideoRecord
from desktop_search.core.hits import Hit
from desktop_search.core.timecode import Timebase
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner
from desktop_search.ui.watch.clip_controller import ClipController
from desktop_search.ui.watch.clip_tabs import ClipTabs
from tests.support.focus import wait_exposed

pytestmark = pytest.mark.display
BASE = Timebase(Fraction(25), start_frame=10 * 3600 * 25)
LINES = tuple(TranscriptLine(number * 2000, number * 2000 + 1500, f"Line {number}, boat") for number in range(40))
HIT = Hit("VI1", "harbour\n.mp4", 10_000)


class Texts:
    """A library that knows one clip."""

    def __init__(self) -> None:
        self.error: AppError | None = None
        self.lines: tuple[TranscriptLine, ...] = LINES
        self.asked: list[str] = []

    def transcript(self, hit: Hit, token: CancelToken) -> tuple[TranscriptLine, ...]:
        self.asked.append("transcript")
        if self.error is not None:
            raise self.error
        return self.lines

    def captions(self, hit: Hit, token: CancelToken) -> tuple[TranscriptLine, ...]:
        self.asked.append("captions")
        return (TranscriptLine(0, 9000, "A grey harbour."),)

    def record(self, hit: Hit, token: CancelToken) -> VideoRecord | None:
        self.asked.append("record")
        return VideoRecord(hit.video_no, "harbour", "PARSE", duration_ms=80_000, width=640, height=360, tags=("sea",))


@pytest.fixture
def texts() -> Texts:
    return Texts()


@pytest.fixture
def tabs(qtbot: QtBot) -> ClipTabs:
    made = ClipTabs()
    qtbot.addWidget(made)
    made.resize(420, 260)
    made.show()
    wait_exposed(qtbot, made)
    return made


@pytest.fixture
def clip(tabs: ClipTabs, texts: Texts) -> Iterator[ClipController]:
    runner = JobRunner()
    yield ClipController(runner, texts, tabs)
    assert runner.shut_down() == []
    runner.deleteLater()


def _read(qtbot: QtBot, tabs: ClipTabs, clip: ClipController, hit: Hit = HIT) -> None:
    clip.show_clip(hit, Path("/footage/harbour.mp4"), BASE)
    qtbot.waitUntil(lambda: bool(tabs.transcript.model.lines))


def test_the_transcript_follows_the_picture_and_leads_it(qtbot: QtBot, tabs: ClipTabs, clip: ClipController) -> None:
    _read(qtbot, tabs, clip)
    assert tabs.transcript.model.current_row == 5
    clip.set_position(70_000)
    view = tabs.transcript.view
    shown = view.visualRect(tabs.transcript.model.index(35))
    assert view.viewport().rect().contains(shown)
    with qtbot.waitSignal(clip.seek_asked) as told:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=shown.center())
    assert told.args == [70_000]


def test_words_of_a_part_lie_where_the_part_lies_in_the_original(
    qtbot: QtBot, tabs: ClipTabs, clip: ClipController
) -> None:
    _read(qtbot, tabs, clip, replace(HIT, start_ms=70_000, part_start_ms=60_000))
    assert tabs.transcript.model.lines[0].start_ms == 60_000
    assert tabs.transcript.model.current_row == 5


def test_searching_inside(qtbot: QtBot, tabs: ClipTabs, clip: ClipController) -> None:
    _read(qtbot, tabs, clip)
    field = tabs.transcript.finder
    qtbot.keyClicks(field, "LINE 3")
    assert tabs.transcript.matches.text() == "1 of 11"
    assert tabs.transcript.view.currentIndex().row() == 3
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert tabs.transcript.view.currentIndex().row() == 30
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert tabs.transcript.view.currentIndex().row() == 39
    qtbot.keyClicks(field, "x")
    assert tabs.transcript.matches.text() == "not found"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), tabs.transcript.matches.text()) == ("", "")


def test_copying_with_timecode(qtbot: QtBot, tabs: ClipTabs, clip: ClipController) -> None:
    _read(qtbot, tabs, clip)
    view, model = tabs.transcript.view, tabs.transcript.model
    tabs.activateWindow()
    qtbot.waitUntil(tabs.isActiveWindow)
    view.setFocus()
    view.setCurrentIndex(model.index(1))
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == (
        "harbour .mp4\t10:00:02:00\tLine 1, boat\nharbour .mp4\t10:00:04:00\tLine 2, boat"
    )


@pytest.mark.parametrize(("name", "ends"), [("a.srt", "a.srt"), ("b.CSV", "b.CSV"), ("c", "c.vtt"), ("d.txt", "d.txt")])
def test_saving(qtbot: QtBot, tabs: ClipTabs, clip: ClipController, tmp_path: Path, name: str, ends: str) -> None:
    _read(qtbot, tabs, clip)
    tabs.transcript.save_as(tmp_path / name, "WebVTT subtitles (*.vtt)")
    qtbot.waitUntil(lambda: (tmp_path / ends).exists() and "Line 39" in (tmp_path / ends).read_text(encoding="utf-8"))


def test_what_cannot_be_saved_is_said(qtbot: QtBot, tabs: ClipTabs, clip: ClipController, tmp_path: Path) -> None:
    _read(qtbot, tabs, clip)
    with qtbot.waitSignal(clip.failed) as told:
        tabs.transcript.save_as(tmp_path / "missing" / "a.srt")
    assert "could not be saved" in str(told.args[0])


def test_only_the_tab_in_front_is_asked_for(qtbot: QtBot, tabs: ClipTabs, clip: ClipController, texts: Texts) -> None:
    _read(qtbot, tabs, clip)
    assert texts.asked == ["transcript"]
    bar = tabs.tabBar()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.tabRect(1).center()))
    qtbot.waitUntil(lambda: [line.text for line in tabs.captions.model.lines] == ["A grey harbour."])
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.tabRect(2).center()))
    qtbot.waitUntil(lambda: tabs.details.pairs().get("State") == "searchable")
    pairs = tabs.details.pairs()
    assert (pairs["Starts at"], pairs["Picture"], pairs["Tags"]) == ("10:00:00:00", "640 × 360", "sea")
    clip.show_clip(HIT, Path("/footage/harbour.mp4"), BASE)
    tabs.setCurrentIndex(0)
    assert texts.asked == ["transcript", "captions", "record"]
    clip.show_nothing()
    assert tabs.transcript.note.isVisible()
    assert not tabs.transcript.view.isVisible()


def test_nothing_said_and_failures_are_said_and_asked_again(
    qtbot: QtBot, tabs: ClipTabs, clip: ClipController, texts: Texts
) -> None:
    texts.lines = ()
    clip.show_clip(HIT, Path("/footage/harbour.mp4"), BASE)
    qtbot.waitUntil(lambda: "Nothing was heard" in tabs.transcript.note.text())
    texts.error = NetworkError("The line broke.", hint="Try again.")
    clip.show_clip(HIT, Path("/footage/harbour.mp4"), BASE)
    qtbot.waitUntil(lambda: tabs.transcript.note.text() == "The line broke. Try again.")
    texts.error, texts.lines = None, LINES
    _read(qtbot, tabs, clip)
