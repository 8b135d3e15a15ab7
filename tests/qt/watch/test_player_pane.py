"""What the pane shows, with a real player, and without one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop_search.core.hits import Hit, ImageHit
from desktop_search.player.locator import install_advice
from desktop_search.player.vlc_player import VlcPlayer
from desktop_search.ui.watch.player_pane import PlayerPane
from desktop_search.ui.watch.watch_controller import WatchController
from tests.clips.make import Clip
from tests.qt.watch.desk import BASE, READY_MS, cue, hit_at, seen, shown


def test_a_hit_is_shown_with_its_timecode_and_marks(qtbot: QtBot, watch: WatchController, pane: PlayerPane) -> None:
    cue(qtbot, watch, 133)
    assert seen(pane) == 133
    assert pane.timecode.text() == "10:00:05:08"
    assert pane.timeline.marks == (133 * 40, 200 * 40)
    assert pane.title.text() == "harbour.mp4"


def test_a_part_without_its_original_is_shown_at_its_own_time(
    qtbot: QtBot, watch: WatchController, pane: PlayerPane
) -> None:
    hit = Hit("part", "harbour.mp4", 60_000 + 133 * 40, part_start_ms=60_000)
    with qtbot.waitSignal(watch.opened, timeout=READY_MS) as opened, qtbot.waitSignal(watch.shown, timeout=READY_MS):
        watch.cue(hit, (hit,))
    assert seen(pane) == 133
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
        assert seen(pane) == chosen.start_ms // 40


def test_a_narrow_pane_keeps_play_and_a_long_name_does_not_widen_it(
    qtbot: QtBot, watch: WatchController, pane: PlayerPane
) -> None:
    before_px = pane.minimumSizeHint().width()
    cue(qtbot, watch, 50)
    pane.title.setText("a name without end " * 20)
    assert pane.minimumSizeHint().width() <= before_px
    assert pane.transport.volume.isVisible()
    pane.resize(320, 560)
    qtbot.waitUntil(lambda: not pane.transport.volume.isVisible())
    assert not pane.transport.full_screen.isVisible()
    assert pane.transport.buttons["play"].isVisible()
    qtbot.waitUntil(lambda: pane.title.toolTip() == pane.title.text())


def test_a_failure_is_said_in_the_picture_s_place(qtbot: QtBot, watch: WatchController, pane: PlayerPane) -> None:
    cue(qtbot, watch, 10)
    with qtbot.waitSignal(watch.left_clip, timeout=READY_MS):  # so that nobody tells of the clip before
        watch.cue(hit_at(1, "gone"))
    qtbot.waitUntil(lambda: "not in the library" in pane.message.title.text(), timeout=READY_MS)
    watch.show_image(ImageHit("7", "picture.jpg"))
    qtbot.waitUntil(lambda: "not there" in pane.message.title.text(), timeout=READY_MS)
    cue(qtbot, watch, 20)
    assert seen(pane) == 20


def test_the_newest_choice_wins(qtbot: QtBot, watch: WatchController, pane: PlayerPane) -> None:
    shown: list[Hit] = []
    watch.shown.connect(shown.append)
    for frame in range(0, 120, 5):
        watch.cue(hit_at(frame))
    cue(qtbot, watch, 201)
    assert seen(pane) == 201
    assert shown[-1] == hit_at(201)


def test_everything_that_can_be_used_has_a_name(pane: PlayerPane) -> None:
    controls: list[QWidget] = [
        pane.timeline,
        pane.transport.mute,
        pane.transport.volume,
        *pane.transport.buttons.values(),
    ]
    assert all(control.accessibleName() and control.toolTip() for control in controls)


def test_without_libvlc_the_pane_says_what_to_install(qtbot: QtBot, clip: Clip) -> None:
    pane = shown(qtbot, PlayerPane(None, install_advice("linux")))
    assert "sudo apt install vlc" in pane.message.text.text()
    pane.set_hit(hit_at(3), clip.path, BASE)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_J, Qt.Key.Key_Left, Qt.Key.Key_I):
        qtbot.keyClick(pane, key)
    assert pane.pages.currentWidget() is pane.message


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
    told: list[tuple[list[tuple[Path, int]], bool]] = []
    monkeypatch.setattr(player, "make_ready", lambda moments, *, while_playing: told.append((moments, while_playing)))
    part = Hit("part", "harbour.mp4", 60_000 + 1000, part_start_ms=60_000)
    watch.make_ready((hit_at(50), hit_at(1, "gone"), part))
    qtbot.waitUntil(lambda: told == [([(clip.path, 2000), (clip.path, 1000)], False)], timeout=READY_MS)


def _said(qtbot: QtBot, pane: PlayerPane, words: str) -> None:
    qtbot.waitUntil(lambda: pane.message.isVisible() and words in pane.message.title.text(), timeout=READY_MS)


def test_a_file_that_is_away_is_tried_again_or_found(
    qtbot: QtBot, watch: WatchController, pane: PlayerPane, clip: Clip, tmp_path: Path
) -> None:
    other = tmp_path / "other.mp4"
    other.write_bytes(b"x")
    message = pane.message
    watch.cue(hit_at(20, "gone"))
    _said(qtbot, pane, "not in the library")
    assert (message.retry.isVisible(), message.find_file.isVisible()) == (True, False)
    watch.cue(hit_at(20, "away"))
    _said(qtbot, pane, "not there")
    qtbot.mouseClick(message.retry, Qt.MouseButton.LeftButton)
    _said(qtbot, pane, "not there")
    _choose(qtbot, pane, other)
    _said(qtbot, pane, "another file")
    watch.cue(hit_at(20, "away"))
    _said(qtbot, pane, "not there")
    with qtbot.waitSignal(watch.shown, timeout=READY_MS), qtbot.waitSignal(watch.original_found) as found:
        _choose(qtbot, pane, clip.path)
    assert found.args == [hit_at(20, "away"), clip.path]
    assert seen(pane) == 20
    assert not message.isVisible()


def _choose(qtbot: QtBot, pane: PlayerPane, path: Path) -> None:
    qtbot.mouseClick(pane.message.find_file, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(pane.findChildren(QFileDialog)))
    (dialog,) = pane.findChildren(QFileDialog)
    dialog.filesSelected.emit([str(path)])
    dialog.close()
    qtbot.waitUntil(lambda: not pane.findChildren(QFileDialog))
