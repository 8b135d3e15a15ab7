"""Decoding by the graphics processor, which may fail: the clip then plays without it, and that is said once."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_search.core.byte_source import ByteSource
from desktop_search.core.errors import AppError
from desktop_search.player import create, vlc_binding, vlc_worker
from desktop_search.player.create import create_player
from desktop_search.player.decoding import Decoding, chosen_decoding
from desktop_search.player.picture_way import PictureWay
from desktop_search.player.vlc_player import VlcPlayer
from tests.clips.make import Clip
from tests.qt.player.conftest import READY_MS, Viewer
from tests.qt.player.test_playing import frames_seen
from tests.support.logs import ExpectedLogs

SAID = "graphics processor failed"


@pytest.fixture(params=[PictureWay.WINDOW, PictureWay.PAINTED])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> PictureWay:
    """Also: the machine of these tests has a graphics processor, as far as the program knows."""
    monkeypatch.setattr(create, "chosen_decoding", lambda wanted: Decoding(wanted, "for the test"))
    monkeypatch.setattr(vlc_worker, "_HARDWARE_DEADLINE_MS", 1000)
    chosen: PictureWay = request.param
    return chosen


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each file that libVLC was given, whether by hardware."""
    told: list[bool] = []
    opens = vlc_binding.VlcBinding.open

    def open_and_tell(self: vlc_binding.VlcBinding, path: Path, *, hardware: bool, source: ByteSource | None) -> None:
        told.append(hardware)
        opens(self, path, hardware=hardware, source=source)

    monkeypatch.setattr(vlc_binding.VlcBinding, "open", open_and_tell)
    return told


def test_where_the_hardware_works_nothing_falls_back(
    viewer: Viewer, opened: list[bool], long_gop: Clip, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vlc_worker, "_BLIND_MS", 1500)
    viewer.player.play_from(long_gop.path, 0)
    assert frames_seen(viewer, 75)[-1] >= 75  # longer than pictures are waited for
    assert opened == [True]


@pytest.mark.parametrize("option", [":no-video", ":demux=none_such"])  # no picture in time; an error
def test_where_it_fails_the_clip_plays_without_it_and_so_do_the_next(
    viewer: Viewer,
    opened: list[bool],
    long_gop: Clip,
    ntsc: Clip,
    option: str,
    monkeypatch: pytest.MonkeyPatch,
    expected_logs: ExpectedLogs,
) -> None:
    expected_logs.expect(SAID)
    monkeypatch.setattr(vlc_binding, "BY_HARDWARE", option)
    viewer.cue(long_gop, 120)
    assert viewer.seen() == (3, 120)
    viewer.player.play()
    assert frames_seen(viewer, 130)[0] == 120
    viewer.cue(ntsc, 20)
    viewer.player.play()
    assert frames_seen(viewer, 30)[0] == 20
    assert opened == [True, False, False]
    assert len(expected_logs.records) == 1


def test_a_picture_that_does_not_come_while_it_plays(
    viewer: Viewer,
    opened: list[bool],
    long_gop: Clip,
    monkeypatch: pytest.MonkeyPatch,
    expected_logs: ExpectedLogs,
) -> None:
    expected_logs.expect(SAID)
    monkeypatch.setattr(vlc_binding.VlcBinding, "pictures_shown", lambda _self: 0)
    viewer.player._worker._blind.setInterval(300)
    viewer.player.play_from(long_gop.path, 4000)
    viewer.qtbot.waitUntil(lambda: opened == [True, False], timeout=READY_MS)
    assert frames_seen(viewer, 160)[-1] >= 160


def test_a_broken_file_does_not_condemn_the_hardware(
    viewer: Viewer, opened: list[bool], long_gop: Clip, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no film at all" * 5000)
    with viewer.qtbot.waitSignal(viewer.player.failed, timeout=READY_MS) as told:
        viewer.player.cue(broken, 0)
    assert isinstance(told.args[0], AppError)
    viewer.cue(long_gop, 5)
    viewer.qtbot.waitUntil(lambda: opened == [True, False, True], timeout=READY_MS)


def test_what_is_chosen(tmp_path: Path) -> None:
    assert chosen_decoding(True, "linux", tmp_path) == Decoding(False, "there is no graphics processor")
    (tmp_path / "renderD128").touch()
    assert chosen_decoding(True, "linux", tmp_path).hardware
    assert chosen_decoding(True, "win32").hardware
    assert chosen_decoding(False, "win32") == Decoding(False, "switched off")


@pytest.mark.usefixtures("qapp", "way")
def test_the_player_says_so() -> None:
    for wanted, said in ((True, "on: "), (False, "off: ")):
        player = create_player(hardware_decoding=wanted, options=create.SILENT)
        assert isinstance(player, VlcPlayer)
        assert player.facts["Hardware decoding"].startswith(said)
        player.shut_down()
        player.deleteLater()
