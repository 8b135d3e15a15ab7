"""A clip that is only in a library plays while it is fetched: a real server that is slow, real pixels."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import av
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_search.api.client import VisualSearchClient
from desktop_search.api.patience import Patience
from desktop_search.catalog.database import Catalog
from desktop_search.core.calls import CallKind
from desktop_search.core.hits import Hit
from desktop_search.jobs.runner import JobRunner
from desktop_search.player.create import SILENT, create_player
from desktop_search.player.port import PlayerState
from desktop_search.player.vlc_player import VlcPlayer
from desktop_search.transfers import arrival
from desktop_search.transfers.downloads import FootageFiles
from desktop_search.transfers.timebases import Timebases
from desktop_search.ui.watch.player_pane import PlayerPane
from desktop_search.ui.watch.watch_controller import WatchController
from tests.clips.fixtures import ClipCache
from tests.clips.scenes import Scene, Shape
from tests.qt.player.screen import frame_on_screen
from tests.support.fault_server import FaultServer
from tests.support.focus import wait_exposed
from tests.support.slow_footage import SlowFootage

READY_MS = 20_000
_PATIENCE = {kind: Patience(3, 60.0) for kind in CallKind}  # no need to try for as long as before a user
_SCENES = [Scene(10, "skyblue", "navy", Shape.BOAT, "white"), Scene(10, "olive", shape=Shape.BOXES, shape_color="red")]


@dataclass
class Desk:
    """A window's player before a slow server."""

    qtbot: QtBot
    folder: Path
    server: FaultServer
    player: VlcPlayer
    pane: PlayerPane
    watch: WatchController
    runner: JobRunner

    def serve(self, footage: SlowFootage) -> SlowFootage:
        self.server.behaviours[:] = [footage]
        return footage

    def choose(self, frame: int, name: str = "clip.mp4", number: str = "VI1") -> None:
        self.watch.cue(Hit(number, name, frame * 40, frame * 40 + 2000, library_id="memories.ai"))

    def cue(self, frame: int, name: str = "clip.mp4") -> None:
        with self.qtbot.waitSignal(self.watch.shown, timeout=READY_MS):
            self.choose(frame, name)

    def seen(self) -> int | None:
        code = frame_on_screen(self.pane)
        return code.frame if code is not None else None

    def wait_for_frame(self, is_it: Callable[[int], bool]) -> None:
        self.qtbot.waitUntil(lambda: (frame := self.seen()) is not None and is_it(frame), timeout=READY_MS)

    def kept(self) -> list[str]:
        return sorted(path.suffix for path in (self.folder / "downloads").rglob("*") if path.is_file())

    @property
    def words(self) -> str:
        return self.pane.arrival.words.text() if self.pane.arrival.isVisible() else ""


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(arrival, "_SOON_BYTES", 50_000)  # the clips here are small
    server = FaultServer([])
    player = create_player(options=SILENT, source_of=lambda path: files.arriving(path))
    assert isinstance(player, VlcPlayer)
    with (
        closing(Catalog(tmp_path / "catalog.db")) as catalog,
        closing(VisualSearchClient(server.url, "sk-1", patience=_PATIENCE)) as client,
    ):
        files = FootageFiles(catalog, lambda _library, _token: client, tmp_path / "downloads", tmp_path / "thumbnails")
        pane, runner = PlayerPane(player), JobRunner()
        qtbot.addWidget(pane)
        pane.resize(700, 560)
        pane.show()
        wait_exposed(qtbot, pane)
        watch = WatchController(runner, files, pane, player, Timebases(catalog, files.arriving).of_file)
        yield Desk(qtbot, tmp_path, server, player, pane, watch, runner)
        assert runner.shut_down() == []
        player.shut_down()
        player.deleteLater()
        watch.deleteLater()
        runner.deleteLater()
        server.close()


@pytest.fixture
def film(clips: ClipCache) -> Callable[[str], bytes]:
    """A clip of 20 s as bytes: "last" has its index at the end, "first" at the beginning; or Matroska."""

    def make(kind: str) -> bytes:
        clip = clips.get("film.mp4", _SCENES, speech="one two three", gop=25, clip_id=8)
        if kind == "last":
            return clip.path.read_bytes()
        target = clip.path.with_name({"first": "first.mp4", "matroska": "film.mkv", "web": "film.webm"}[kind])
        if not target.exists():
            options = {"movflags": "+faststart"} if kind == "first" else {}
            made = target.with_stem(f"{target.stem}.{os.getpid()}")  # others make and read it at the same time
            with av.open(str(clip.path)) as source, av.open(str(made), "w", options=options) as out:
                tracks = {stream.index: out.add_stream_from_template(stream) for stream in source.streams}
                for packet in source.demux():
                    if packet.dts is not None:
                        packet.stream = tracks[packet.stream.index]
                        out.mux(packet)
            made.replace(target)
        return target.read_bytes()

    return make


