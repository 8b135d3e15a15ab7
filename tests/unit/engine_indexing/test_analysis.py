from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from desktop_search.core.errors import Cancelled, FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.engine.encoders.terms import TERMS
from desktop_search.engine.indexing.analysis import (
    VECTOR_DIM,
    VideoAnalysis,
    analyse_image,
    analyse_video,
    picture_vector,
)
from desktop_search.engine.ranking import picture_scores
from desktop_search.media.frames import frame_at
from tests.clips import Scene, Shape, make_picture
from tests.clips.fixtures import ClipCache
from tests.unit.engine_indexing.drawing import noisy, scenery, write_video
from tests.unit.engine_ranking.ranks import WordCandidate, rank_speech, rank_words


def analyse(path: Path) -> VideoAnalysis:
    return analyse_video(path, name=path.name, report=lambda done: None, token=CancelToken())


def best_segment(query: str, analysis: VideoAnalysis) -> int:
    """The index of the segment found first, or -1."""
    scores = rank_words(query, [WordCandidate(one.words, one.screen_text) for one in analysis.segments])
    return int(np.argmax(scores)) if max(scores) > 0 else -1


def test_a_clip_is_found_by_what_is_seen_said_and_pictured(clips: ClipCache, tmp_path: Path) -> None:
    clip = clips.harbour()
    done: list[int] = []
    found = analyse_video(clip.path, name="harbour", report=done.append, token=CancelToken())
    assert [one.start_ms for one in found.segments] == [clip.start_ms(scene) for scene in range(3)]
    assert found.segments[-1].end_ms == clip.duration_ms
    assert found.notes == ()
    assert [best_segment(query, found) for query in ("a white boat on blue sea", "red ball on a green meadow")] == [
        0,
        1,
    ]
    assert [best_segment(query, found) for query in ("scene four", "at night", "zeppelin")] == [2, 2, -1]
    said = rank_speech("the red ball", [one.text for one in found.utterances])
    assert max(said) > 0.6
    picture = tmp_path / "still.png"
    frame_at(clip.path, clip.start_ms(1) + 1000).resize((320, 180)).save(picture)
    scores = picture_scores(picture_vector(picture, name="still"), np.stack([mark.vector for mark in found.frames]))
    best = found.frames[int(np.argmax(scores))]
    assert float(scores.max()) >= 0.85
    assert best.at_ms == clip.start_ms(1) + 1000
    assert done[0] == 0
    assert done[-1] == 1000
    assert done == sorted(done)


