"""The player's pane with a real player, and hands to work with it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop_search.core.errors import FileAway, FileProblem, NotFound
from desktop_search.core.hits import Hit, ImageHit
from desktop_search.core.timecode import Timebase
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import Report
from desktop_search.ui.watch.player_pane import PlayerPane
from desktop_search.ui.watch.watch_controller import WatchController
from tests.clips.make import Clip
from tests.qt.player.screen import frame_on_screen
from tests.support.focus import wait_exposed

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


def shown(qtbot: QtBot, pane: PlayerPane) -> PlayerPane:
    qtbot.addWidget(pane)
    pane.resize(700, 560)
    pane.show()
    wait_exposed(qtbot, pane)
    pane.setFocus()
    return pane


def hit_at(frame: int, number: str = "1") -> Hit:
    return Hit(number, "harbour.mp4", frame * 40, frame * 40 + 2000)


def cue(qtbot: QtBot, watch: WatchController, frame: int) -> None:
    hit = hit_at(frame)
    with qtbot.waitSignal(watch.shown, timeout=READY_MS) as told:
        watch.cue(hit, (hit, hit_at(200)))
    assert told.args == [hit]


def seen(pane: PlayerPane) -> int | None:
    code = frame_on_screen(pane)
    return code.frame if code is not None else None
