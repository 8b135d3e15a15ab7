"""Queries become vectors: loaded late, let go early, never failing a search."""

from __future__ import annotations

import subprocess
import sys
import threading
import weakref
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from desktop_search.engine.meaning.encoders import questions_of
from desktop_search.engine.meaning.queries import QueryEncoder
from desktop_search.engine.meaning.sessions import Vectors
from desktop_search.engine.model_store.installed import ChosenModels, InstalledModel
from tests.support.logs import ExpectedLogs
from tests.support.tiny_models import make_tiny_seen
from tests.support.waiting import wait_until


class Counting:
    """An encoder that says when it is used, and a loader that counts."""

    def __init__(self) -> None:
        self.loaded: list[str] = []
        self.asked: list[str] = []
        self.alive: list[weakref.ref[object]] = []

    def load(self, model: InstalledModel) -> Counted:
        self.loaded.append(model.identity)
        made = Counted(self)
        self.alive.append(weakref.ref(made))
        return made


class Counted:
    def __init__(self, counting: Counting) -> None:
        self._counting = counting

    def queries(self, texts: Sequence[str]) -> Vectors:
        self._counting.asked += texts
        return np.ones((len(texts), 1), np.float32)


def test_words_are_encoded_by_the_models_in_use(seen_model: InstalledModel, text_model: InstalledModel) -> None:
    encoder = QueryEncoder(lambda: ChosenModels(seen_model, text_model))
    seen, said = encoder.seen("red"), encoder.said("red")
    assert seen is not None
    assert said is not None
    assert (seen.model, seen.family) == ("tiny-seen@1", "siglip2")
    assert (said.model, said.family) == ("tiny-text@1", "e5")
    assert seen.vector == pytest.approx(questions_of(seen_model).queries(["red"])[0])
    assert said.vector == pytest.approx(questions_of(text_model).queries(["red"])[0])
    encoder.close()


def test_without_a_model_there_is_nothing() -> None:
    encoder = QueryEncoder(ChosenModels)
    assert encoder.seen("red") is None
    assert encoder.said("red") is None


def test_a_query_that_was_asked_before_is_not_encoded_again(seen_model: InstalledModel) -> None:
    counting = Counting()
    encoder = QueryEncoder(lambda: ChosenModels(seen_model), load=counting.load)
    for text in ("red", "blue", "red", "Red"):
        encoder.seen(text)
    assert counting.asked == ["red", "blue", "Red"]
    for number in range(300):
        encoder.seen(str(number))
    encoder.seen("red")  # pushed out
    assert counting.asked.count("red") == 2
    assert counting.loaded == ["tiny-seen@1"]
    encoder.close()


def test_another_model_takes_the_place_of_the_first(seen_model: InstalledModel, tmp_path: Path) -> None:
    models = [seen_model]
    encoder = QueryEncoder(lambda: ChosenModels(models[0]))
    before = encoder.seen("red")
    models[0] = make_tiny_seen(tmp_path / "other", revision="2", seed=2)
    after = encoder.seen("red")
    assert before is not None
    assert after is not None
    assert after.model == "tiny-seen@2"
    assert abs(before.vector @ after.vector) < 0.9
    encoder.close()


def test_a_model_is_let_go_after_a_while_and_loaded_again(seen_model: InstalledModel) -> None:
    counting = Counting()
    encoder = QueryEncoder(lambda: ChosenModels(seen_model), load=counting.load, idle_s=0.05)
    encoder.seen("red")
    wait_until(lambda: counting.alive[0]() is None, "the model was let go", 20)
    encoder.seen("blue")
    assert len(counting.loaded) == 2
    encoder.close()
    assert counting.alive[1]() is None


def test_a_model_that_cannot_be_loaded_is_said_once(seen_model: InstalledModel, expected_logs: ExpectedLogs) -> None:
    expected_logs.expect("tiny-seen cannot be used: A file of the model is missing: tokenizer.json")
    (seen_model.folder / "tokenizer.json").unlink()
    encoder = QueryEncoder(lambda: ChosenModels(seen_model))
    assert encoder.seen("red") is None
    assert encoder.seen("blue") is None


def test_a_model_that_was_mended_is_used_again(seen_model: InstalledModel, expected_logs: ExpectedLogs) -> None:
    expected_logs.expect("tiny-seen cannot be used")
    file = seen_model.folder / "tokenizer.json"
    file.rename(file.with_suffix(".away"))
    encoder = QueryEncoder(lambda: ChosenModels(seen_model), again_s=0)
    assert encoder.seen("red") is None
    file.with_suffix(".away").rename(file)
    assert encoder.seen("red") is not None
    encoder.close()


def test_many_threads_load_a_model_once(seen_model: InstalledModel) -> None:
    counting = Counting()
    encoder = QueryEncoder(lambda: ChosenModels(seen_model), load=counting.load)
    together = threading.Barrier(8)

    def ask(number: int) -> bool:
        together.wait(30)
        return encoder.seen(f"red {number}") is not None

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(8)))
    assert counting.loaded == ["tiny-seen@1"]
    encoder.close()


def test_an_unused_encoder_loads_nothing_heavy() -> None:
    program = (
        "import sys; from desktop_search.engine.meaning.queries import QueryEncoder;"
        "from desktop_search.engine.model_store.installed import ChosenModels; QueryEncoder(ChosenModels).seen('red');"
        "print(sorted({'onnxruntime', 'tokenizers', 'PIL', 'huggingface_hub'} & set(sys.modules)))"
    )
    asked = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert asked.stdout.strip() == "[]"
