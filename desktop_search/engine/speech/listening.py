"""Rough English transcripts, offline: pocketsphinx with the model its wheel brings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pocketsphinx

from desktop_search.core.errors import FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.results import Utterance
from desktop_search.engine.speech.sound import RATE_HZ, Piece, Samples, sound_of

SOURCE: Final = "pocketsphinx"
_LONGEST_S = 12  # longer speech is cut at its quietest moment
_SHORTEST_S = 0.35
_BLOCK = RATE_HZ // 2  # samples between two looks at the token
_LEAST_SURE = 0.3  # mean probability of an utterance's words, below which it is junk
_LEAST_TURNS = 0.4  # spread of the zero crossings over their mean; speech has .6 and more
_FEWEST_WORDS_A_SECOND, _PAUSE_S = 0.7, 1.5
_PEAK = 20_000
_QUIETEST_PEAK = 250  # below that there is only hiss
_HOLE_MS = 300  # a time stamp further off than that means that sound is missing
_PADDING = np.zeros(RATE_HZ // 10, np.int16)
_NO_SOUND = "The sound of this video could not be read."


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of sound in which somebody seems to speak."""

    start_ms: int
    samples: Samples

    @property
    def end_ms(self) -> int:
        """When it ends."""
        return self.start_ms + len(self.samples) * 1000 // RATE_HZ


def listen(
    path: Path, *, duration_ms: int, report: Callable[[int], None], token: CancelToken
) -> tuple[list[Utterance], tuple[str, ...]]:
    """What is said, with notes for the user. Music, noise and silence give nothing. Raises Cancelled."""
    heard: list[Utterance] = []
    recogniser: Recogniser | None = None
    try:
        for stretch in speech_in(sound_of(path, token)):
            recogniser = recogniser or Recogniser()
            text = recogniser.words_of(stretch.samples, token)
            if text:
                heard.append(Utterance(stretch.start_ms, stretch.end_ms, text, SOURCE))
            report(min(999, max(0, 1000 * stretch.end_ms // max(1, duration_ms))))
    except FileProblem:
        return heard, (_NO_SOUND,)
    return heard, ()


class Recogniser:
    """One recogniser, made when the first speech is found (half a second), used by one thread."""

    def __init__(self) -> None:
        # The two bounds keep music, which sounds like all words at once, from taking many times its length.
        self._decoder = pocketsphinx.Decoder(loglevel="FATAL", samprate=RATE_HZ, maxhmmpf=5000, maxwpf=20)
        self._voice = self._decoder.get_cmn(False)

    def words_of(self, samples: Samples, token: CancelToken) -> str:
        """The words in a stretch of speech; "" where it understands too little. Raises Cancelled."""
        loud = _evenly_loud(samples)
        if loud is None or not sounds_like_speech(samples):
            return ""
        self._decoder.set_cmn(self._voice)  # what was taken for speech and was none must not bend what follows
        self._decoder.start_utt()
        try:
            for at in range(0, len(loud), _BLOCK):
                token.check()
                self._decoder.process_raw(loud[at : at + _BLOCK].tobytes())
        finally:
            self._decoder.end_utt()
        words = _sure_words(self._decoder)
        if len(words) < _FEWEST_WORDS_A_SECOND * (len(samples) / RATE_HZ - _PAUSE_S):
            return ""
        if words:
            self._voice = self._decoder.get_cmn(False)
        return " ".join(words)


def _sure_words(decoder: Any) -> list[str]:  # noqa: ANN401 - the binding has no types
    if decoder.hyp() is None:
        return []
    words = [(part.word.partition("(")[0], part.prob) for part in decoder.seg() if part.word[0] not in "<["]
    if not words or sum(sure for _, sure in words) / len(words) < _LEAST_SURE:
        return []
    return [word for word, _ in words]


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


def speech_in(pieces: Iterator[Piece]) -> Iterator[Stretch]:
    """The stretches of speech in a sound track, each at most `_LONGEST_S`."""
    ears: Ears | None = None
    for piece in pieces:
        if ears is None or abs(piece.at_ms - ears.next_ms) > _HOLE_MS:
            if ears is not None:
                yield from ears.finish()
            ears = Ears(piece.at_ms)
        yield from ears.hear(piece.samples)
    if ears is not None:
        yield from ears.finish()


class Ears:
    """Finds speech in sound without holes, from `zero_ms` on."""

    def __init__(self, zero_ms: int) -> None:
        self._zero_ms = zero_ms
        self._endpointer = pocketsphinx.Endpointer(sample_rate=RATE_HZ)
        self._size = self._endpointer.frame_bytes // 2
        self._rest = np.zeros(0, np.int16)
        self._spoken: list[Samples] = []
        self._start_ms = self._heard = 0

    @property
    def next_ms(self) -> int:
        """When the next sample is expected."""
        return self._zero_ms + self._heard * 1000 // RATE_HZ

    def hear(self, samples: Samples) -> Iterator[Stretch]:
        """Take the next samples; gives the stretches that end in them."""
        self._heard += len(samples)
        self._rest = np.concatenate([self._rest, samples])
        while len(self._rest) > self._size:
            chunk, self._rest = self._rest[: self._size], self._rest[self._size :]
            self._keep(self._endpointer.process(chunk.tobytes()))
            if self._spoken and not self._endpointer.in_speech:
                yield self._all_of_it()
            elif sum(map(len, self._spoken)) >= _LONGEST_S * RATE_HZ:
                yield self._first_part()

    def finish(self) -> Iterator[Stretch]:
        """The sound is over."""
        if len(self._rest):
            self._keep(self._endpointer.end_stream(self._rest.tobytes()))
        if self._spoken:
            yield self._all_of_it()

    def _keep(self, spoken: bytes | None) -> None:
        if spoken is None:
            return
        if not self._spoken:
            self._start_ms = self._zero_ms + round(self._endpointer.speech_start * 1000)
        self._spoken.append(np.frombuffer(spoken, np.int16))

    def _all_of_it(self) -> Stretch:
        samples, self._spoken = np.concatenate(self._spoken), []
        return Stretch(self._start_ms, samples)

    def _first_part(self) -> Stretch:
        first, second = _cut_where_quiet(np.concatenate(self._spoken))
        done = Stretch(self._start_ms, first)
        self._start_ms, self._spoken = done.end_ms, [second]
        return done


def _cut_where_quiet(samples: Samples) -> tuple[Samples, Samples]:
    """Two parts, cut in the quietest fifth of a second of the later half."""
    window = RATE_HZ // 5
    half = len(samples) // 2
    count = (len(samples) - half) // window
    loudness = np.abs(samples[half : half + count * window].astype(np.float32)).reshape(count, window).mean(axis=1)
    cut = half + int(np.argmin(loudness)) * window + window // 2
    return samples[:cut], samples[cut:]
