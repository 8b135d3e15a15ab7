from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_search.core.errors import FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.results import Word
from desktop_search.engine.model_store.installed import InstalledModel
from desktop_search.engine.speech import loading
from desktop_search.engine.speech.recogniser import Heard
from desktop_search.engine.speech.sanity import check_speech
from desktop_search.engine.speech.sound import Samples
from tests.support.tiny_speech import tiny_parakeet
from tests.support.tiny_whisper import tiny_whisper


@pytest.mark.parametrize("make", [tiny_parakeet, tiny_whisper])
def test_a_model_that_hears_the_sample_passes(make: Callable[[Path], InstalledModel], tmp_path: Path) -> None:
    assert check_speech(make(tmp_path / "model")) > 0


def test_a_model_that_hears_something_else_fails(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="does not hear what is said"):
        check_speech(tiny_parakeet(tmp_path / "a", ["▁All", "▁aboard", "▁the", "▁boat"]))
    with pytest.raises(FileProblem, match="does not hear what is said"):
        check_speech(tiny_whisper(tmp_path / "b", ["All", "aboard"]))


def test_a_model_that_is_not_whole_fails(tmp_path: Path) -> None:
    model = tiny_whisper(tmp_path / "model")
    (model.folder / "tokenizer.json").unlink()
    with pytest.raises(FileProblem, match=r"tokenizer\.json is missing"):
        check_speech(model)


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ([Word(0, 300, " boat"), Word(90_000, 90_300, " leaving")], "outside the sound"),
        ([Word(300, 200, " boat"), Word(400, 500, " leaving")], "outside the sound"),
        ([Word(900, 1000, " boat"), Word(400, 500, " leaving")], "out of order"),
        ([], "does not hear"),
    ],
)
def test_words_with_impossible_times_fail(
    words: list[Word], cause: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Fixed:
        def hear(self, samples: Samples, language: str, token: CancelToken) -> Heard:
            return Heard(tuple(words))

    monkeypatch.setattr(loading, "_load", lambda model: Fixed())
    with pytest.raises(FileProblem, match=cause):
        check_speech(tiny_parakeet(tmp_path / "model"))
