"""Searches by meaning in a real engine, with models of the real ones' form that know a few words."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.clips import Scene, make_clip, make_picture
from tests.contract.engine_child import EngineChild
from tests.support.tiny_models import install, make_tiny_seen, make_tiny_text
from tests.support.waiting import wait_until

# Words that the models know and the look index does not.
RED, BLUE, GRAY = "tomato", "blau", "asphalt"
UNKNOWN = "zzzzqqq"


@dataclass(frozen=True)
class Meaningful:
    """An engine with models in use, a clip of three colours with subtitles, and one that is blue throughout."""

    engine: EngineChild
    colours_no: str
    blue_no: str
    picture: Path

    def spans(self, words: str, **fields: Any) -> list[tuple[str, int]]:
        """Each hit's video, and its second of start."""
        return [(hit["videoNo"], round(hit["startMs"] / 1000)) for hit in self.engine.search(words, **fields)]


@pytest.fixture(scope="module")
def meaningful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Meaningful]:
    folder = tmp_path_factory.mktemp("meaning")
    install(folder / "data" / "models", make_tiny_seen(folder / "seen"))
    install(folder / "data" / "models", make_tiny_text(folder / "text"))
    with EngineChild(folder / "data") as engine:
        colours = make_clip(
            folder / "one.mp4", [Scene(2, "red"), Scene(2, "green"), Scene(2, "#105090")], size=(320, 180)
        )
        colours.path.with_suffix(".srt").write_text(
            "1\n00:00:00,200 --> 00:00:01,800\nThe ferry departs at dusk.\n\n"
            "2\n00:00:02,200 --> 00:00:03,800\nLess money for the dog.\n\n"
            "3\n00:00:04,200 --> 00:00:05,800\nA boat leaving the harbor.\n"
        )
        blue = make_clip(folder / "two.mp4", [Scene(2, "blue")], size=(320, 180))
        picture = make_picture(folder / "three.png", Scene(1, "red"))
        numbers = [engine.add_in_place(colours.path, tags="first"), engine.add_in_place(blue.path, camera_model="X100")]
        engine.post_parts("/upload_img", [("files", (picture.name, picture.read_bytes(), "image/png"))])
        for each in numbers:
            assert engine.wait_indexed(each)["status"] == "PARSE", engine.log
        yield Meaningful(engine, numbers[0], numbers[1], picture)


def test_what_the_look_words_miss_is_found(meaningful: Meaningful) -> None:
    assert meaningful.spans(RED) == [(meaningful.colours_no, 0)]
    assert meaningful.spans(BLUE) == [(meaningful.blue_no, 0), (meaningful.colours_no, 4)]
    hits = meaningful.engine.search(RED)
    assert 0.15 <= hits[0]["score"] <= 1
    assert "ferry" in hits[0]["audio_ts"]


def test_words_and_meaning_meet(meaningful: Meaningful) -> None:
    hits = meaningful.engine.search("red rose")
    assert (hits[0]["videoNo"], hits[0]["startMs"]) == (meaningful.colours_no, 0)
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_what_means_nothing_finds_nothing(meaningful: Meaningful) -> None:
    for words in (UNKNOWN, "%", "😀", "\u0000", "a" * 4000):
        for kind in ("BY_CLIP", "BY_CAPTION"):
            assert meaningful.engine.search(words, search_type=kind) == []
        assert meaningful.engine.search(words, search_type="BY_IMAGE")["item"] == []
    assert meaningful.spans(GRAY) == []  # known, and nowhere to be seen


def test_filters_hold(meaningful: Meaningful) -> None:
    assert meaningful.spans(BLUE, tag="first") == [(meaningful.colours_no, 4)]
    assert meaningful.spans(BLUE, camera_tag="X100") == [(meaningful.blue_no, 0)]
    assert meaningful.spans(BLUE, video_nos=[meaningful.colours_no]) == [(meaningful.colours_no, 4)]
    assert meaningful.spans(BLUE, unique_id="elsewhere") == []
    assert meaningful.spans(BLUE, top_k=1) == [(meaningful.blue_no, 0)]


def test_each_level_of_strictness_lets_less_pass(meaningful: Meaningful) -> None:
    everything = meaningful.engine.search(BLUE)
    for level, floor in (("low", 0.15), ("medium", 0.225), ("high", 0.4)):
        assert meaningful.engine.search(BLUE, filtering_level=level) == [
            hit for hit in everything if hit["score"] >= floor
        ]


def test_what_is_said_is_found_by_meaning_and_literally_first(meaningful: Meaningful) -> None:
    hits = meaningful.engine.search("vessel leaving", search_type="BY_AUDIO")
    assert [hit["audio_ts"] for hit in hits] == ["A boat leaving the harbor.", "The ferry departs at dusk."]
    literal = meaningful.engine.search("ferry", search_type="BY_AUDIO")
    assert literal[0]["audio_ts"] == "The ferry departs at dusk."
    assert [hit["audio_ts"] for hit in meaningful.engine.search("garden vegetables", search_type="BY_AUDIO")] == []


def test_images_are_found_by_meaning(meaningful: Meaningful) -> None:
    (item,) = meaningful.engine.search(RED, search_type="BY_IMAGE")["item"]
    assert item["name"] == "three.png"
    assert meaningful.engine.search(BLUE, search_type="BY_IMAGE")["item"] == []


def test_the_prompt_beside_a_picture_is_taken_by_meaning(meaningful: Meaningful, tmp_path: Path) -> None:
    noise = tmp_path / "noise.png"
    Image.effect_noise((320, 180), 90).convert("RGB").save(noise)
    for prompt, start_s in ((RED, 0), (BLUE, 4)):
        parts = [("file", ("q.png", noise.read_bytes(), "image/png")), ("video_no", meaningful.colours_no)]
        found = meaningful.engine.post_parts("/search_clips_by_image", [*parts, ("prompt", prompt)]).data
        assert round(found[0]["start_time"]) == start_s


def test_it_goes_with_the_footage_and_is_there_again_after_a_restart(tmp_path: Path) -> None:
    install(tmp_path / "data" / "models", make_tiny_seen(tmp_path / "seen"))
    clip = make_clip(tmp_path / "one.mp4", [Scene(1, "red")], size=(320, 180))
    other = tmp_path / "two.mp4"
    shutil.copy(clip.path, other)
    with EngineChild(tmp_path / "data") as engine:
        first, second = engine.add_in_place(clip.path), engine.add_in_place(other)
        for each in (first, second):
            engine.wait_indexed(each)
        assert {hit["videoNo"] for hit in engine.search(RED)} == {first, second}
        engine.post_json("/delete_videos", [first])
        assert {hit["videoNo"] for hit in engine.search(RED)} == {second}
    with EngineChild(tmp_path / "data") as engine:
        assert {hit["videoNo"] for hit in engine.search(RED)} == {second}
        third = engine.add_in_place(clip.path)
        wait_until(lambda: {hit["videoNo"] for hit in engine.search(RED)} == {second, third}, "the third is found")
