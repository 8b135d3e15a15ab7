"""The pane by real keys, clicks and wheels."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_search.core.handles import Handles
from desktop_search.core.outline import Outline
from desktop_search.player.port import PlayerState
from desktop_search.player.vlc_player import VlcPlayer
from desktop_search.ui.watch.player_pane import PlayerPane
from desktop_search.ui.watch.watch_controller import WatchController
from tests.clips.make import Clip
from tests.qt.watch.desk import BASE, READY_MS, cue, seen
from tests.support.focus import wait_active
from tests.support.xdnd import xdotool


def test_arrows_step_and_marks_are_kept(qtbot: QtBot, watch: WatchController, pane: PlayerPane) -> None:
    cue(qtbot, watch, 50)
    qtbot.keyClick(pane, Qt.Key.Key_I)
    qtbot.keyClick(pane, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: seen(pane) == 51, timeout=READY_MS)
    qtbot.keyClick(pane, Qt.Key.Key_Left)
    qtbot.keyClick(pane, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: seen(pane) == 49, timeout=READY_MS)
    cue(qtbot, watch, 90)
    qtbot.keyClick(pane, Qt.Key.Key_O)
    assert pane.marking.range == (2000, 3600)
    assert pane.range_label.text() == "In 10:00:02:00   Out 10:00:03:15"


def test_the_buttons_mark_and_the_length_is_said(
    qtbot: QtBot, watch: WatchController, pane: PlayerPane, clip: Clip
) -> None:
    clip_buttons = [*pane.transport.marking.values(), pane.transport.loop, pane.transport.like_this]
    assert not any(button.isEnabled() for button in clip_buttons)
    cue(qtbot, watch, 50)
    assert all(button.isEnabled() for button in clip_buttons)
    whole = BASE.length(0, clip.duration_ms)
    qtbot.waitUntil(lambda: pane.length_label.text() == whole, timeout=READY_MS)
    qtbot.mouseClick(pane.transport.marking["mark-in"], Qt.MouseButton.LeftButton)
    cue(qtbot, watch, 90)
    qtbot.mouseClick(pane.transport.marking["mark-out"], Qt.MouseButton.LeftButton)
    assert pane.marking.range == (2000, 3600)
    assert pane.length_label.text() == "00:00:01:15 marked"
    pane.show_message("Gone", "")
    assert pane.length_label.text() == ""
    qtbot.waitUntil(lambda: not any(button.isEnabled() for button in clip_buttons), timeout=READY_MS)


def test_space_and_jkl(qtbot: QtBot, watch: WatchController, pane: PlayerPane, player: VlcPlayer) -> None:
    cue(qtbot, watch, 100)
    qtbot.keyClick(pane, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: player.state is PlayerState.PLAYING, timeout=READY_MS)
    qtbot.keyClick(pane, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: player.state is PlayerState.PAUSED, timeout=READY_MS)
    held_ms = player.position_ms
    qtbot.keyClick(pane, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: player.position_ms < held_ms - 400, timeout=READY_MS)
    assert pane.speed_label.text() == "−1×"
    qtbot.keyClick(pane, Qt.Key.Key_J)
    assert pane.speed_label.text() == "−2×"
    qtbot.keyClick(pane, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: player.state is PlayerState.PLAYING, timeout=READY_MS)
    assert pane.speed_label.text() == ""
    qtbot.keyClick(pane, Qt.Key.Key_L)
    qtbot.keyClick(pane, Qt.Key.Key_L)
    assert pane.speed_label.text() == "4×"
    qtbot.keyClick(pane, Qt.Key.Key_K)
    assert pane.speed_label.text() == ""


def test_a_click_on_the_timeline_seeks(qtbot: QtBot, watch: WatchController, pane: PlayerPane, clip: Clip) -> None:
    cue(qtbot, watch, 10)
    qtbot.waitUntil(lambda: pane.timeline.x_of(1) > pane.timeline.x_of(0), timeout=READY_MS)
    x = round(pane.timeline.x_of(6000))
    qtbot.mouseClick(pane.timeline, Qt.MouseButton.LeftButton, pos=QPoint(x, 15))
    qtbot.waitUntil(lambda: abs((seen(pane) or 0) - 150) < 3, timeout=READY_MS)


def test_the_hit_buttons_and_keys_ask_for_other_hits(qtbot: QtBot, pane: PlayerPane) -> None:
    with qtbot.waitSignal(pane.next_hit_asked):
        qtbot.keyClick(pane, Qt.Key.Key_N)
    with qtbot.waitSignal(pane.previous_hit_asked):
        qtbot.mouseClick(pane.transport.buttons["prev"], Qt.MouseButton.LeftButton)


def test_a_timecode_is_typed(qtbot: QtBot, watch: WatchController, pane: PlayerPane) -> None:
    pane.activateWindow()
    wait_active(qtbot, pane)
    cue(qtbot, watch, 50)
    qtbot.keyClicks(pane, "6")
    qtbot.keyClicks(pane.timecode, "07")
    assert pane.timecode.text() == "607"
    qtbot.keyClick(pane.timecode, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: seen(pane) == 157, timeout=READY_MS)
    assert pane.focusWidget() is pane
    assert pane.timecode.text() == "10:00:06:07"
    qtbot.keyClick(pane, Qt.Key.Key_G)
    qtbot.keyClicks(pane.timecode, "nonsense")
    qtbot.keyClick(pane.timecode, Qt.Key.Key_Return)
    assert "looks like" in pane.timecode.toolTip()
    qtbot.keyClick(pane.timecode, Qt.Key.Key_Escape)
    assert pane.focusWidget() is pane
    assert pane.timecode.text() == "10:00:06:07"


def test_shift_goes_by_a_second(qtbot: QtBot, watch: WatchController, pane: PlayerPane) -> None:
    cue(qtbot, watch, 50)
    qtbot.keyClick(pane, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: seen(pane) == 75, timeout=READY_MS)
    qtbot.keyClick(pane, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: seen(pane) == 50, timeout=READY_MS)


def test_the_marked_range_is_looped(qtbot: QtBot, watch: WatchController, pane: PlayerPane, player: VlcPlayer) -> None:
    cue(qtbot, watch, 120)
    qtbot.keyClick(pane, Qt.Key.Key_O)
    cue(qtbot, watch, 100)
    qtbot.keyClick(pane, Qt.Key.Key_I)
    qtbot.keyClick(pane, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert pane.transport.loop.isChecked()
    times: list[int] = []
    player.position_changed.connect(times.append)
    qtbot.keyClick(pane, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: sum(b < a for a, b in pairwise(times)) >= 2, timeout=READY_MS)
    assert max(times) < 120 * 40 + 1000
    qtbot.keyClick(pane, Qt.Key.Key_K)


def test_the_clip_is_looped_from_its_end(qtbot: QtBot, watch: WatchController, pane: PlayerPane, clip: Clip) -> None:
    last = round(clip.duration_ms / 40) - 10
    cue(qtbot, watch, last)
    pane.transport.loop.setChecked(True)
    times: list[int] = []
    pane.position_changed.connect(times.append)
    qtbot.keyClick(pane, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: any(0 < at_ms < 2000 for at_ms in times), timeout=READY_MS)
    qtbot.keyClick(pane, Qt.Key.Key_K)


def test_the_hit_is_marked_with_its_handles_and_the_marks_are_cleared(
    qtbot: QtBot, watch: WatchController, pane: PlayerPane, clip: Clip
) -> None:
    cue(qtbot, watch, 133)
    pane.marking.set_handles(Handles(5))
    qtbot.waitUntil(lambda: pane.timeline.view.duration_ms > 0, timeout=READY_MS)
    assert pane.timeline.lanes.handles == (128 * 40, 188 * 40)
    qtbot.keyClick(pane, Qt.Key.Key_X)
    assert pane.range_label.text() == "In 10:00:05:03   Out 10:00:07:13"
    qtbot.keyClick(pane, Qt.Key.Key_X, Qt.KeyboardModifier.AltModifier)
    assert pane.marking.range == (None, None)


def test_keys_go_from_shot_to_shot(qtbot: QtBot, watch: WatchController, pane: PlayerPane, clip: Clip) -> None:
    cue(qtbot, watch, 133)
    pane.set_outline(Outline((0, clip.start_ms(1), clip.start_ms(2))))
    for key, frame in (
        (Qt.Key.Key_PageDown, clip.starts[2]),
        (Qt.Key.Key_PageDown, clip.starts[2]),
        (Qt.Key.Key_PageUp, clip.starts[1]),
        (Qt.Key.Key_PageUp, 0),
    ):
        qtbot.keyClick(pane, key)
        qtbot.waitUntil(lambda frame=frame: seen(pane) == frame, timeout=READY_MS)  # type: ignore[misc]


def _point_at(widget: QWidget) -> None:
    place = widget.mapToGlobal(widget.rect().center())
    xdotool("mousemove", place.x(), place.y())


def test_the_wheel_over_the_picture_and_keys_are_for_the_volume(
    qtbot: QtBot, watch: WatchController, pane: PlayerPane, player: VlcPlayer
) -> None:
    cue(qtbot, watch, 10)
    before = pane.volume
    _point_at(pane.surface)
    xdotool("click", 5)
    qtbot.waitUntil(lambda: pane.volume == before - 5)
    qtbot.keyClick(pane, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: player.state is PlayerState.PLAYING, timeout=READY_MS)
    xdotool("click", 5)
    qtbot.waitUntil(lambda: pane.volume == before - 10)
    qtbot.keyClick(pane, Qt.Key.Key_Up)
    assert pane.volume == before - 5
    qtbot.keyClick(pane, Qt.Key.Key_K)


def test_the_wheel_with_ctrl_zooms_the_timeline(qtbot: QtBot, watch: WatchController, pane: PlayerPane) -> None:
    cue(qtbot, watch, 10)
    qtbot.waitUntil(lambda: pane.timeline.view.duration_ms > 0, timeout=READY_MS)
    _point_at(pane.timeline)
    xdotool("keydown", "ctrl", "click", 4, "keyup", "ctrl")
    qtbot.waitUntil(lambda: not pane.timeline.view.is_whole)
    qtbot.keyClick(pane, Qt.Key.Key_Z, Qt.KeyboardModifier.ShiftModifier)
    assert pane.timeline.view.is_whole


def test_a_picture_at_its_own_size_is_left_by_the_same_key(
    qtbot: QtBot, watch: WatchController, pane: PlayerPane, player: VlcPlayer
) -> None:
    cue(qtbot, watch, 33)
    for is_actual in (True, False):
        with qtbot.waitSignal(player.frame_ready, timeout=READY_MS):
            qtbot.keyClick(pane, Qt.Key.Key_A)
        assert player.surface().is_actual_size is is_actual
        assert seen(pane) == 33
