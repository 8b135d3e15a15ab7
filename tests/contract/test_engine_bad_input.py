"""One bad file of each kind through a real engine: it fails with a cause in words, and the engine serves on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from tests.contract.engine_child import EngineChild
from tests.unit.bad_input.bombs import huge_png, huge_video, many_tracks
from tests.unit.bad_input.damage import damaged, whole_clip
from tests.unit.bad_input.judging import is_readable


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineChild]:
    with EngineChild(tmp_path_factory.mktemp("engine") / "data") as child:
        yield child


def only_sound(path: Path) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=16000, layout="mono")
        assert isinstance(stream, av.AudioStream)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 16000), np.int16), format="s16", layout="mono")
        frame.sample_rate = 16000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def text(path: Path) -> Path:
    path.write_bytes(b"hello " * 1000)
    return path


def picture(path: Path) -> Path:
    Image.new("RGB", (64, 64)).save(path, "PNG")
    return path


def half(path: Path) -> Path:
    whole = whole_clip(path).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


BAD = {
    "only sound.mp4": (only_sound, "no picture in this file"),
    "text.mov": (text, "not a video"),
    "picture.avi": (picture, "not a video"),
    "half.mp4": (half, "ends too early"),
    "huge.avi": (lambda path: huge_video(path, (16_000, 12_000)), "too large"),
    "tracks.mov": (lambda path: many_tracks(path, 200), "too many tracks"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_video_fails_with_its_cause(engine: EngineChild, tmp_path: Path, name: str) -> None:
    make, cause = BAD[name]
    video_no = engine.add_in_place(make(tmp_path / name))
    record = engine.wait_indexed(video_no)
    assert record["status"] == "FAILED"
    assert cause in record["cause"]
    assert is_readable(record["cause"])


def test_damaged_uploads_leave_nothing_behind_that_is_not_theirs(engine: EngineChild, tmp_path: Path) -> None:
    whole, other = (whole_clip(tmp_path / name).read_bytes() for name in ("whole.mp4", "other.mkv"))
    taken = []
    for seed in range(7):
        part = ("file", (f"{seed}.mp4", damaged(whole, other, seed), "video/mp4"))
        answer = engine.post_parts("/upload", [part])
        if answer.envelope["code"] == "0000":
            taken.append(str(answer.data["videoNo"]))
        else:
            assert is_readable(answer.refusal[1])
    records = [engine.wait_indexed(video_no) for video_no in taken]
    assert {record["status"] for record in records} <= {"PARSE", "FAILED"}
    assert all(is_readable(record["cause"]) for record in records if record["status"] == "FAILED")
    engine.post_json("/delete_videos", taken)
    assert list((engine.data_dir / "incoming").iterdir()) == []
    assert not list(engine.data_dir.rglob("*.mp4"))


def test_a_picture_of_absurd_size_is_refused(engine: EngineChild, tmp_path: Path) -> None:
    bomb = huge_png(tmp_path / "huge.png", (60_000, 60_000)).read_bytes()
    answer = engine.post_parts("/search_similar_images", [("file", ("huge.png", bomb, "image/png"))])
    code, message = answer.refusal
    assert code == "0001"
    assert "too large" in message


def test_the_engine_serves_on(engine: EngineChild, tmp_path: Path) -> None:
    video_no = engine.add_in_place(whole_clip(tmp_path / "good.mp4"))
    assert engine.wait_indexed(video_no)["status"] == "PARSE"
    assert "Traceback" not in engine.log
