from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest

from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.decoding import Copier, Decoder, Span, TimedFrame, VideoPacket
from desktop_search.engine.indexing.sparse import sparse_frames
from desktop_search.engine.indexing.videos import Seen, look_through
from desktop_search.media.opening import open_video
from tests.unit.engine_indexing.drawing import Pixels, noisy, scenery, write_video


def look(path: Path) -> Seen:
    return look_through(path, report=lambda done: None, token=CancelToken())


def shots(*lengths: int) -> list[Pixels]:
    scenes = [(scenery(seed, 320, 180), count) for seed, count in enumerate(lengths)]
    return [noisy(picture, number) for picture, count in scenes for number in range(count)]


@pytest.mark.parametrize(
    ("gop", "codec", "suffix"),
    [
        (1, "libx264", ".mp4"),
        (12, "mpeg4", ".mov"),
        (12, "libx264", ".mkv"),
        (50, "libx264", ".mp4"),
        (90, "mpeg4", ".mp4"),
        (250, "libx264", ".mp4"),
        (1, "prores", ".mov"),
        (1, "mjpeg", ".mov"),
        (1, "mjpeg", ".avi"),
        (1, "mjpeg", ".mkv"),
    ],
)
def test_cuts_are_exact(tmp_path: Path, gop: int, codec: str, suffix: str) -> None:
    path = write_video(tmp_path / f"cut{suffix}", shots(137, 60, 41, 130), gop=gop, codec=codec)
    seen = look(path)
    assert [one.start_ms for one in seen.segments] == [0, 5480, 7880, 9520]
    assert seen.segments[-1].end_ms == 14720
    assert seen.notes == []


@pytest.mark.parametrize("gop", [12, 50, 250])
def test_it_is_seen_how_the_camera_moves(tmp_path: Path, gop: int) -> None:
    wide = scenery(7, 2400, 180)
    pan = [np.ascontiguousarray(wide[:, 3 * number :][:, :320]) for number in range(200)]
    (panned,) = look(write_video(tmp_path / "pan.mp4", pan, gop=gop)).segments
    assert panned.words["pan right"] > 0.5
    (still,) = look(write_video(tmp_path / "still.mp4", shots(200), gop=gop)).segments
    assert still.words["static"] == 1.0


def test_without_key_frames_everything_is_decoded(tmp_path: Path) -> None:
    pictures = [np.ascontiguousarray(picture[:90, :160]) for picture in shots(950, 60)]
    path = write_video(tmp_path / "screen.mp4", pictures, gop=2000, codec="mpeg4")
    assert 38_000 in [one.start_ms for one in look(path).segments]


def test_what_does_not_change_is_not_decoded(tmp_path: Path) -> None:
    path = write_video(tmp_path / "still.mp4", shots(400), gop=40)
    assert len(times_of_frames(path)) < 70


def test_a_slow_pan_is_no_reason_to_decode_everything(tmp_path: Path) -> None:
    wide = scenery(8, 1600, 180)
    pan = [np.ascontiguousarray(wide[:, 2 * number :][:, :320]) for number in range(400)]
    assert len(times_of_frames(write_video(tmp_path / "pan.mp4", pan, gop=12))) < 70


def test_of_a_shot_in_which_much_changes_the_key_frames_are_asked(tmp_path: Path) -> None:
    pictures = shots(200, 30, 170)
    path = write_video(tmp_path / "short.mp4", pictures, gop=12)
    assert [one.start_ms for one in look(path).segments] == [0, 8000, 9200]


@pytest.mark.parametrize("first", [45, 46, 47, 48, 49])
def test_a_cut_is_exact_among_frames_that_are_stored_after_the_next_key_frame(tmp_path: Path, first: int) -> None:
    options = {"preset": "veryfast", "g": "48", "bf": "3", "x264-params": "open-gop=1:scenecut=0"}
    path = write_video(tmp_path / "open.mp4", shots(first, 90), options=options)
    assert [one.start_ms for one in look(path).segments] == [0, 40 * first]


def test_what_follows_a_cut_is_not_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counts, decode = list[int](), Decoder.decode

    def counting(self: Decoder, packet: VideoPacket | None) -> list[TimedFrame]:
        frames = decode(self, packet)
        counts.append(len(frames))
        return frames

    monkeypatch.setattr(Decoder, "decode", counting)
    times_of_frames(write_video(tmp_path / "cut.mp4", shots(205, 195), gop=100))
    assert sum(counts) < 175


def test_a_large_packet_says_where_a_cut_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = {"preset": "veryfast", "g": "25", "bf": "3", "x264-params": "scenecut=0:b-adapt=0"}
    path = write_video(tmp_path / "cut.mp4", shots(64, 100), options=options)
    given, frames_of = list[Span | None](), Decoder.frames_of

    def noting(self: Decoder, packets: Iterable[VideoPacket], *, whole: Span | None = None) -> Iterator[TimedFrame]:
        given.append(whole)
        return frames_of(self, packets, whole=whole)

    monkeypatch.setattr(Decoder, "frames_of", noting)
    assert [one.start_ms for one in look(path).segments] == [0, 2560]
    (guess, *again) = [whole for whole in given if whole is not None and whole[1] > 0]
    assert guess[0] < 2560 <= guess[1]
    assert not again


@pytest.mark.parametrize("second", ["cut.mp4", "moved away.mp4"])
def test_two_decoders_find_what_one_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, second: str) -> None:
    path = write_video(tmp_path / "cut.mp4", shots(137, 60, 203), gop=25)
    threads, decode = set[str](), Decoder.decode

    def noting(self: Decoder, packet: VideoPacket | None) -> list[TimedFrame]:
        threads.add(threading.current_thread().name)
        return decode(self, packet)

    monkeypatch.setattr(Decoder, "decode", noting)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    alone = frames_by(path, None)
    assert len(threads) == 1
    assert frames_by(path, tmp_path / second) == alone
    assert (len(threads) == 2) == (second == "cut.mp4")


def frames_by(path: Path, second: Path | None) -> list[tuple[int, bool, bytes]]:
    """The frames that matter, with another decoder for the `second` path."""
    with open_video(path) as (container, stream):
        copier = Copier(None)
        frames = sparse_frames(Decoder(container, stream, CancelToken(), second), copier)
        return [(timed.at_ms, timed.goes_on, copier.sample(timed).tobytes()) for timed in frames]


def times_of_frames(path: Path) -> list[int]:
    """When the frames that were decoded are shown."""
    with open_video(path) as (container, stream):
        decoder = Decoder(container, stream, CancelToken())
        times = [timed.at_ms for timed in sparse_frames(decoder, Copier(None))]
    assert times == sorted(set(times))
    assert times[-1] == 15_960
    return times
