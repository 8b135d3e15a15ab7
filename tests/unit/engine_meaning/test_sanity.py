"""A model is used only when it tells our pictures and sentences apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_search.core.errors import FileProblem
from desktop_search.engine.meaning.sanity import check_seen, check_text
from desktop_search.engine.model_store.installed import InstalledModel
from tests.support.tiny_models import make_tiny_seen


def test_good_models_pass_and_say_how_fast_they_are(seen_model: InstalledModel, text_model: InstalledModel) -> None:
    assert 0 < check_seen(seen_model) < 10_000
    assert 0 < check_text(text_model) < 10_000


def with_settings(model: InstalledModel, settings: Mapping[str, int | float | str]) -> InstalledModel:
    return replace(model, settings={**model.settings, **settings})


def test_words_that_are_not_padded_to_sixty_four_are_found_out(seen_model: InstalledModel) -> None:
    with pytest.raises(FileProblem, match=r"confuses 6 of 6 simple pictures"):
        check_seen(with_settings(seen_model, {"tokens": 32}))


def test_towers_of_different_models_are_found_out(seen_model: InstalledModel, tmp_path: Path) -> None:
    make_tiny_seen(tmp_path / "other", seed=2)
    with pytest.raises(FileProblem, match="simple pictures"):
        check_seen(with_settings(seen_model, {"text_file": "../other/onnx/text_model_quantized.onnx"}))


def test_sentences_of_a_model_that_knows_none_of_their_words_are_found_out(text_model: InstalledModel) -> None:
    file = text_model.folder / "tokenizer.json"
    vocabulary = file.read_text()
    for word in ("ship", "sails", "port", "spending", "less", "money", "growing", "vegetables"):
        assert f'"{word}"' in vocabulary
        vocabulary = vocabulary.replace(f'"{word}"', f'"no {word}"')
    file.write_text(vocabulary)
    with pytest.raises(FileProblem, match="simple sentences"):
        check_text(text_model)


def test_models_of_an_unknown_family_are_refused(seen_model: InstalledModel, text_model: InstalledModel) -> None:
    with pytest.raises(FileProblem, match="family “clip”"):
        check_seen(replace(seen_model, family="clip"))
    with pytest.raises(FileProblem, match="family “bert”"):
        check_text(replace(text_model, family="bert"))
