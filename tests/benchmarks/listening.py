"""Finding speech in sound, and hearing it roughly. What models of speech take depends on them alone."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np

from desktop_search.core.token import CancelToken
from desktop_search.engine.speech.listening import listen
from desktop_search.engine.speech.recogniser import LONGEST_S
from desktop_search.engine.speech.sound import Piece, sound_of
from desktop_search.engine.speech.voice import speech_in, voice_session
from tests.benchmarks.measuring import Measured, compare
from tests.clips.make import make_clip
from tests.clips.scenes import Scene
from tests.clips.speech import Spoken

_SECONDS = 600
_EVERY_S = 20  # a sentence of somewhat more than two seconds
_SENTENCE = "The boat is leaving the harbour at sunset."
_RUNS = 3


def listening(folder: Path) -> Iterator[Measured]:
    """Ten minutes of AAC sound, an eighth of them speech."""
    said = [Spoken(_SENTENCE, float(start_s)) for start_s in range(5, _SECONDS, _EVERY_S)]
    clip = make_clip(folder / "talk.mp4", [Scene(_SECONDS, "gray")], Fraction(1), (320, 180), said, numbered=False)
    pieces = list(sound_of(clip.path, CancelToken()))
    windows = _windows(pieces)
    state = np.zeros((1, 1, 128), np.float32)

    def decode() -> None:
        assert sum(1 for _ in sound_of(clip.path, CancelToken())) == len(pieces)

    def find() -> None:
        assert len(list(speech_in(sound_of(clip.path, CancelToken()), longest_s=LONGEST_S))) >= len(said)

    def find_in_memory() -> None:
        assert len(list(speech_in(iter(pieces), longest_s=LONGEST_S))) >= len(said)

    def judge() -> None:
        voice_session().run(None, {"input": windows, "h": state, "c": state})

    def hear() -> None:
        found = listen(clip.path, None, duration_ms=clip.duration_ms, report=lambda done: None, token=CancelToken())
        assert found.utterances

    minutes = _SECONDS // 60
    yield compare(f"find the speech in {minutes} min of sound", find, "PyAV alone decodes it", decode, _RUNS)
    yield compare("the same, decoded before", find_in_memory, "ONNX Runtime alone, all at once", judge, _RUNS)
    yield compare(f"a rough transcript of these {minutes} min", hear, "finding the speech", find, _RUNS)


def _windows(pieces: list[Piece]) -> np.ndarray:
    sound = np.concatenate([np.zeros(64, np.int16), *(piece.samples for piece in pieces)]).astype(np.float32) / 32768
    return np.ascontiguousarray(np.lib.stride_tricks.sliding_window_view(sound, 576)[::512])
