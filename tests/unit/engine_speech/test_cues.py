from __future__ import annotations

from pathlib import Path

import pytest

from desktop_search.engine.indexing.results import Utterance
from desktop_search.engine.speech.cues import cues, plain
from desktop_search.engine.speech.sidecar import read_sidecar

SRT = "1\n00:00:01,500 --> 00:00:03,000\n<i>Cast off</i>\non the left.\n\n2\n01:00:00,000 --> 01:00:02,5\nÅ, the sea\n"
VTT = "WEBVTT\n\nNOTE nothing\n\n00:01.500 --> 00:03.000 align:start\nCast off <c.loud>now</c> &amp; here\n"


def test_srt() -> None:
    assert list(cues(SRT)) == [(1500, 3000, "Cast off on the left."), (3_600_000, 3_602_500, "Å, the sea")]


def test_vtt() -> None:
    assert list(cues(VTT)) == [(1500, 3000, "Cast off now & here")]


def test_damaged_text_gives_what_can_be_read() -> None:
    text = "rubbish\n--> \n\n00:00:01,0 --> 00:00:00,5\nbackwards\n\n00:00:02,0 --> 00:00:03,0\n\n00:0x\nlast"
    assert list(cues(text)) == [(1000, 1000, "backwards")]


def test_markup_goes() -> None:
    assert plain("{\\an8}<b>Hi</b>\\Nthere &lt;you&gt;  now ") == "Hi there <you> now"


@pytest.mark.parametrize("ending", [".srt", ".vtt", ".en.srt"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_beside_the_video_is_read(tmp_path: Path, ending: str, encoding: str) -> None:
    video = tmp_path / "Tom's [final] 100%.mp4"
    video.with_name(video.stem + ending).write_bytes(SRT.encode(encoding))
    assert read_sidecar(video)[1] == Utterance(3_600_000, 3_602_500, "Å, the sea", "sidecar")


def test_without_a_file_or_with_rubbish_there_is_nothing(tmp_path: Path) -> None:
    video = tmp_path / "clip.mp4"
    assert read_sidecar(video) == []
    video.with_suffix(".srt").write_bytes(bytes(range(256)))
    assert read_sidecar(video) == []
    video.with_suffix(".vtt").mkdir()
    assert read_sidecar(video) == []
