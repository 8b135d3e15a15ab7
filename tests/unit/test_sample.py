"""The sample footage is what `samples.json` says, small, and every frame of it can be told from its pixels."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from desktop_search import resources
from desktop_search.media.frame_code import find

ABOUT: dict[str, Any] = json.loads(resources.read_text("sample/samples.json"))
CLIPS: list[dict[str, Any]] = ABOUT["clips"]


def test_the_samples_are_small_and_complete() -> None:
    names = [entry["file"] for entry in CLIPS + ABOUT["pictures"]]
    assert sum(resources.path(f"sample/{name}").stat().st_size for name in names) <= 3_000_000
    assert len(ABOUT["pictures"]) == 2


@pytest.mark.parametrize("clip", CLIPS, ids=lambda clip: str(clip["file"]))
def test_every_frame_of_a_clip_carries_its_number(clip: dict[str, Any]) -> None:
    with av.open(str(resources.path(f"sample/{clip['file']}"))) as container:
        codes = [
            find(np.asarray(frame.to_ndarray(format="rgb24"), dtype=np.uint8)) for frame in container.decode(video=0)
        ]
    assert [[(code.clip, code.frame) for code in each] for each in codes] == [
        [(clip["clip"], number)] for number in range(clip["scenes"][-1]["end_frame"])
    ]


@pytest.mark.parametrize("clip", CLIPS, ids=lambda clip: str(clip["file"]))
def test_scenes_follow_one_another_and_begin_with_key_frames(clip: dict[str, Any]) -> None:
    with av.open(str(resources.path(f"sample/{clip['file']}"))) as container:
        keys = {number for number, frame in enumerate(container.decode(video=0)) if frame.key_frame}
    assert {scene["start_frame"] for scene in clip["scenes"]} <= keys
    assert all(first["end_frame"] == second["start_frame"] for first, second in pairwise(clip["scenes"]))


def test_every_search_names_a_sample() -> None:
    names = {entry["file"] for entry in CLIPS + ABOUT["pictures"]}
    for search in ABOUT["searches"]:
        assert search["file"] in names
        assert search["kind"] in {"seen", "said", "picture", "image"}
        assert search.get("picture", search["file"]) in names
    assert {search["kind"] for search in ABOUT["searches"]} == {"seen", "said", "picture", "image"}


def test_the_photograph_says_where_and_when_it_was_taken() -> None:
    with Image.open(resources.path("sample/lighthouse.jpg")) as image:
        exif = image.getexif()
        assert exif[0x0110] == "X100V"
        assert exif.get_ifd(0x8769)[0x9003] == "2026:03:01 17:42:10"
        assert set(exif.get_ifd(0x8825)) == {1, 2, 3, 4}
