"""The pane by real keys and clicks, with a real player, and without one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop_search.core.errors import FileAway, FileProblem, NotFound
from desktop_search.core.handles import Handles
from desktop_search.core.hits import Hit, ImageHit
from desktop_search.core.outline import Outline
from desktop_search.core.timecode import Timebase
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report
from desktop_search.player.create import SILENT, create_player
from desktop_search.player.locator import install_advice
from desktop_search.player.port import PlayerState
from desktop_search.player.vlc_player import VlcPlayer
from desktop_search.ui.watch.player_pane import PlayerPane
from desktop_search.ui.watch.watch_controller import WatchController
from tests.clips.fixtures import ClipCache
from tests.clips.make import Clip
from tests.qt.player.screen import frame_on_screen
from tests.support.focus import wait_active, wait_exposed
from tests.support.xdnd import xdotool

READY_MS = 15_000
BASE = Timebase(Fraction(25), drop_frame=False, start_frame=10 * 3600 * 25)


class Files:
    """Files of this computer; one of them is missing."""

    def __init__(self, clip: Clip) -> None:
        self.clip = clip
        self.away = True

    def found_at(self, hit: Hit, path: Path, token: CancelToken) -> None:
        if path != self.clip.path:
            raise FileProblem(f"“{path.name}” is another file.", hint="Choose the right one.")
        self.away = False

    def video(self, hit: Hit, token: CancelToken) -> Path:
        if self.away and hit.video_no == "away":
            raise FileAway("The file is not there.", hint="Plug in its drive.")
        if hit.video_no == "gone":
            raise NotFound("The video is not in the library any more.", hint="Search again.")
        return self.clip.path

    def video_path(self, hit: Hit, token: CancelToken, report: Report) -> Path:
        return self.clip.path

    def path_here(self, hit: Hit) -> Path | None:
        return None if hit.video_no == "gone" else self.clip.path

    def in_file(self, hit: Hit, path: Path) -> Hit:
        return hit.in_its_video if hit.video_no == "part" else hit

    def image_path(self, image: ImageHit, token: CancelToken) -> Path:
        raise FileProblem("The file is not there.")


@pytest.fixture
def clip(clips: ClipCache) -> Clip:
    return clips.harbour()


@pytest.fixture
def player(qtbot: QtBot) -> Iterator[VlcPlayer]:
    made = create_player(options=SILENT)
    assert isinstance(made, VlcPlayer)
    yield made
    made.shut_down()
    made.deleteLater()


@pytest.fixture
def pane(qtbot: QtBot, player: VlcPlayer) -> PlayerPane:
    return _shown(qtbot, PlayerPane(player))


@pytest.fixture
def watch(qtbot: QtBot, pane: PlayerPane, player: VlcPlayer, clip: Clip) -> Iterator[WatchController]:
    runner = JobRunner()
    controller = WatchController(runner, Files(clip), pane, player, lambda _path, _token: BASE)
    yield controller
    assert runner.shut_down() == []
    controller.deleteLater()
    runner.deleteLater()


def _shown(qtbot: QtBot, pane: PlayerPane) -> PlayerPane:
    qtbot.addWidget(pane)
    pane.resize(700, 560)
    pane.show()
    wait_exposed(qtbot, pane)
    pane.setFocus()
    return pane


def _hit(frame: int, number: str = "1") -> Hit:
    return Hit(number, "harbour.mp4", frame * 40, frame * 40 + 2000)


def _cue(qtbot: QtBot, watch: WatchController, frame: int) -> None:
    hit = _hit(frame)
    with qtbot.waitSignal(watch.shown, timeout=READY_MS) as told:
        watch.cue(hit, (hit, _hit(200)))
    assert told.args == [hit]


def _seen(pane: PlayerPane) -> int | None:
    code = frame_on_screen(pane)
    return code.frame if code is not None else None


def test_a_hit_is_shown_with_its_timecode_and_marks(qtbot: QtBot, watch: WatchController, pane: PlayerPane) -> None:
    _cue(qtbot, watch, 133)
    assert _seen(pane) == 133
    assert pane.timecode.text() == "10:00:05:08"
    assert pane.timeline.marks == (133 * 40, 200 * 40)
    assert pane.title.text() == "harbour.mp4"


def test_a_part_without_its_original_is_shown_at_its_own_time(
    qtbot: QtBot, watch: WatchController, pane: PlayerPane
) -> None:
    hit = Hit("part", "harbour.mp4", 60_000 + 133 * 40, part_start_ms=60_000)
    with qtbot.waitSignal(watch.opened, timeout=READY_MS) as opened, qtbot.waitSignal(watch.shown, timeout=READY_MS):
        watch.cue(hit, (hit,))
    assert _seen(pane) == 133
    assert pane.timeline.marks == (133 * 40,)
    assert opened.args[0] == hit.in_its_video


def test_hits_in_other_parts_are_marked_where_the_original_is_shown(
    qtbot: QtBot, watch: WatchController, pane: PlayerPane, clip: Clip
) -> None:
    first, second = Hit("1", "harbour.mp4", 40 * 40), Hit("2", "harbour.mp4", 133 * 40, part_start_ms=100 * 40)
    for original, marks in ((clip.path, (40 * 40, 133 * 40)), (Path("/away.mp4"), (40 * 40,))):
        hits = [replace(hit, original=original) for hit in (first, second)]
        assert hits[0].shares_footage(hits[1])
        with qtbot.waitSignal(watch.shown, timeout=READY_MS):
            watch.cue(hits[0], hits)
        assert pane.timeline.marks == marks
    assert not first.shares_footage(second)


def test_hits_of_another_library_are_marked_in_the_same_original(
    qtbot: QtBot, watch: WatchController, pane: PlayerPane, clip: Clip
) -> None:
    here = Hit("1", "harbour.mp4", 40 * 40, original=clip.path, library_id="local")
    there = Hit("9", "harbour_2.mp4", 200 * 40, part_start_ms=150 * 40, original=clip.path, library_id="memories.ai")
    for chosen in (here, there):
        with qtbot.waitSignal(watch.shown, timeout=READY_MS):
            watch.cue(chosen, [here, there])
        assert pane.timeline.marks == (40 * 40, 200 * 40)
        assert _seen(pane) == chosen.start_ms // 40


def test_arrows_step_and_marks_are_kept(qtbot: QtBot, watch: WatchController, pane: PlayerPane) -> None:
    _cue(qtbot, watch, 50)
    qtbot.keyClick(pane, Qt.Key.Key_I)
    qtbot.keyClick(pane, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: _seen(pane) == 51, timeout=READY_MS)
    qtbot.keyClick(pane, Qt.Key.Key_Left)
    qtbot.keyClick(pane, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: _seen(pane) == 49, timeout=READY_MS)
    _cue(qtbot, watch, 90)
    qtbot.keyClick(pane, Qt.Key.Key_O)
    assert pane.marking.range == (2000, 3600)
    assert pane.range_label.text() == "In 10:00:02:00   Out 10:00:03:15"


def test_the_buttons_mark_and_the_length_is_said(
    qtbot: QtBot, watch: WatchController, pane: PlayerPane, clip: Clip
) -> None:
    clip_buttons = [*pane.transport.marking.values(), pane.transport.loop, pane.transport.like_this]
    assert not any(button.isEnabled() for button in clip_buttons)
    _cue(qtbot, watch, 50)
    assert all(button.isEnabled() for button in clip_buttons)
    whole = BASE.length(0, clip.duration_ms)
    qtbot.waitUntil(lambda: pane.length_label.text() == whole, timeout=READY_MS)
    qtbot.mouseClick(pane.transport.marking["mark-in"], Qt.MouseButton.LeftButton)
    _cue(qtbot, watch, 90)
    qtbot.mouseClick(pane.transport.marking["mark-out"], Qt.MouseButton.LeftButton)
    assert pane.marking.range == (2000, 3600)
    assert pane.length_label.text() == "00:00:01:15 marked"
    pane.show_message("Gone", "")
    assert pane.length_label.text() == ""
    qtbot.waitUntil(lambda: not any(button.isEnabled() for button in clip_buttons), timeout=READY_MS)


def test_a_narrow_pane_keeps_play_and_a_long_name_does_not_widen_it(
    qtbot: QtBot, watch: WatchController, pane: PlayerPane
) -> None:
    before_px = pane.minimumSizeHint().width()
    _cue(qtbot, watch, 50)
    pane.title.setText("a name without end " * 20)
    assert pane.minimumSizeHint().width() <= before_px
    assert pane.transport.volume.isVisible()
    pane.resize(320, 560)
    qtbot.waitUntil(lambda: not pane.transport.volume.isVisible())
    assert not pane.transport.full_screen.isVisible()
    assert pane.transport.buttons["play"].isVisible()
    qtbot.waitUntil(lambda: pane.title.toolTip() == pane.title.text())


def test_space_and_jkl(qtbot: QtBot, watch: WatchController, pane: PlayerPane, player: VlcPlayer) -> None:
    _cue(qtbot, watch, 100)
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
    _cue(qtbot, watch, 10)
    qtbot.waitUntil(lambda: pane.timeline.x_of(1) > pane.timeline.x_of(0), timeout=READY_MS)
    x = round(pane.timeline.x_of(6000))
    qtbot.mouseClick(pane.timeline, Qt.MouseButton.LeftButton, pos=QPoint(x, 15))
    qtbot.waitUntil(lambda: abs((_seen(pane) or 0) - 150) < 3, timeout=READY_MS)


def test_the_hit_buttons_and_keys_ask_for_other_hits(qtbot: QtBot, pane: PlayerPane) -> None:
    with qtbot.waitSignal(pane.next_hit_asked):
        qtbot.keyClick(pane, Qt.Key.Key_N)
    with qtbot.waitSignal(pane.previous_hit_asked):
        qtbot.mouseClick(pane.transport.buttons["prev"], Qt.MouseButton.LeftButton)


def test_a_failure_is_said_in_the_picture_s_place(qtbot: QtBot, watch: WatchController, pane: PlayerPane) -> None:
    watch.cue(_hit(1, "gone"))
    qtbot.waitUntil(lambda: "not in the library" in pane.message.title.text(), timeout=READY_MS)
    watch.show_image(ImageHit("7", "picture.jpg"))
    qtbot.waitUntil(lambda: "not there" in pane.message.title.text(), timeout=READY_MS)
    _cue(qtbot, watch, 20)
    assert _seen(pane) == 20


def test_the_newest_choice_wins(qtbot: QtBot, watch: WatchController, pane: PlayerPane) -> None:
    shown: list[Hit] = []
    watch.shown.connect(shown.append)
    for frame in range(0, 120, 5):
        watch.cue(_hit(frame))
    _cue(qtbot, watch, 201)
    assert _seen(pane) == 201
    assert shown[-1] == _hit(201)


def test_everything_that_can_be_used_has_a_name(pane: PlayerPane) -> None:
    controls: list[QWidget] = [
        pane.timeline,
        pane.transport.mute,
        pane.transport.volume,
        *pane.transport.buttons.values(),
    ]
    assert all(control.accessibleName() and control.toolTip() for control in controls)


def test_without_libvlc_the_pane_says_what_to_install(qtbot: QtBot, clip: Clip) -> None:
    pane = _shown(qtbot, PlayerPane(None, install_advice("linux")))
    assert "sudo apt install vlc" in pane.message.text.text()
    pane.set_hit(_hit(3), clip.path, BASE)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_J, Qt.Key.Key_Left, Qt.Key.Key_I):
        qtbot.keyClick(pane, key)
    assert pane.pages.currentWidget() is pane.message


def test_a_timecode_is_typed(qtbot: QtBot, watch: WatchController, pane: PlayerPane) -> None:
    pane.activateWindow()
    wait_active(qtbot, pane)
    _cue(qtbot, watch, 50)
    qtbot.keyClicks(pane, "6")
    qtbot.keyClicks(pane.timecode, "07")
    assert pane.timecode.text() == "607"
    qtbot.keyClick(pane.timecode, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _seen(pane) == 157, timeout=READY_MS)
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
    _cue(qtbot, watch, 50)
    qtbot.keyClick(pane, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: _seen(pane) == 75, timeout=READY_MS)
    qtbot.keyClick(pane, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: _seen(pane) == 50, timeout=READY_MS)


def test_the_marked_range_is_looped(qtbot: QtBot, watch: WatchController, pane: PlayerPane, player: VlcPlayer) -> None:
    _cue(qtbot, watch, 120)
    qtbot.keyClick(pane, Qt.Key.Key_O)
    _cue(qtbot, watch, 100)
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
    _cue(qtbot, watch, last)
    pane.transport.loop.setChecked(True)
    times: list[int] = []
    pane.position_changed.connect(times.append)
    qtbot.keyClick(pane, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: any(0 < at_ms < 2000 for at_ms in times), timeout=READY_MS)
    qtbot.keyClick(pane, Qt.Key.Key_K)


def test_the_hit_is_marked_with_its_handles_and_the_marks_are_cleared(
    qtbot: QtBot, watch: WatchController, pane: PlayerPane, clip: Clip
) -> None:
    _cue(qtbot, watch, 133)
    pane.marking.set_handles(Handles(5))
    qtbot.waitUntil(lambda: pane.timeline.view.duration_ms > 0, timeout=READY_MS)
    assert pane.timeline.lanes.handles == (128 * 40, 188 * 40)
    qtbot.keyClick(pane, Qt.Key.Key_X)
    assert pane.range_label.text() == "In 10:00:05:03   Out 10:00:07:13"
    qtbot.keyClick(pane, Qt.Key.Key_X, Qt.KeyboardModifier.AltModifier)
    assert pane.marking.range == (None, None)


def test_keys_go_from_shot_to_shot(qtbot: QtBot, watch: WatchController, pane: PlayerPane, clip: Clip) -> None:
    _cue(qtbot, watch, 133)
    pane.set_outline(Outline((0, clip.start_ms(1), clip.start_ms(2))))
    for key, frame in (
        (Qt.Key.Key_PageDown, clip.starts[2]),
        (Qt.Key.Key_PageDown, clip.starts[2]),
        (Qt.Key.Key_PageUp, clip.starts[1]),
        (Qt.Key.Key_PageUp, 0),
    ):
        qtbot.keyClick(pane, key)
        qtbot.waitUntil(lambda frame=frame: _seen(pane) == frame, timeout=READY_MS)  # type: ignore[misc]


def _point_at(widget: QWidget) -> None:
    place = widget.mapToGlobal(widget.rect().center())
    xdotool("mousemove", place.x(), place.y())


def test_the_wheel_over_the_picture_and_keys_are_for_the_volume(
    qtbot: QtBot, watch: WatchController, pane: PlayerPane, player: VlcPlayer
) -> None:
    _cue(qtbot, watch, 10)
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
    _cue(qtbot, watch, 10)
    qtbot.waitUntil(lambda: pane.timeline.view.duration_ms > 0, timeout=READY_MS)
    _point_at(pane.timeline)
    xdotool("keydown", "ctrl", "click", 4, "keyup", "ctrl")
    qtbot.waitUntil(lambda: not pane.timeline.view.is_whole)
    qtbot.keyClick(pane, Qt.Key.Key_Z, Qt.KeyboardModifier.ShiftModifier)
    assert pane.timeline.view.is_whole


def test_a_picture_at_its_own_size_is_left_by_the_same_key(
    qtbot: QtBot, watch: WatchController, pane: PlayerPane, player: VlcPlayer
) -> None:
    _cue(qtbot, watch, 33)
    for is_actual in (True, False):
        with qtbot.waitSignal(player.frame_ready, timeout=READY_MS):
            qtbot.keyClick(pane, Qt.Key.Key_A)
        assert player.surface().is_actual_size is is_actual
        assert _seen(pane) == 33


def test_more_like_a_still_image_hands_the_image_on(qtbot: QtBot, pane: PlayerPane) -> None:
    with qtbot.assertNotEmitted(pane.like_picture_asked), qtbot.assertNotEmitted(pane.like_this_asked):
        qtbot.keyClick(pane, Qt.Key.Key_Y)  # nothing is on show yet
    pixmap = QPixmap(8, 6)
    pixmap.fill(Qt.GlobalColor.red)
    pane.show_pixmap(pixmap, "pier.jpg")
    with qtbot.waitSignal(pane.like_picture_asked) as asked:
        qtbot.keyClick(pane, Qt.Key.Key_Y)
    assert asked.args is not None
    assert asked.args[0].size() == pixmap.size()


def test_the_first_frames_of_the_next_hits_are_made_ready(
    qtbot: QtBot, watch: WatchController, player: VlcPlayer, clip: Clip, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[list[tuple[Path, int]]] = []
    monkeypatch.setattr(player, "make_ready", told.append)
    part = Hit("part", "harbour.mp4", 60_000 + 1000, part_start_ms=60_000)
    watch.make_ready((_hit(50), _hit(1, "gone"), part))
    qtbot.waitUntil(lambda: told == [[(clip.path, 2000), (clip.path, 1000)]], timeout=READY_MS)


def _said(qtbot: QtBot, pane: PlayerPane, words: str) -> None:
    qtbot.waitUntil(lambda: pane.message.isVisible() and words in pane.message.title.text(), timeout=READY_MS)


def test_a_file_that_is_away_is_tried_again_or_found(
    qtbot: QtBot, watch: WatchController, pane: PlayerPane, clip: Clip, tmp_path: Path
) -> None:
    other = tmp_path / "other.mp4"
    other.write_bytes(b"x")
    message = pane.message
    watch.cue(_hit(20, "gone"))
    _said(qtbot, pane, "not in the library")
    assert (message.retry.isVisible(), message.find_file.isVisible()) == (True, False)
    watch.cue(_hit(20, "away"))
    _said(qtbot, pane, "not there")
    qtbot.mouseClick(message.retry, Qt.MouseButton.LeftButton)
    _said(qtbot, pane, "not there")
    _choose(qtbot, pane, other)
    _said(qtbot, pane, "another file")
    watch.cue(_hit(20, "away"))
    _said(qtbot, pane, "not there")
    with qtbot.waitSignal(watch.shown, timeout=READY_MS), qtbot.waitSignal(watch.original_found) as found:
        _choose(qtbot, pane, clip.path)
    assert found.args == [_hit(20, "away"), clip.path]
    assert _seen(pane) == 20
    assert not message.isVisible()


def _choose(qtbot: QtBot, pane: PlayerPane, path: Path) -> None:
    qtbot.mouseClick(pane.message.find_file, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(pane.findChildren(QFileDialog)))
    (dialog,) = pane.findChildren(QFileDialog)
    dialog.filesSelected.emit([str(path)])
    dialog.close()
    qtbot.waitUntil(lambda: not pane.findChildren(QFileDialog))
