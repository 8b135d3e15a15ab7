from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from desktop_search.core.errors import Cancelled
from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.results import Said, Utterance
from desktop_search.engine.speech.said import said_in
from desktop_search.engine.speech.sound import Piece, Samples
from desktop_search.engine.speech.sphinx import LONGEST_S, Sphinx
from desktop_search.engine.speech.tracks import read_subtitle_track
from desktop_search.engine.speech.voice import Ears, Stretch, speech_in
from tests.clips import Scene, Spoken
from tests.clips.fixtures import ClipCache
from tests.clips.speech import SAMPLE_RATE_HZ, say
from tests.unit.engine_ranking.ranks import rank_speech

TRACK = "1\n00:00:01,500 --> 00:00:02,500\nMind the gap\n\n2\n00:00:04,000 --> 00:00:05,000\n<i>All aboard</i>\n"
SENTENCES = [
    Spoken("The train arrives at the station every morning.", 1.0),
    Spoken("Please open the window and look at the garden.", 6.0),
]


def listen_to(path: Path, duration_ms: int) -> Said:
    return said_in(path, duration_ms=duration_ms, report=lambda done: None, token=CancelToken())


def best_score(query: str, said: Said) -> float:
    return max(rank_speech(query, [one.text for one in said.utterances]), default=0.0)


def test_spoken_phrases_are_found_at_their_times(clips: ClipCache) -> None:
    clip = clips.get("speech.mp4", [Scene(10, "gray")], speech=SENTENCES, size=(320, 180))
    done: list[int] = []
    said = said_in(clip.path, duration_ms=clip.duration_ms, report=done.append, token=CancelToken())
    assert said.notes == ()
    assert {one.source for one in said.utterances} == {"pocketsphinx"}
    assert best_score("train station", said) > 0.5
    assert best_score("open the window", said) > 0.8
    first, last = said.utterances[0], said.utterances[-1]
    assert abs(first.start_ms - 1000) < 500
    assert abs(last.start_ms - 6000) < 500
    assert first.end_ms <= last.start_ms
    assert done == sorted(done)


def test_a_subtitle_track_comes_first(clips: ClipCache, tmp_path: Path) -> None:
    clip = clips.get("speech.mp4", [Scene(10, "gray")], speech=SENTENCES, size=(320, 180))
    path = tmp_path / "with track.mkv"
    with_subtitles(clip.path, path, TRACK)
    path.with_suffix(".srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nfrom the side\n")
    assert listen_to(path, clip.duration_ms).utterances == (
        Utterance(1500, 2500, "Mind the gap", "subtitles"),
        Utterance(4000, 5000, "All aboard", "subtitles"),
    )


ASS = """[Script Info]
ScriptType: v4.00+

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.50,0:00:02.50,Default,,0,0,0,,{\\an8}Mind the\\Ngap
Dialogue: 0,0:00:04.00,0:00:05.00,Default,,0,0,0,,All aboard
"""
VTT = "WEBVTT\n\n00:01.500 --> 00:02.500 line:0\nMind <c.loud>the</c> gap\n\n00:04.000 --> 00:05.000\nAll aboard\n"


@pytest.mark.parametrize(("text", "ending"), [(TRACK, ".srt"), (VTT, ".vtt"), (ASS, ".ass")])
def test_tracks_of_every_text_format_are_read(text: str, ending: str, clips: ClipCache, tmp_path: Path) -> None:
    with_subtitles(clips.silent().path, tmp_path / "made.mkv", text, ending)
    found = read_subtitle_track(tmp_path / "made.mkv", CancelToken())
    assert found == Said(
        (Utterance(1500, 2500, "Mind the gap", "subtitles"), Utterance(4000, 5000, "All aboard", "subtitles")),
        "subtitles",
        "en",
    )


def test_a_file_beside_the_video_comes_second_and_is_kept_within_it(clips: ClipCache, tmp_path: Path) -> None:
    clip = clips.silent()
    path = tmp_path / "clip.mp4"
    path.write_bytes(clip.path.read_bytes())
    path.with_suffix(".srt").write_text(
        "1\n00:00:01,000 --> 00:00:09,000\nlong\n\n2\n00:01:00,000 --> 00:01:01,000\nbeyond\n"
    )
    assert listen_to(path, 2000).utterances == (Utterance(1000, 2000, "long", "sidecar"),)


