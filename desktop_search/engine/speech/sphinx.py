"""Rough English words, offline: pocketsphinx with the model its wheel brings."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pocketsphinx

from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.results import Word
from desktop_search.engine.speech.recogniser import Heard
from desktop_search.engine.speech.sound import RATE_HZ, Samples

SOURCE: Final = "pocketsphinx"
LONGEST_S: Final = 12.0  # of a stretch: it takes longer and longer
_SHORTEST_S = 0.35
_BLOCK = RATE_HZ // 2  # samples between two looks at the token
_LEAST_SURE = 0.3  # mean probability of an utterance's words, below which it is junk
_LEAST_TURNS = 0.4  # spread of the zero crossings over their mean; speech has .6 and more
_FEWEST_WORDS_A_SECOND, _PAUSE_S = 0.7, 1.5
_PEAK = 20_000
_QUIETEST_PEAK = 250  # below that there is only hiss
_FRAME_MS = 10
_PADDING_MS = 100
_PADDING = np.zeros(RATE_HZ * _PADDING_MS // 1000, np.int16)


class Sphinx:
    """One recogniser, made when the first speech is found (half a second), for one file."""

    def __init__(self) -> None:
        # The two bounds keep music, which sounds like all words at once, from taking many times its length.
        self._decoder = pocketsphinx.Decoder(loglevel="FATAL", samprate=RATE_HZ, maxhmmpf=5000, maxwpf=20)
        self._voice = self._decoder.get_cmn(False)

    def hear(self, samples: Samples, language: str, token: CancelToken) -> Heard:
        """As in `Recogniser`; no words where it understands too little. It takes everything for English."""
        del language
        loud = _evenly_loud(samples)
        if loud is None or not sounds_like_speech(samples):
            return Heard(())
        self._decoder.set_cmn(self._voice)  # what was taken for speech and was none must not bend what follows
        self._decoder.start_utt()
        try:
            for at in range(0, len(loud), _BLOCK):
                token.check()
                self._decoder.process_raw(loud[at : at + _BLOCK].tobytes())
        finally:
            self._decoder.end_utt()
        words = _sure_words(self._decoder, len(samples) * 1000 // RATE_HZ)
        if len(words) < _FEWEST_WORDS_A_SECOND * (len(samples) / RATE_HZ - _PAUSE_S):
            return Heard(())
        if words:
            self._voice = self._decoder.get_cmn(False)
        return Heard(words)


def _sure_words(decoder: Any, length_ms: int) -> tuple[Word, ...]:  # noqa: ANN401 - the binding has no types
    if decoder.hyp() is None:
        return ()
    parts = [part for part in decoder.seg() if part.word[0] not in "<["]
    if not parts or sum(part.prob for part in parts) / len(parts) < _LEAST_SURE:
        return ()
    return tuple(
        Word(
            _time_of(part.start_frame, length_ms),
            _time_of(part.end_frame + 1, length_ms),
            " " + part.word.partition("(")[0],
        )
        for part in parts
    )


def _time_of(frame: int, length_ms: int) -> int:
    return min(max(0, frame * _FRAME_MS - _PADDING_MS), length_ms)


def sounds_like_speech(samples: Samples) -> bool:
    """False for steady noise, tones and chords: in speech, hissing and voiced sounds take turns."""
    window = RATE_HZ // 40
    windows = samples[: len(samples) // window * window].astype(np.float32).reshape(-1, window)
    crossings = np.abs(np.diff(np.sign(windows), axis=1)).mean(axis=1) / 2
    return bool(len(windows)) and float(crossings.std()) > _LEAST_TURNS * float(crossings.mean())


def _evenly_loud(samples: Samples) -> Samples | None:
    """Brought to one loudness, which the recogniser's threshold for noise expects; `None` for mere hiss."""
    peak = float(np.percentile(np.abs(samples.astype(np.float32)), 99.8))
    if peak < _QUIETEST_PEAK or len(samples) < _SHORTEST_S * RATE_HZ:
        return None
    loud = np.clip(samples.astype(np.float32) * (_PEAK / peak), -32767, 32767).astype(np.int16)
    return np.concatenate([_PADDING, loud, _PADDING])