@pytest.mark.parametrize(("kind", "name"), [("first", "clip.mp4"), ("matroska", "clip.mkv")])
def test_it_is_shown_and_plays_before_it_is_whole(
    desk: Desk, film: Callable[[str], bytes], kind: str, name: str
) -> None:
    data = film(kind)
    footage = desk.serve(SlowFootage(data, len(data) * 6 // 10, free=range(len(data) * 19 // 20, len(data))))
    desk.cue(30, name)
    assert desk.seen() == 30
    desk.qtbot.waitUntil(lambda: desk.words.startswith("Fetching"), timeout=READY_MS)
    assert desk.kept() == [".part"]
    desk.player.play()
    desk.wait_for_frame(lambda frame: frame > 60)
    footage.release()
    desk.qtbot.waitUntil(lambda: desk.kept() == [Path(name).suffix], timeout=READY_MS)
    desk.qtbot.waitUntil(lambda: desk.words == "", timeout=READY_MS)
    assert next((desk.folder / "downloads").rglob("*.m*")).read_bytes() == data
    desk.player.seek(480 * 40)
    desk.wait_for_frame(lambda frame: frame >= 480)


def test_an_index_at_the_end_is_fetched_first(desk: Desk, film: Callable[[str], bytes]) -> None:
    data = film("last")
    footage = desk.serve(SlowFootage(data, len(data) // 2, free=range(data.rindex(b"moov") - 4, len(data))))
    desk.cue(30)
    assert desk.seen() == 30
    assert desk.kept() == [".part"]
    assert footage.began[0] == 0
    assert footage.began[1] >= data.rindex(b"moov") - 200_000
    footage.release()
    desk.qtbot.waitUntil(lambda: desk.kept() == [".mp4"], timeout=READY_MS)
    assert next((desk.folder / "downloads").rglob("*.mp4")).read_bytes() == data


def test_from_a_server_without_ranges_an_index_at_the_end_is_waited_for(
    desk: Desk, film: Callable[[str], bytes]
) -> None:
    data = film("last")
    footage = desk.serve(SlowFootage(data, len(data) // 2, ranges=False))
    desk.choose(30)
    message = desk.pane.message
    desk.qtbot.waitUntil(lambda: message.isVisible() and message.title.text() == "Fetching the clip", timeout=READY_MS)
    assert desk.seen() is None
    with desk.qtbot.waitSignal(desk.watch.shown, timeout=READY_MS):
        footage.release()
    assert desk.seen() == 30
    assert footage.began == [0]


@pytest.mark.parametrize("ranges", [True, False])
def test_a_seek_beyond_what_is_here_waits_and_says_so(desk: Desk, film: Callable[[str], bytes], ranges: bool) -> None:
    data = film("first")
    footage = desk.serve(SlowFootage(data, len(data) // 2, ranges=ranges))
    desk.cue(10)
    desk.player.seek(470 * 40)
    desk.qtbot.waitUntil(lambda: desk.player.state is PlayerState.LOADING)
    footage.release(len(data) * 6 // 10)
    desk.qtbot.waitUntil(lambda: desk.words.startswith("Waiting for this part"), timeout=READY_MS)
    assert desk.seen() == 10
    footage.free = range(len(data) * 17 // 20, len(data) * 99 // 100)
    if not ranges:
        footage.free = range(0)
    footage.release(footage.limit if ranges else len(data))
    desk.wait_for_frame(lambda frame: frame == 470)
    assert (desk.kept() == [".part"]) is ranges
    assert (len(footage.began) > 1) is ranges


def test_another_moment_of_the_clip_goes_on_with_what_is_here(desk: Desk, film: Callable[[str], bytes]) -> None:
    data = film("first")
    footage = desk.serve(SlowFootage(data, len(data) // 2))
    desk.cue(10)
    desk.cue(100)
    assert desk.seen() == 100
    assert footage.began == [0]


def test_it_can_be_stopped_and_another_choice_stops_it_too(desk: Desk, film: Callable[[str], bytes]) -> None:
    data = film("first")
    desk.serve(SlowFootage(data, len(data) // 2))
    desk.cue(10)
    desk.player.play()
    desk.wait_for_frame(lambda frame: frame > 20)
    desk.qtbot.waitUntil(lambda: desk.pane.arrival.isVisible(), timeout=READY_MS)
    desk.qtbot.mouseClick(desk.pane.arrival.stop, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: desk.kept() == [], timeout=READY_MS)
    assert "not fetched" in desk.pane.message.title.text()
    other = desk.serve(SlowFootage(data, len(data)))
    with desk.qtbot.waitSignal(desk.watch.shown, timeout=READY_MS):
        desk.choose(50, number="VI2")
    assert desk.seen() == 50
    desk.qtbot.waitUntil(lambda: desk.kept() == [".mp4"], timeout=READY_MS)
    assert other.began == [0]


def test_a_line_that_breaks_is_said(desk: Desk, film: Callable[[str], bytes]) -> None:
    data = film("first")
    footage = desk.serve(SlowFootage(data, len(data) // 2))
    desk.cue(10)
    desk.player.play()
    desk.wait_for_frame(lambda frame: frame > 20)
    footage.cut()
    desk.qtbot.waitUntil(lambda: desk.pane.message.isVisible(), timeout=40_000)
    assert desk.kept() == []


def test_the_player_ends_at_once_while_it_waits_for_bytes(desk: Desk, film: Callable[[str], bytes]) -> None:
    data = film("first")
    desk.serve(SlowFootage(data, len(data) // 3, ranges=False))
    desk.cue(10)
    desk.player.play()
    desk.wait_for_frame(lambda frame: frame > 20)
    desk.player.seek(450 * 40)
    desk.qtbot.waitUntil(lambda: desk.words.startswith("Waiting"), timeout=READY_MS)
    desk.player.shut_down()  # which fails where a thread does not end in its time
    assert desk.kept() == [".part"]