def test_segments_follow_one_another_and_carry_their_marks(tmp_path: Path) -> None:
    grounds = [scenery(seed, 320, 180) for seed in (1, 2)]
    pictures = (noisy(grounds[number // 700], number) for number in range(760))
    found = analyse(write_video(tmp_path / "long shot.mp4", pictures))
    assert [(one.start_ms, one.end_ms) for one in found.segments] == [
        (0, 8000),
        (8000, 16000),
        (16000, 24000),
        (24000, 28000),
        (28000, 30400),
    ]
    starts = {one.start_ms for one in found.segments}
    times = [mark.at_ms for mark in found.frames]
    assert starts <= set(times)
    assert all(0 < after - before <= 2000 for before, after in pairwise(times))
    for one in found.segments:
        assert one.start_ms <= one.keyframe_ms < one.end_ms
        assert one.keyframe_jpeg.startswith(b"\xff\xd8")
        assert set(one.words) <= TERMS
    assert all(mark.vector.shape == (VECTOR_DIM,) for mark in found.frames)


def test_the_short_rest_of_a_long_shot_joins_the_piece_before(tmp_path: Path) -> None:
    pictures = (noisy(scenery(3, 320, 180), number) for number in range(225))
    assert [(one.start_ms, one.end_ms) for one in analyse(write_video(tmp_path / "a.mp4", pictures)).segments] == [
        (0, 9000)
    ]


@pytest.mark.parametrize(("width", "height"), [(18, 18), (64, 300), (322, 178)])
def test_odd_sizes(tmp_path: Path, width: int, height: int) -> None:
    path = write_video(tmp_path / "odd.mp4", [scenery(number // 6, width, height) for number in range(12)])
    found = analyse(path)
    assert (found.info.width, found.info.height) == (width, height)
    assert [one.start_ms for one in found.segments] == [0, 240]


def test_one_frame(tmp_path: Path) -> None:
    found = analyse(write_video(tmp_path / "one.mp4", [scenery(1)]))
    assert [(one.start_ms, one.end_ms) for one in found.segments] == [(0, 40)]
    assert len(found.frames) == 1


def test_what_is_there_of_a_cut_file_is_indexed_with_a_note(tmp_path: Path) -> None:
    path = write_video(tmp_path / "whole.mkv", [noisy(scenery(number // 40), number) for number in range(120)])
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    found = analyse(path)
    assert found.segments
    assert found.segments[-1].end_ms < 4000
    assert len(found.notes) == 1
    assert "ends too early" in found.notes[0]


def test_a_video_under_another_ending_is_indexed(tmp_path: Path) -> None:
    path = write_video(tmp_path / "clip.mkv", [scenery(1)] * 10)
    assert len(analyse(path.rename(tmp_path / "clip.mp4")).segments) == 1


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ("sound", "no picture"),
        ("text", "not a video"),
        ("picture", "not a video"),
        ("nothing", "empty"),
        ("missing", "not there"),
        ("headless", "ends too early"),
    ],
)
def test_what_cannot_be_indexed_says_why(tmp_path: Path, content: str, cause: str) -> None:
    path = tmp_path / "clip.mp4"
    if content == "sound":
        write_sound(path)
    elif content == "headless":
        whole = write_video(path, [scenery(number) for number in range(20)]).read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
    elif content == "picture":
        shutil.copy(make_picture(tmp_path / "a.jpg", Scene(1, "red")), path)
    elif content != "missing":
        path.write_bytes(b"" if content == "nothing" else b"hello " * 1000)
    with pytest.raises(FileProblem, match=cause):
        analyse(path)


def write_sound(path: Path) -> None:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=16000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 16000), np.int16), format="s16", layout="mono")
        frame.sample_rate = 16000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def test_a_picture_is_no_video(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="picture, not a video"):
        analyse(make_picture(tmp_path / "a.png", Scene(1, "red")))


def test_indexing_is_cancelled_within_a_frame(clips: ClipCache) -> None:
    token = CancelToken()
    with pytest.raises(Cancelled):
        analyse_video(clips.harbour().path, name="x", report=lambda done: token.cancel(), token=token)


def test_an_image_and_its_facts(tmp_path: Path) -> None:
    scene = Scene(1, "skyblue", "green", Shape.BALL, "red", words="GATE 7")
    path = make_picture(tmp_path / "gate.jpg", scene, camera=("Fuji", "X100"), place=(57.7, 11.97))
    found = analyse_image(path, name="gate.jpg")
    assert (found.width, found.height) == (640, 480)
    assert found.camera.endswith("X100")
    assert found.latitude == pytest.approx(57.7, abs=1e-3)
    assert found.words["blue.top"] + found.words.get("cyan.top", 0.0) > 0.5
    assert found.words["green.bottom"] == 1.0
    assert found.words["red"] > 0.2
    assert "GATE 7" in found.screen_text
    again = picture_vector(path, name="again")
    assert float(picture_scores(again, found.vector[None, :])[0]) == pytest.approx(1.0, abs=1e-2)


@pytest.mark.parametrize("kind", ["cut", "text", "bomb"])
def test_images_that_cannot_be_read_say_why(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.png"
    if kind == "bomb":
        Image.new("1", (20_000, 20_000)).save(path)
    else:
        data = make_picture(path, Scene(1, "red", words="HELLO")).read_bytes()
        path.write_bytes(data[: len(data) // 2] if kind == "cut" else b"hello")
    with pytest.raises(FileProblem):
        analyse_image(path, name="a.png")
    with pytest.raises(FileProblem):
        picture_vector(path, name="a.png")


@pytest.mark.parametrize(
    ("mode", "suffix"), [("L", ".png"), ("RGBA", ".png"), ("P", ".gif"), ("CMYK", ".jpg"), ("1", ".bmp")]
)
def test_every_kind_of_image_is_read(tmp_path: Path, mode: str, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    Image.fromarray(scenery(1)).convert(mode).save(path)
    assert analyse_image(path, name="a").words
