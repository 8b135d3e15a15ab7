"""Facts of good files, and readable causes for all the others."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from desktop_search.core.errors import FileProblem
from desktop_search.core.timecode import Timebase
from desktop_search.core.uploads import MediaKind
from desktop_search.media.probe import exact_rate, probe
from tests.clips import Scene, Shape, Spoken, make_picture
from tests.clips.fixtures import ClipCache
from tests.unit.media.remux import remux

NTSC = Fraction(30000, 1001)


def cause_of(path: Path) -> str:
    with pytest.raises(FileProblem) as caught:
        probe(path)
    return caught.value.message


def test_a_video(clips: ClipCache) -> None:
    clip = clips.get("said.mov", [Scene(2, "purple")], size=(320, 180), speech=[Spoken("Hello.", 0.2)])
    info = probe(clip.path)
    assert (info.kind, info.video_codec, info.has_audio) == (MediaKind.VIDEO, "h264", True)
    assert (info.width, info.height, info.rotation_deg) == (320, 180, 0)
    assert (info.duration_ms, info.rate) == (2000, Fraction(25))
    assert info.size_bytes == clip.path.stat().st_size
    assert info.timebase == Timebase(Fraction(25))


@pytest.mark.parametrize("suffix", [".mp4", ".mov", ".mkv", ".avi"])
@pytest.mark.parametrize("rate", [NTSC, Fraction(24000, 1001), Fraction(25), Fraction(60000, 1001), Fraction(50)])
def test_rates_are_exact_in_every_container(clips: ClipCache, suffix: str, rate: Fraction) -> None:
    clip = clips.get(f"rate{suffix}", [Scene(1, "purple")], rate=rate, size=(320, 180), clip_id=3)
    info = probe(clip.path)
    assert info.rate == rate
    assert info.timebase.rate == rate
    assert abs(info.duration_ms - clip.duration_ms) <= 50


@pytest.mark.parametrize(
    ("rate", "timecode", "drop_frame"),
    [
        (NTSC, "10:20:30;05", True),
        (NTSC, "10:20:30:05", False),
        (Fraction(25), "01:00:00:00", False),
        (Fraction(60000, 1001), "00:59:59;58", True),
        (Fraction(24000, 1001), "23:59:59:23", False),
    ],
)
def test_the_start_timecode(clips: ClipCache, rate: Fraction, timecode: str, drop_frame: bool) -> None:
    clip = clips.get("tc.mov", [Scene(1, "purple")], rate=rate, size=(320, 180), timecode=timecode)
    timebase = probe(clip.path).timebase
    assert (timebase.drop_frame, timebase.format(0)) == (drop_frame, timecode)


def test_a_timecode_that_cannot_be_is_left_out(clips: ClipCache) -> None:
    clip = clips.get("odd.mkv", [Scene(1, "purple")], size=(320, 180), metadata={"timecode": "99:99:99:99"})
    assert probe(clip.path).timebase == Timebase(Fraction(25))


def test_what_the_camera_wrote(clips: ClipCache) -> None:
    tags = {
        "com.apple.quicktime.creationdate": "2026-03-14T11:20:00+0200",
        "creation_time": "2020-01-01T00:00:00Z",
        "com.apple.quicktime.make": "Apple",
        "com.apple.quicktime.model": "iPhone 17 Pro",
        "com.apple.quicktime.location.ISO6709": "+39.9042+116.4074+043.5/",
    }
    options = {"movflags": "use_metadata_tags"}
    clip = clips.get("phone.mkv", [Scene(1, "purple")], size=(320, 180), metadata=tags, options=options)
    info = probe(clip.path)
    assert info.taken == datetime(2026, 3, 14, 9, 20, tzinfo=UTC)
    assert (info.camera, info.latitude, info.longitude) == ("Apple iPhone 17 Pro", 39.9042, 116.4074)


def test_rotation_turns_the_size(clips: ClipCache, tmp_path: Path) -> None:
    info = probe(remux(clips.silent().path, tmp_path / "turned.mov", rotation_deg=90))
    assert (info.width, info.height) == (180, 320)
    assert info.rotation_deg in {90, 270}


def test_subtitles_are_counted_with_their_language(clips: ClipCache, tmp_path: Path) -> None:
    lines = tmp_path / "lines.srt"
    lines.write_text("1\n00:00:00,000 --> 00:00:01,000\nHello\n")
    file = tmp_path / "subtitled.mkv"
    with av.open(str(clips.silent().path)) as video, av.open(str(lines)) as text, av.open(str(file), "w") as target:
        pictures = target.add_stream_from_template(video.streams.video[0])
        words = target.add_stream_from_template(text.streams.subtitles[0])
        words.metadata["language"] = "eng"
        packets: list[av.Packet[Any]] = [*video.demux(video=0), *text.demux(subtitles=0)]
        for packet in packets:
            if packet.dts is not None:
                packet.stream = words if packet.stream.type == "subtitle" else pictures
                target.mux(packet)
    assert probe(file).subtitles == ("eng",)


def test_a_picture(tmp_path: Path) -> None:
    taken = datetime(2026, 3, 14, 9, 20, tzinfo=UTC)
    file = make_picture(
        tmp_path / "boat.jpg",
        Scene(1, "skyblue", "navy", Shape.BOAT, "white"),
        camera=("Canon", "Canon EOS R5"),
        taken=taken,
        place=(-33.8568, 151.2153),
    )
    info = probe(file)
    assert (info.kind, info.container, info.width, info.height) == (MediaKind.IMAGE, "JPEG", 640, 480)
    assert (info.taken, info.camera) == (taken, "Canon EOS R5")
    assert info.latitude == pytest.approx(-33.8568, abs=1e-4)
    assert info.longitude == pytest.approx(151.2153, abs=1e-4)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".gif", ".bmp", ".webp"])
def test_every_picture_format(tmp_path: Path, suffix: str) -> None:
    info = probe(make_picture(tmp_path / f"boat{suffix}", Scene(1, "purple"), size=(64, 48)))
    assert (info.kind, info.width, info.height) == (MediaKind.IMAGE, 64, 48)


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".avi", ".mov"])
@pytest.mark.parametrize("kept", [0.98, 0.5, 0.1])
def test_a_cut_video_ends_too_early(clips: ClipCache, tmp_path: Path, suffix: str, kept: float) -> None:
    whole = clips.get(f"whole{suffix}", [Scene(2, "purple", shape=Shape.BOXES)], size=(320, 180)).path.read_bytes()
    file = tmp_path / f"cut{suffix}"
    file.write_bytes(whole[: int(len(whole) * kept)])
    assert "ends too early" in cause_of(file)


def test_a_cut_video_with_its_index_in_front(clips: ClipCache, tmp_path: Path) -> None:
    with av.open(str(clips.silent().path)) as reader:
        file = tmp_path / "web.mp4"
        with av.open(str(file), "w", options={"movflags": "faststart"}) as writer:
            copy = writer.add_stream_from_template(reader.streams.video[0])
            for packet in reader.demux(reader.streams.video[0]):
                if packet.dts is not None:
                    packet.stream = copy
                    writer.mux(packet)
    assert probe(file).duration_ms == 2000
    os.truncate(file, file.stat().st_size * 9 // 10)
    assert "ends too early" in cause_of(file)


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("empty.mp4", b"", "empty"),
        ("text.mp4", b"dear editor, this is a letter\n" * 50, "not a video"),
        ("noise.mkv", bytes(range(256)) * 200, "not a video"),
        ("list.mp4", b"#EXTM3U\n#EXTINF:1,\nother.mp4\n", "not a video"),
        ("list.mov", b"ffconcat version 1.0\nfile other.mp4\n", "not a video"),
        ("zeros.avi", bytes(100_000), "not a video"),
        ("one-byte.mp4", b"x", "not a video"),
        ("empty.jpg", b"", "empty"),
        ("text.jpg", b"not a picture", "not a picture"),
        ("noise.webp", bytes(range(256)) * 20, "not a picture"),
    ],
)
def test_what_is_no_footage(tmp_path: Path, name: str, data: bytes, cause: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    assert cause in cause_of(file)


def test_a_playlist_cannot_make_it_open_another_file(clips: ClipCache, tmp_path: Path) -> None:
    file = tmp_path / "list.mp4"
    file.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{clips.silent().path}\n#EXT-X-ENDLIST\n")
    assert "not a video" in cause_of(file)


def test_a_picture_under_the_name_of_a_video(tmp_path: Path) -> None:
    picture = make_picture(tmp_path / "boat.png", Scene(1, "purple"))
    assert "not a video" in cause_of(picture.rename(tmp_path / "boat.mp4"))


def test_a_video_under_the_name_of_a_picture(clips: ClipCache, tmp_path: Path) -> None:
    file = tmp_path / "boat.jpg"
    file.write_bytes(clips.silent().path.read_bytes())
    assert "not a picture" in cause_of(file)


def test_a_cut_picture(tmp_path: Path) -> None:
    file = make_picture(tmp_path / "boat.jpg", Scene(1, "skyblue", "navy", Shape.BOAT, "white"))
    os.truncate(file, file.stat().st_size // 2)
    assert "ends too early" in cause_of(file)


def test_a_picture_that_would_fill_the_memory(tmp_path: Path) -> None:
    file = tmp_path / "bomb.png"
    Image.new("1", (40_000, 40_000)).save(file)
    assert "too large" in cause_of(file)


def test_sound_alone_is_no_video(tmp_path: Path) -> None:
    file = tmp_path / "sound.mp4"
    with av.open(str(file), "w") as container:
        stream = container.add_stream("aac", rate=48000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 48000), np.int16), format="s16", layout="mono")
        frame.sample_rate = 48000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    assert "only sound" in cause_of(file)


def test_what_must_never_be_opened(tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe.mp4", tmp_path / "link.mp4"
    os.mkfifo(pipe)  # opening it would wait for a writer for ever
    link.symlink_to(pipe)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket.mov"))
        for path in (pipe, link, tmp_path / "socket.mov", Path("/dev/zero")):
            assert "pipe, socket or device" in cause_of(path)


def test_folders_links_and_missing_files(tmp_path: Path) -> None:
    (tmp_path / "folder.mp4").mkdir()
    (tmp_path / "dangling.mp4").symlink_to(tmp_path / "nowhere.mp4")
    (tmp_path / "circle.mp4").symlink_to(tmp_path / "circle.mp4")
    assert "folder" in cause_of(tmp_path / "folder.mp4")
    assert "not there" in cause_of(tmp_path / "dangling.mp4")
    assert "circle" in cause_of(tmp_path / "circle.mp4")
    assert "not there" in cause_of(tmp_path / "missing.mp4")
    assert "too long" in cause_of(tmp_path / ("x" * 300 + ".mp4"))


@pytest.mark.parametrize(
    "name", ["ümläut 🎬.mp4", "line\nbreak.mp4", "100% #1?&.mp4", "quote'\"`$HOME.mp4", "-i.mp4", "http:a.mp4"]
)
def test_any_name_will_do(clips: ClipCache, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(clips.silent().path.read_bytes())
    assert probe(file).duration_ms == 2000


def test_a_name_that_is_no_unicode(clips: ClipCache, tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"caf\xe9.mp4")
    file.write_bytes(clips.silent().path.read_bytes())
    assert probe(file).duration_ms == 2000


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        (Fraction(2997, 100), NTSC),
        (Fraction(19001, 634), NTSC),
        (Fraction(23976, 1000), Fraction(24000, 1001)),
        (Fraction(24), Fraction(24)),
        (Fraction(15), Fraction(15)),
        (Fraction(0), Fraction(25)),
        (None, Fraction(25)),
    ],
)
def test_rates_are_snapped_to_what_they_mean(stored: Fraction | None, meant: Fraction) -> None:
    assert exact_rate(stored) == meant
