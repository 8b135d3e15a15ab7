"""A Whisper of half a megabyte in CTranslate2's form: whatever it hears, it writes one sentence, in English.

Its decoder looks at the position alone: embeddings, attention and feed-forward layers add nothing, the positions are
told apart, and the projection makes a token of each. So the real library detects, decodes and aligns.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs.whisper_spec import WhisperSpec
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

from desktop_search.engine.model_store.installed import InstalledModel, Kind

_WORDS = ("The", "boat", "is", "leaving", "the", "harbour", "at", "sunset", ".")
_WIDTH, _MELS, _FRAMES, _POSITIONS, _TIMES = 32, 80, 1500, 448, 1501
_MULTILINGUAL = ""  # CTranslate2 takes a model whose vocabulary lacks the empty word for one that knows English alone
_LANGUAGES = ("en", "de", "fr")
_SPECIAL = (
    "<|endoftext|>",
    "<|startoftranscript|>",
    *(f"<|{language}|>" for language in _LANGUAGES),
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    "<|startofprev|>",
    "<|nospeech|>",
    "<|notimestamps|>",
)


def tiny_whisper(
    folder: Path, words: Sequence[str] = _WORDS, language: str = "en", model_id: str = "tiny-whisper"
) -> InstalledModel:
    """Writes the model's files; `words` are spoken within the first two seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    written = [word if word in letters else f"Ġ{word}" for word in words]
    text = [*letters, _MULTILINGUAL, *dict.fromkeys(word for word in written if word not in letters)]
    tokens = [*text, *_SPECIAL, *(f"<|{number * 0.02:.2f}|>" for number in range(_TIMES))]
    number_of = {token: number for number, token in enumerate(tokens)}
    script = [f"<|{language}|>", "<|transcribe|>", "<|0.00|>", *written, "<|2.00|>", "<|endoftext|>"]
    spec = _spec(len(tokens), [number_of[token] for token in script])
    spec.config.lang_ids = [number_of[f"<|{each}|>"] for each in _LANGUAGES]
    spec.config.alignment_heads = [(0, 0)]
    spec.config.suppress_ids, spec.config.suppress_ids_begin = [], []
    spec.register_vocabulary(tokens)
    spec.validate()
    spec.optimize("int8")
    spec.save(str(folder))
    _tokenizer(text).save(str(folder / "tokenizer.json"))
    (folder / "preprocessor_config.json").write_text(json.dumps({"feature_size": _MELS}))
    return InstalledModel(model_id, Kind.SPEECH, "whisper", folder, "2" * 40)


def _tokenizer(text: Sequence[str]) -> Tokenizer:
    made = Tokenizer(models.BPE({token: number for number, token in enumerate(text)}, []))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    made.add_special_tokens([AddedToken(token, special=True) for token in _SPECIAL])
    return made


def _spec(size: int, script: Sequence[int]) -> WhisperSpec:
    spec = WhisperSpec(1, 1, 1, 1)
    random = np.random.default_rng(3)
    for part, mels in ((spec.encoder.conv1, _MELS), (spec.encoder.conv2, _WIDTH)):
        part.weight = random.normal(0, 0.1, (_WIDTH, mels, 3)).astype(np.float32)
        part.bias = np.zeros(_WIDTH, np.float32)
    spec.encoder.position_encodings.encodings = random.normal(0, 1, (_FRAMES, _WIDTH)).astype(np.float32)
    places = np.eye(_WIDTH, dtype=np.float32)[np.minimum(np.arange(_POSITIONS), _WIDTH - 1)] * 8
    spec.decoder.position_encodings.encodings = places
    spec.decoder.embeddings.weight = np.zeros((size, _WIDTH), np.float32)
    projection = np.zeros((size, _WIDTH), np.float32)
    for place in range(_WIDTH):
        projection[script[min(place, len(script) - 1)], place] = 4.0
    spec.decoder.projection.weight = projection
    spec.decoder.projection.bias = np.zeros(size, np.float32)
    for layers in (spec.encoder, spec.decoder):
        _plain_norm(layers.layer_norm)
        for layer in layers.layer:
            _add_nothing(layer, random)
    return spec


def _plain_norm(norm: Any) -> None:
    norm.gamma, norm.beta = np.ones(_WIDTH, np.float32), np.zeros(_WIDTH, np.float32)


def _linear(linear: Any, rows: int, columns: int, random: np.random.Generator | None) -> None:
    shape = rows, columns
    linear.weight = np.zeros(shape, np.float32) if random is None else random.normal(0, 0.1, shape).astype(np.float32)
    linear.bias = np.zeros(rows, np.float32)


def _add_nothing(layer: Any, random: np.random.Generator) -> None:
    """A layer whose parts look at everything, and give back nothing."""
    for name in ("self_attention", "attention"):
        attention = getattr(layer, name, None)
        if attention is None:
            continue
        _plain_norm(attention.layer_norm)
        shares = (3, 1) if name == "self_attention" else (1, 2, 1)
        for place, share in enumerate(shares):
            is_last = place == len(shares) - 1
            _linear(attention.linear[place], share * _WIDTH, _WIDTH, None if is_last else random)
    _plain_norm(layer.ffn.layer_norm)
    _linear(layer.ffn.linear_0, 4 * _WIDTH, _WIDTH, random)
    _linear(layer.ffn.linear_1, _WIDTH, 4 * _WIDTH, None)
