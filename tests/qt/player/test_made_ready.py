"""What is likely to be wanted next is read ahead, keeps no wish waiting, and takes little memory."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop_search.core.byte_source import ByteSource
from desktop_search.core.token import CancelToken
from desktop_search.media.frames import frame_at
from desktop_search.player.port import PlayerState
from desktop_search.player.ready_stills import ReadyStills
from desktop_search.player.still_reader import Moment, StillReader, Wish
from tests.clips.make import Clip
from tests.qt.player.conftest import READY_MS, Viewer


class Reading:
    """Reads frames and writes down which; `blocked` times are read only when the token allows no more waiting."""

    def __init__(self) -> None:
        self.times: list[int] = []
        self.blocked: set[int] = set()
        self.began = threading.Event()

    def __call__(self, path: Path | ByteSource, at_ms: int, max_side_px: int, token: CancelToken) -> Image.Image:
        self.times.append(at_ms)
        if at_ms in self.blocked:
            self.began.set()
            self.blocked.discard(at_ms)
            token.wait(READY_MS / 1000)
        return frame_at(path, at_ms, max_side_px, token)


class Heard(QObject):
    """What a reader told, told again on the test's thread."""

    read = Signal(int, object)
    made_ready = Signal()

    def __init__(self, reader: StillReader) -> None:
        super().__init__()
        reader.read.connect(self.read)
        reader.made_ready.connect(self.made_ready)


@pytest.fixture
def heard(reader: StillReader) -> Heard:
    return Heard(reader)


@pytest.fixture
def reading() -> Reading:
    return Reading()


@pytest.fixture
def reader(reading: Reading) -> Iterator[StillReader]:
    thread, made = QThread(), StillReader(reading)
    made.moveToThread(thread)
    thread.start()
    yield made
    made.make_ready(())
    thread.quit()
    assert thread.wait(READY_MS)
    made.deleteLater()


def _moment(clip: Clip, frame: int) -> Moment:
    return Moment(clip.path, frame * 40, 640)


def _wish(qtbot: QtBot, reader: StillReader, heard: Heard, moment: Moment) -> None:
    with qtbot.waitSignal(heard.read, timeout=READY_MS):
        reader.wish(Wish(1, moment))


def test_what_was_made_ready_is_not_read_again(
    qtbot: QtBot, reader: StillReader, heard: Heard, reading: Reading, long_gop: Clip
) -> None:
    with qtbot.waitSignal(heard.made_ready, timeout=READY_MS):
        reader.make_ready([_moment(long_gop, 300), _moment(long_gop, 100)])
    assert reading.times == [12_000, 4_000]
    _wish(qtbot, reader, heard, _moment(long_gop, 100))
    assert reading.times == [12_000, 4_000]


def test_a_wish_comes_first_and_what_was_given_up_for_it_is_begun_anew(
    qtbot: QtBot, reader: StillReader, heard: Heard, reading: Reading, long_gop: Clip
) -> None:
    reading.blocked = {12_000}
    with qtbot.waitSignal(heard.made_ready, timeout=READY_MS):
        reader.make_ready([_moment(long_gop, 300)])
        assert reading.began.wait(READY_MS / 1000)
        _wish(qtbot, reader, heard, _moment(long_gop, 10))
    assert reading.times == [12_000, 400, 12_000]


def test_what_is_not_wanted_any_more_is_given_up(
    qtbot: QtBot, reader: StillReader, heard: Heard, reading: Reading, long_gop: Clip
) -> None:
    reading.blocked = {12_000}
    reader.make_ready([_moment(long_gop, 300), _moment(long_gop, 200)])
    assert reading.began.wait(READY_MS / 1000)
    with qtbot.waitSignal(heard.made_ready, timeout=READY_MS):
        reader.make_ready([_moment(long_gop, 50)])
    assert reading.times == [12_000, 2_000]


def test_a_broken_file_does_not_keep_the_others_from_being_ready(
    qtbot: QtBot, reader: StillReader, heard: Heard, reading: Reading, long_gop: Clip, tmp_path: Path
) -> None:
    (tmp_path / "broken.mp4").write_bytes(b"no film" * 999)
    with qtbot.waitSignal(heard.made_ready, timeout=READY_MS):
        reader.make_ready([Moment(tmp_path / "broken.mp4", 0, 640), _moment(long_gop, 100)])
    assert reading.times == [0, 4_000]


def test_the_pictures_take_no_more_than_they_may(tmp_path: Path) -> None:
    file, picture = tmp_path / "a.mp4", QImage(100, 100, QImage.Format.Format_RGB32)
    file.write_bytes(b"a")
    ready = ReadyStills(most_bytes=3 * picture.sizeInBytes())
    for at_ms in range(5):
        ready.keep(file, at_ms, 640, picture)
        ready.find(file, 1, 640)
    assert [at_ms for at_ms in range(5) if ready.find(file, at_ms, 640)] == [1, 3, 4]
    assert ready.size_bytes == 3 * picture.sizeInBytes()


def test_a_file_that_was_changed_or_is_gone_is_read_anew(tmp_path: Path) -> None:
    file, picture, ready = tmp_path / "a.mp4", QImage(9, 9, QImage.Format.Format_RGB32), ReadyStills()
    file.write_bytes(b"a")
    ready.keep(file, 0, 640, picture)
    assert ready.find(file, 0, 640) is not None
    os.utime(file, ns=(1, 1))
    assert ready.find(file, 0, 640) is None
    file.unlink()
    ready.keep(file, 0, 640, picture)
    assert ready.find(file, 0, 640) is None


def test_a_frame_that_was_made_ready_is_exact(viewer: Viewer, long_gop: Clip, ntsc: Clip) -> None:
    viewer.cue(long_gop, 10)
    viewer.player.make_ready([(ntsc.path, 10_010), (long_gop.path, 333 * 40)])
    for clip, frame in ((ntsc, 300), (long_gop, 333), (ntsc, 300)):
        viewer.cue(clip, frame)
        assert viewer.seen() == (clip.clip_id, frame)


def test_while_a_clip_plays_nothing_is_read_ahead(viewer: Viewer, long_gop: Clip, ntsc: Clip) -> None:
    told: list[list[Moment]] = []
    viewer.cue(long_gop, 10)
    viewer.player._stills.make_ready = lambda moments: told.append(list(moments))  # type: ignore[method-assign]
    viewer.player.play()
    viewer.qtbot.waitUntil(lambda: told == [[]], timeout=READY_MS)
    viewer.player.make_ready([(ntsc.path, 500)])
    assert told == [[], []]
    viewer.player.pause()
    assert [moment.path for moment in told[2]] == [ntsc.path]
    viewer.player.make_ready([(long_gop.path, 500)], while_playing=True)  # but for what is wanted before it ends
    viewer.player.play()
    viewer.qtbot.waitUntil(lambda: viewer.player.state is PlayerState.PLAYING, timeout=READY_MS)
    assert [moment.path for moment in told[-1]] == [long_gop.path]