def test_without_sound_there_is_nothing_and_no_complaint(clips: ClipCache) -> None:
    assert listen_to(clips.silent().path, 2000) == Said(())


def tones(seconds: float) -> Samples:
    """Plucked notes with a beat: music of a kind."""
    t = np.arange(round(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    decay = np.exp(-6 * (t % 0.25))
    notes = np.array([220, 262, 330, 392, 294, 349, 440, 247])[(t / 0.25).astype(int) % 8]
    music: Samples = (9000 * decay * (np.sin(2 * np.pi * notes * t) + 0.4 * np.sin(4 * np.pi * notes * t))).astype(
        np.int16
    )
    return music


@pytest.mark.parametrize("kind", ["silence", "hiss", "noise", "tone", "music"])
def test_what_is_no_speech_gives_no_words(kind: str) -> None:
    count, random = 6 * SAMPLE_RATE_HZ, np.random.default_rng(1)
    sounds: dict[str, Samples] = {
        "silence": np.zeros(count, np.int16),
        "hiss": random.normal(0, 40, count).astype(np.int16),
        "noise": random.normal(0, 4000, count).astype(np.int16),
        "tone": (8000 * np.sin(np.arange(count) * 0.3)).astype(np.int16),
        "music": tones(6),
    }
    assert list(speech_in(iter([Piece(0, sounds[kind])]), longest_s=LONGEST_S)) == []
    assert Sphinx().hear(sounds[kind], "", CancelToken()).words == ()


def test_long_speech_is_cut_and_nothing_is_lost() -> None:
    sentence = say("We follow the red ball across the green field.")
    talk = np.concatenate([sentence] * 12)
    found = list(speech_in(iter([Piece(500, talk)]), longest_s=LONGEST_S))
    assert len(found) > 1
    assert all(len(one.samples) <= LONGEST_S * SAMPLE_RATE_HZ for one in found)
    assert sum(one.end_ms - one.start_ms for one in found) == pytest.approx(len(talk) / 16, rel=0.1)
    for before, after in pairwise(found):
        assert after.start_ms >= before.end_ms - 50


def test_a_hole_in_the_sound_keeps_later_times_right() -> None:
    sentence = say("Please open the window.")
    found = list(speech_in(iter([Piece(0, sentence), Piece(60_000, sentence)]), longest_s=LONGEST_S))
    assert len(found) == 2
    assert abs(found[1].start_ms - 60_000) < 500


def test_pieces_of_any_size_give_the_same_stretches() -> None:
    sound = np.concatenate([np.zeros(8000, np.int16), say("Please open the window."), np.zeros(16000, np.int16)])
    whole = _heard(sound, len(sound))
    assert len(whole) == 1
    for size in (100, 1024, 4801):
        assert [(one.start_ms, one.end_ms) for one in _heard(sound, size)] == [(whole[0].start_ms, whole[0].end_ms)]


def _heard(sound: Samples, size: int) -> list[Stretch]:
    ears = Ears(0, longest_s=LONGEST_S)
    pieces = [Piece(at * 1000 // SAMPLE_RATE_HZ, sound[at : at + size]) for at in range(0, len(sound), size)]
    found = [one for piece in pieces for one in ears.hear(piece)]
    return [*found, *ears.finish()]


def test_listening_can_be_cancelled(clips: ClipCache) -> None:
    clip = clips.get("speech.mp4", [Scene(10, "gray")], speech=SENTENCES, size=(320, 180))
    token = CancelToken()
    with pytest.raises(Cancelled):
        said_in(clip.path, duration_ms=clip.duration_ms, report=lambda done: token.cancel(), token=token)


def with_subtitles(source: Path, target: Path, content: str, ending: str = ".srt") -> None:
    """The picture of a clip with a track of subtitles in English."""
    text = target.with_name(f"track{ending}")
    text.write_text(content)
    with av.open(str(source)) as clip, av.open(str(text)) as titles, av.open(str(target), "w") as made:
        picture, track = clip.streams.video[0], titles.streams.subtitles[0]
        copies = made.add_stream_from_template(picture), made.add_stream_from_template(track)
        copies[1].metadata["language"] = "eng"
        for shown in clip.demux(picture):
            if shown.dts is not None:
                shown.stream = copies[0]
                made.mux(shown)
        for cue in titles.demux(track):
            if cue.dts is not None:
                cue.stream = copies[1]
                made.mux(cue)
