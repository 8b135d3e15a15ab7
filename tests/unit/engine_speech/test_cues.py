from __future__ import annotations

from pathlib import Path

import pytest

from desktop_search.engine.indexing.results import Said, Utterance
from desktop_search.engine.speech.cues import ass_cues, cues, cues_of, plain
from desktop_search.engine.speech.languages import short_code
from desktop_search.engine.speech.sidecar import read_sidecar

SRT = "1\n00:00:01,500 --> 00:00:03,000\n<i>Cast off</i>\non the left.\n\n2\n01:00:00,000 --> 01:00:02,5\nÅ, the sea\n"
ASS = """[Script Info]
ScriptType: v4.00+

[Events]
Format: Start, End, Style, Text
Comment: 0:00:00.00,0:00:01.00,Default,said to nobody
Dialogue: 1:00:00.00,1:00:02.50,Default,Å, the sea
Dialogue: 0:00:01.50,0:00:03.00,Default,{\\an8\\i1}Cast off\\Non the left.
Dialogue: 0:00:04.00,0:00:05.00,Default,{\\p1}m 0 0 l 100 0 100 100
Dialogue: nonsense
Dialogue: 0:00:0x.00,0:00:05.00,Default,no time
"""
VTT = "WEBVTT\n\nNOTE nothing\n\n00:01.500 --> 00:03.000 align:start\nCast off <c.loud>now</c> &amp; here\n"


def test_srt() -> None:
    assert list(cues(SRT)) == [(1500, 3000, "Cast off on the left."), (3_600_000, 3_602_500, "Å, the sea")]


def test_vtt() -> None:
    assert list(cues(VTT)) == [(1500, 3000, "Cast off now & here")]


def test_substation() -> None:
    assert list(ass_cues(ASS)) == list(cues(SRT))
    assert list(cues_of(ASS)) == list(cues_of(SRT)) == list(cues(SRT))
    classic = "[Events]\nDialogue: Marked=0,0:00:01.50,0:00:03.00,Default,,0,0,0,,Mind, the gap"
    assert list(cues_of(classic)) == [(1500, 3000, "Mind, the gap")]


@pytest.mark.parametrize(
    ("tag", "code"),
    [("eng", "en"), ("EN-gb", "en"), ("pt_BR", "pt"), ("ger", "de"), ("und", ""), ("", ""), (None, ""), ("yue", "yue")],
)
def test_languages(tag: str | None, code: str) -> None:
    assert short_code(tag) == code


def test_damaged_text_gives_what_can_be_read() -> None:
    text = "rubbish\n--> \n\n00:00:01,0 --> 00:00:00,5\nbackwards\n\n00:00:02,0 --> 00:00:03,0\n\n00:0x\nlast"
    assert list(cues(text)) == [(1000, 1000, "backwards")]


def test_markup_goes() -> None:
    assert plain("{\\an8}<b>Hi</b>\\Nthere &lt;you&gt;  now ") == "Hi there <you> now"


@pytest.mark.parametrize("ending", [".srt", ".VTT", ".en.srt", ".mp4.srt", ".en-GB.sdh.Srt"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_file_beside_the_video_is_read(tmp_path: Path, ending: str, encoding: str) -> None:
    video = tmp_path / "Tom's [final] 100%.mp4"
    video.with_name(video.stem + ending).write_bytes(SRT.encode(encoding))
    found = read_sidecar(video)
    assert found.utterances[1] == Utterance(3_600_000, 3_602_500, "Å, the sea", "sidecar")
    assert found.language == ("en" if "en" in ending else "")


def _write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_text(f"1\n00:00:01,000 --> 00:00:02,000\n{name}\n")


@pytest.mark.parametrize(
    ("names", "chosen", "language"),
    [
        (("clip.de.srt", "clip.en.vtt", "clip.fr.ass"), "clip.en.vtt", "en"),
        (("clip.de.srt", "clip.vtt"), "clip.vtt", ""),
        (("clip.vtt", "clip.srt"), "clip.srt", ""),
        (("clip.en.forced.srt", "clip.pt-BR.srt"), "clip.pt-BR.srt", "pt"),
        (("clip.fra.sdh.srt",), "clip.fra.sdh.srt", "fr"),
        (("clip.MP4.srt",), "clip.MP4.srt", ""),
    ],
)
def test_the_best_of_several_files_is_read(names: tuple[str, ...], chosen: str, language: str, tmp_path: Path) -> None:
    _write(tmp_path, *names)
    found = read_sidecar(tmp_path / "clip.mp4")
    assert ([one.text for one in found.utterances], found.language) == ([chosen], language)


@pytest.mark.parametrize("name", ["clip.2.srt", "clipper.srt", "clip.first.take.srt", "clip.txt", "other.srt"])
def test_files_of_other_names_are_not_ours(name: str, tmp_path: Path) -> None:
    _write(tmp_path, name)
    assert read_sidecar(tmp_path / "clip.mp4") == Said()


def test_a_file_that_belongs_to_a_longer_name_is_left_to_it(tmp_path: Path) -> None:
    _write(tmp_path, "clip.raw.srt")
    (tmp_path / "clip.raw.mov").touch()
    assert read_sidecar(tmp_path / "clip.mp4") == Said()
    assert read_sidecar(tmp_path / "clip.raw.mov").utterances


def test_without_a_file_or_with_rubbish_there_is_nothing(tmp_path: Path) -> None:
    video = tmp_path / "clip.mp4"
    assert read_sidecar(video) == Said()
    video.with_suffix(".srt").write_bytes(bytes(range(256)))
    assert read_sidecar(video) == Said()
    video.with_suffix(".vtt").mkdir()
    assert read_sidecar(video) == Said()
    assert read_sidecar(tmp_path / "gone" / "clip.mp4") == Said()
