"""Whisper through faster-whisper and CTranslate2, on the processor."""

from __future__ import annotations

import math

import numpy as np
from faster_whisper import WhisperModel

from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.results import Word
from desktop_search.engine.model_store.installed import InstalledModel
from desktop_search.engine.speech.recogniser import Heard, ModelProblem, require_files, threads
from desktop_search.engine.speech.sound import RATE_HZ, Samples

_FILES = ("model.bin", "config.json", "tokenizer.json")  # without the last, the library would ask the network
_SURE = 0.5  # of the language
_BEAM = 5
# What it makes of noise may go round in circles: it tries again less strictly, twice, and ends at the fastest speech.
_TEMPERATURES = (0.0, 0.4, 0.8)
_MOST_TOKENS = 220


class Whisper:
    """A loaded model."""

    def __init__(self, model: InstalledModel) -> None:
        require_files(model, _FILES)
        if not any(model.folder.glob("vocabulary.*")):
            raise ModelProblem(model, "is not complete: its vocabulary is missing")
        self._beam = int(model.settings.get("beam_size", _BEAM))
        self._model = WhisperModel(
            str(model.folder),
            device="cpu",
            compute_type=str(model.settings.get("compute_type", "int8")),
            cpu_threads=threads(),
            local_files_only=True,
        )

    def hear(self, samples: Samples, language: str, token: CancelToken) -> Heard:
        """As in `Recogniser`."""
        token.check()
        length_s = len(samples) / RATE_HZ
        segments, info = self._model.transcribe(
            samples.astype(np.float32) / 32768,
            language=language or None,
            beam_size=self._beam,
            temperature=_TEMPERATURES,
            max_new_tokens=_MOST_TOKENS,
            word_timestamps=True,
            condition_on_previous_text=False,  # else one stretch it misheard spoils those after it
        )
        words: list[Word] = []
        for segment in segments:
            token.check()
            for word in segment.words or ():
                if math.isfinite(word.start) and math.isfinite(word.end):
                    begin, end = (round(1000 * min(max(at, 0.0), length_s)) for at in (word.start, word.end))
                    words.append(Word(begin, max(begin, end), word.word))
        return Heard(tuple(words), info.language if info.language_probability >= _SURE else "")
