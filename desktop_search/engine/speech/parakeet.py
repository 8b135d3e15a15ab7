"""Parakeet TDT through onnx-asr and ONNX Runtime, on the processor."""

from __future__ import annotations

import numpy as np
import onnx_asr

from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.results import Word
from desktop_search.engine.model_store.installed import InstalledModel
from desktop_search.engine.onnx_runtime import onnxruntime
from desktop_search.engine.speech.recogniser import Heard, require_files, threads
from desktop_search.engine.speech.sound import RATE_HZ, Samples

_TYPE = "nemo-conformer-tdt"
_FILES = ("config.json", "vocab.txt")  # onnx-asr itself names the missing ones of the graphs
_ERRORS_ALONE = 3
_LONGEST_TOKEN_MS = 400  # the model says when a token begins, not when it ends


class Parakeet:
    """A loaded model. Its 8-bit graphs gave wrong words on some graphics processors, so it stays on the processor."""

    def __init__(self, model: InstalledModel) -> None:
        require_files(model, _FILES)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads()
        options.log_severity_level = _ERRORS_ALONE
        quantization = str(model.settings.get("quantization", "int8")) or None
        loaded = onnx_asr.load_model(
            _TYPE, model.folder, quantization=quantization, sess_options=options, providers=["CPUExecutionProvider"]
        )
        self._model = loaded.with_timestamps()

    def hear(self, samples: Samples, language: str, token: CancelToken) -> Heard:
        """As in `Recogniser`. The model does not say which language it heard."""
        del language
        token.check()
        found = self._model.recognize(samples.astype(np.float32) / 32768, sample_rate=RATE_HZ)
        starts_ms = [round(start_s * 1000) for start_s in found.timestamps or ()]
        return Heard(words_of(found.tokens or [], starts_ms, len(samples) * 1000 // RATE_HZ))


def words_of(tokens: list[str], starts_ms: list[int], length_ms: int) -> tuple[Word, ...]:
    """Tokens put together to words; a word begins with a token that begins with a space."""
    groups: list[list[tuple[str, int]]] = []
    for text, start_ms in zip(tokens, starts_ms, strict=True):
        if text.startswith("<") and text.endswith(">"):
            continue  # a mark of the model, not a sound
        if text.startswith(" ") or not groups:
            groups.append([])
        groups[-1].append((text, min(start_ms, length_ms)))
    begins = [group[0][1] for group in groups] + [length_ms]
    return tuple(
        Word(begin, min(max(group[-1][1] + _LONGEST_TOKEN_MS, begin), max(following, group[-1][1])), _joined(group))
        for group, begin, following in zip(groups, begins[:-1], begins[1:], strict=True)
    )


def _joined(group: list[tuple[str, int]]) -> str:
    return "".join(text for text, _ in group)
