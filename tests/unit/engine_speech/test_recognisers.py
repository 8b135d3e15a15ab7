"""The real libraries over tiny models of the real form."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from desktop_search.core.errors import Cancelled
from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.results import Word
from desktop_search.engine.model_store.installed import InstalledModel, Kind
from desktop_search.engine.speech.listening import listen, listen_with
from desktop_search.engine.speech.loading import recogniser_of
from desktop_search.engine.speech.parakeet import words_of
from desktop_search.engine.speech.recogniser import LONGEST_S, ModelProblem
from tests.clips import Scene, Spoken
from tests.clips.fixtures import ClipCache
from tests.clips.speech import SAMPLE_RATE_HZ, say
from tests.support.logs import ExpectedLogs
from tests.support.tiny_speech import SENTENCE, tiny_parakeet
from tests.support.tiny_whisper import tiny_whisper

Make = Callable[[Path], InstalledModel]
MAKERS = [pytest.param(tiny_parakeet, id="parakeet"), pytest.param(tiny_whisper, id="whisper")]


def text_of(words: tuple[Word, ...]) -> str:
    return "".join(word.text for word in words).strip()


@pytest.mark.parametrize("make", MAKERS)
def test_words_are_heard_in_order_and_within_the_sound(make: Make, tmp_path: Path) -> None:
    sound = say(SENTENCE)
    heard = recogniser_of(make(tmp_path / "model")).hear(sound, "", CancelToken())
    assert text_of(heard.words) == SENTENCE
    assert len(heard.words) == 8
    assert all(0 <= word.start_ms <= word.end_ms <= len(sound) * 1000 // SAMPLE_RATE_HZ for word in heard.words)
    assert all(before.start_ms <= after.start_ms for before, after in pairwise(heard.words))
    assert len({word.start_ms for word in heard.words}) > 4


@pytest.mark.parametrize("language", ["en", "de"])
def test_whisper_says_the_language_and_takes_it_as_known(language: str, tmp_path: Path) -> None:
    recogniser = recogniser_of(tiny_whisper(tmp_path / "model", language=language))
    assert recogniser.hear(say(SENTENCE), "", CancelToken()).language == language
    assert recogniser.hear(say(SENTENCE), "fr", CancelToken()).language == "fr"


@pytest.mark.parametrize("make", MAKERS)
def test_the_longest_stretch_and_the_shortest_are_taken(make: Make, tmp_path: Path) -> None:
    recogniser = recogniser_of(make(tmp_path / "model"))
    long = np.resize(say(SENTENCE), round(LONGEST_S * SAMPLE_RATE_HZ))
    assert text_of(recogniser.hear(long, "", CancelToken()).words).startswith(SENTENCE)
    recogniser.hear(long[: SAMPLE_RATE_HZ // 4], "", CancelToken())


@pytest.mark.parametrize("make", MAKERS)
def test_a_video_is_listened_to_with_times_of_the_video(make: Make, clips: ClipCache, tmp_path: Path) -> None:
    spoken = [Spoken(SENTENCE, 2.0), Spoken(SENTENCE, 7.0)]
    clip = clips.get("twice.mp4", [Scene(12, "gray")], speech=spoken, size=(320, 180))
    model = make(tmp_path / "model")
    said = listen(clip.path, model, duration_ms=clip.duration_ms, report=lambda done: None, token=CancelToken())
    assert said.source == model.identity
    assert said.notes == ()
    assert said.language == "en"
    first, second = said.utterances
    assert (first.text, second.text) == (SENTENCE, SENTENCE)
    assert {first.source, second.source} == {model.identity}
    for one, start_s in ((first, 2.0), (second, 7.0)):
        assert start_s * 1000 - 300 <= one.start_ms <= one.end_ms <= start_s * 1000 + 2330 + 300
        assert text_of(one.words) == one.text


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("sound", ["silent", "none"])
def test_without_speech_no_model_is_loaded(make: Make, sound: str, clips: ClipCache, tmp_path: Path) -> None:
    model = make(tmp_path / "model")
    shutil.rmtree(model.folder)  # so that loading it fails
    quiet = clips.get("quiet.mp4", [Scene(2, "gray")], speech=[Spoken(SENTENCE, 60.0)], size=(320, 180))
    clip = quiet if sound == "silent" else clips.silent()
    said = listen_with(model, clip.path, duration_ms=2000, report=lambda done: None, token=CancelToken())
    assert said.utterances == ()
    assert said.source == (model.identity if sound == "silent" else "")


def _without(name: str) -> Callable[[InstalledModel], object]:
    return lambda model: (model.folder / name).unlink()


def _damaged(name: str) -> Callable[[InstalledModel], object]:
    return lambda model: (model.folder / name).write_bytes(b"not what it should be")


@pytest.mark.parametrize(
    ("make", "harm"),
    [
        (tiny_parakeet, _without("vocab.txt")),
        (tiny_parakeet, _without("config.json")),
        (tiny_parakeet, _without("encoder-model.int8.onnx")),
        (tiny_parakeet, _without("decoder_joint-model.int8.onnx")),
        (tiny_parakeet, _damaged("vocab.txt")),
        (tiny_parakeet, _damaged("encoder-model.int8.onnx")),
        (tiny_whisper, _without("model.bin")),
        (tiny_whisper, _without("config.json")),
        (tiny_whisper, _without("tokenizer.json")),  # the library would fetch one
        (tiny_whisper, _without("vocabulary.json")),
        (tiny_whisper, _damaged("model.bin")),
        (tiny_whisper, _damaged("tokenizer.json")),
    ],
)
def test_missing_and_damaged_files_are_said_in_words(
    make: Make, harm: Callable[[InstalledModel], object], tmp_path: Path
) -> None:
    model = make(tmp_path / "model")
    harm(model)
    with pytest.raises(ModelProblem, match=f"speech model “{model.model_id}” (could not be loaded|is not complete)"):
        recogniser_of(model)


def test_a_family_that_is_not_known_is_said(tmp_path: Path) -> None:
    model = InstalledModel("odd", Kind.SPEECH, "oracle", tmp_path, "1")
    with pytest.raises(ModelProblem, match="not known here: oracle"):
        recogniser_of(model)


def test_a_model_that_fails_leaves_a_note_and_a_rough_transcript(
    clips: ClipCache, tmp_path: Path, expected_logs: ExpectedLogs
) -> None:
    expected_logs.expect("tiny-parakeet.*vocab.txt is missing")
    clip = clips.get("once.mp4", [Scene(5, "gray")], speech=[Spoken(SENTENCE, 1.0)], size=(320, 180))
    model = tiny_parakeet(tmp_path / "model")
    (model.folder / "vocab.txt").unlink()
    said = listen(clip.path, model, duration_ms=5000, report=lambda done: None, token=CancelToken())
    assert said.source == "pocketsphinx"
    assert said.utterances
    assert len(said.notes) == 1
    assert "tiny-parakeet" in said.notes[0]
    assert "rough" in said.notes[0]


def test_a_model_that_breaks_at_work_is_told_from_sound_that_cannot_be_read(clips: ClipCache, tmp_path: Path) -> None:
    clip = clips.get("once.mp4", [Scene(5, "gray")], speech=[Spoken(SENTENCE, 1.0)], size=(320, 180))
    model = tiny_parakeet(tmp_path / "model")
    config = {"model_type": "nemo-conformer-tdt", "features_size": 80}
    (model.folder / "config.json").write_text(json.dumps(config))  # loads, and then its graphs do not fit
    with pytest.raises(ModelProblem, match="does not work"):
        listen_with(model, clip.path, duration_ms=5000, report=lambda done: None, token=CancelToken())


@pytest.mark.parametrize("make", MAKERS)
def test_listening_with_a_model_is_cancelled_between_stretches(make: Make, tmp_path: Path) -> None:
    token = CancelToken()
    recogniser = recogniser_of(make(tmp_path / "model"))
    token.cancel()
    with pytest.raises(Cancelled):
        recogniser.hear(say(SENTENCE), "", token)


def test_tokens_become_words_at_the_marks_of_their_beginnings() -> None:
    tokens = [" Cast", " off", ",", "<|en|>", " Mis", "ter", " Smi", "th", "."]
    starts_ms = [80, 400, 480, 480, 1600, 1680, 2000, 2080, 2160]
    assert words_of(tokens, starts_ms, 2400) == (
        Word(80, 400, " Cast"),
        Word(400, 880, " off,"),
        Word(1600, 2000, " Mister"),
        Word(2000, 2400, " Smith."),
    )
    assert words_of(["on", " and"], [0, 2480], 2400) == (Word(0, 400, "on"), Word(2400, 2400, " and"))
    assert words_of([], [], 2400) == ()


def test_the_model_used_last_stays_loaded_and_another_takes_its_place(tmp_path: Path) -> None:
    first, second = tiny_parakeet(tmp_path / "a"), tiny_whisper(tmp_path / "b")
    loaded = recogniser_of(first)
    assert recogniser_of(first) is loaded
    assert recogniser_of(second) is not loaded
    assert recogniser_of(first) is not loaded
