"""Sentences are prepared exactly as E5 was trained; expectations are computed here from the model's own table."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import onnx
import pytest
from onnx import numpy_helper
from tokenizers import Tokenizer

from desktop_search.core.errors import Cancelled
from desktop_search.core.token import CancelToken
from desktop_search.engine.meaning.e5 import BATCH, E5
from desktop_search.engine.model_store.installed import InstalledModel
from tests.support.tiny_models import TEXT_DIM


def expected(model: InstalledModel, words: list[str]) -> npt.NDArray[np.float32]:
    """The mean of the rows of these words, at length 1."""
    graph = onnx.load(str(model.folder / "onnx" / "model_quantized.onnx")).graph
    table = numpy_helper.to_array(graph.initializer[0])
    vocabulary = Tokenizer.from_file(str(model.folder / "tokenizer.json")).get_vocab()
    mean = table[[vocabulary.get(word, vocabulary["<unk>"]) for word in words]].mean(axis=0)
    unit: npt.NDArray[np.float32] = mean / np.linalg.norm(mean)
    return unit


def test_questions_and_sentences_carry_their_prefix(text_model: InstalledModel) -> None:
    encoder = E5(text_model)
    question, sentence = encoder.queries(["red boat"]), encoder.passages(["red boat"])
    assert question[0] == pytest.approx(expected(text_model, ["<s>", "query", ":", "red", "boat", "</s>"]), abs=1e-6)
    assert sentence[0] == pytest.approx(expected(text_model, ["<s>", "passage", ":", "red", "boat", "</s>"]), abs=1e-6)


def test_padding_does_not_count(text_model: InstalledModel) -> None:
    texts = ["boat", "the dog and the puppy follow a red ball " * 4, "", "car"]
    together = E5(text_model).passages(texts)
    assert together == pytest.approx(np.concatenate([E5(text_model).passages([each]) for each in texts]), abs=1e-6)


def test_what_is_longer_than_the_model_reads_is_cut(text_model: InstalledModel) -> None:
    long = E5(text_model).passages(["boat " * 5000])[0]
    assert long == pytest.approx(expected(text_model, ["<s>", "passage", ":", *["boat"] * 508, "</s>"]), abs=1e-5)


def test_many_sentences_in_batches(text_model: InstalledModel) -> None:
    done: list[int] = []
    assert E5(text_model).passages(["boat"] * (BATCH + 1), report=done.append).shape == (BATCH + 1, TEXT_DIM)
    assert done == [BATCH, BATCH + 1]
    assert E5(text_model).passages([]).shape == (0, TEXT_DIM)
    token = CancelToken()
    with pytest.raises(Cancelled):
        E5(text_model).passages(["boat"] * 100, token=token, report=lambda _: token.cancel())
