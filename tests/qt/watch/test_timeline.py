"""The timeline by real clicks, drags, wheel and keys; what it paints, by its pixels."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from desktop_search.core.footage import TranscriptLine
from desktop_search.core.outline import Outline
from desktop_search.core.timecode import Timebase
from desktop_search.ui.style.theme import tokens
from desktop_search.ui.watch.timeline import Timeline
from tests.support.focus import wait_exposed

_LEFT = Qt.MouseButton.LeftButton
_SAID = TranscriptLine(60_000, 64_000, "the <b>boat</b> leaves")
_Y_RANGE, _Y_SHOTS, _Y_SPEECH, _Y_HITS = 5, 16, 25, 35


@pytest.fixture
def timeline(qtbot: QtBot) -> Timeline:
    made = Timeline()
    qtbot.addWidget(made)
    made.resize(612, made.sizeHint().height())
    made.show()
    wait_exposed(qtbot, made)
    made.set_format(Timebase().format)
    made.set_duration(100_000)
    made.set_outline(Outline((0, 30_000, 50_000), (TranscriptLine(10_000, 12_000, "hello"), _SAID)))
    made.set_marks((61_000, 20_000))
    return made


def _at(timeline: Timeline, time_ms: int, y: int) -> QPoint:
    return QPoint(round(timeline.x_of(time_ms)), y)


def _color(timeline: Timeline, time_ms: int, y: int) -> QColor:
    return timeline.grab().toImage().pixelColor(_at(timeline, time_ms, y))


def _wheel(timeline: Timeline, time_ms: int, notches: int, *, ctrl: bool) -> bool:
    place = QPointF(_at(timeline, time_ms, _Y_SHOTS))
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        place,
        timeline.mapToGlobal(place),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(timeline, event)
    return event.isAccepted()


def test_each_lane_is_painted_in_its_place(timeline: Timeline) -> None:
    ground = _color(timeline, 45_000, _Y_SPEECH)
    assert _color(timeline, 62_000, _Y_SPEECH) == tokens().muted
    assert _color(timeline, 40_000, _Y_SHOTS) == tokens().line
    assert _color(timeline, 20_000, _Y_HITS) == tokens().accent
    assert _color(timeline, 80_000, _Y_HITS) == ground
    timeline.set_hit((60_000, 70_000), (55_000, 75_000))
    hit = _color(timeline, 65_000, _Y_SHOTS)
    assert hit not in (tokens().line, _color(timeline, 80_000, _Y_SHOTS))
    timeline.set_range(30_000, 40_000)
    assert _color(timeline, 35_000, 8) == tokens().good


def test_between_shots_there_is_a_gap(timeline: Timeline) -> None:
    image = timeline.grab().toImage()
    x = round(timeline.x_of(30_000))
    assert any(image.pixelColor(near, _Y_SHOTS) != tokens().line for near in range(x - 2, x + 2))


def test_a_click_on_what_is_said_goes_to_where_it_begins(qtbot: QtBot, timeline: Timeline) -> None:
    with qtbot.waitSignal(timeline.seek_asked) as told:
        qtbot.mouseClick(timeline, _LEFT, pos=_at(timeline, 63_000, _Y_SPEECH))
    assert told.args == [60_000]
    with qtbot.waitSignal(timeline.seek_asked) as told:
        qtbot.mouseClick(timeline, _LEFT, pos=_at(timeline, 40_000, _Y_SPEECH))
    assert abs(told.args[0] - 40_000) < 200


def test_the_ends_of_the_range_are_dragged_and_do_not_cross(qtbot: QtBot, timeline: Timeline) -> None:
    told: list[tuple[int | None, int | None]] = []
    timeline.range_dragged.connect(lambda start, end: told.append((start, end)))
    timeline.range_dragged.connect(timeline.set_range)
    timeline.set_range(20_000, 40_000)
    qtbot.mousePress(timeline, _LEFT, pos=_at(timeline, 40_000, _Y_RANGE))
    qtbot.mouseMove(timeline, _at(timeline, 60_000, _Y_RANGE))
    qtbot.waitUntil(lambda: bool(told) and abs((told[-1][1] or 0) - 60_000) < 200)
    qtbot.mouseMove(timeline, _at(timeline, 5_000, _Y_RANGE))
    qtbot.waitUntil(lambda: told[-1] == (20_000, 20_000))
    qtbot.mouseRelease(timeline, _LEFT, pos=_at(timeline, 5_000, _Y_RANGE))
    qtbot.mouseMove(timeline, _at(timeline, 90_000, _Y_RANGE))
    assert told[-1] == (20_000, 20_000)


def test_the_wheel_zooms_around_the_mouse_and_moves_along(timeline: Timeline) -> None:
    assert not _wheel(timeline, 50_000, 1, ctrl=False)
    assert _wheel(timeline, 60_000, 3, ctrl=True)
    assert timeline.view.span_ms < 30_000
    assert abs(timeline.view.share_of(60_000) - 0.6) < 0.01
    before = timeline.view.start_ms
    assert _wheel(timeline, 60_000, -1, ctrl=False)
    assert timeline.view.start_ms > before
    _wheel(timeline, 60_000, -9, ctrl=True)
    assert timeline.view.is_whole


def test_zoom_to_the_hit_and_back(timeline: Timeline) -> None:
    timeline.zoom_to_hit()
    assert timeline.view.is_whole
    timeline.set_hit((60_000, 62_000), (59_000, 63_000))
    timeline.zoom_to_hit()
    assert (timeline.view.start_ms, timeline.view.end_ms) == (57_000, 65_000)
    timeline.zoom_to_hit()
    assert timeline.view.is_whole


def test_plus_and_minus_zoom_around_the_playhead(qtbot: QtBot, timeline: Timeline) -> None:
    timeline.set_position(25_000)
    qtbot.keyClick(timeline, Qt.Key.Key_Plus)
    assert abs(timeline.view.share_of(25_000) - 0.25) < 0.01
    assert not timeline.view.is_whole
    qtbot.keyClick(timeline, Qt.Key.Key_Minus)
    assert timeline.view.is_whole


def test_the_page_turns_with_the_playhead(timeline: Timeline) -> None:
    timeline.zoom(20)
    timeline.set_position(70_000)
    assert 0 <= timeline.x_of(70_000) <= timeline.width()


def test_under_the_mouse_are_the_timecode_the_shot_and_the_words(qtbot: QtBot, timeline: Timeline) -> None:
    QTest.mouseMove(timeline, _at(timeline, 61_000, _Y_SHOTS))
    qtbot.waitUntil(QToolTip.isVisible)
    tip = QToolTip.text()
    assert "00:01:0" in tip
    assert "shot 3 of 3" in tip
    assert "a hit" in tip
    assert "the &lt;b&gt;boat&lt;/b&gt; leaves" in tip
    QToolTip.hideText()


def test_a_screen_reader_hears_of_a_slider_with_a_timecode(timeline: Timeline) -> None:
    timeline.set_position(61_000)
    interface = QAccessible.queryAccessibleInterface(timeline)
    assert interface.role() is QAccessible.Role.Slider
    assert interface.text(QAccessible.Text.Name) == "Timeline"
    assert interface.text(QAccessible.Text.Description).startswith("00:01:01:00")
    assert interface.valueInterface().currentValue() == 61_000
    assert interface.valueInterface().maximumValue() == 99_999


def test_the_position_is_told_too_when_the_length_comes_later(qtbot: QtBot) -> None:
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.set_position(61_000)
    timeline.set_duration(100_000)
    assert timeline.value() == 61_000


def test_any_length_that_a_file_claims_is_taken(timeline: Timeline) -> None:
    timeline.set_duration(2**40)
    timeline.set_position(2**39)
    assert abs(timeline.x_of(2**39) - timeline.width() / 2) < 1
    assert not timeline.grab().isNull()
