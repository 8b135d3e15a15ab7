"""The built-in check of a speech model: it must hear what is said in the sample footage."""

from __future__ import annotations

import re
import time
from itertools import pairwise
from typing import Final

from desktop_search import resources
from desktop_search.core.errors import FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.results import Word
from desktop_search.engine.model_store.installed import InstalledModel
from desktop_search.engine.speech.loading import recogniser_of
from desktop_search.engine.speech.recogniser import LONGEST_S, ModelProblem
from desktop_search.engine.speech.sound import sound_of
from desktop_search.engine.speech.voice import Stretch, speech_in

_SAMPLE: Final = "sample/harbour.mp4"  # somebody says: The boat is leaving the harbour at sunset.
_WORDS: Final = frozenset({"boat", "leaving", "sunset"})
_FEWEST = 2  # of them: a voice that a machine made may be misheard here and there


def check_speech(model: InstalledModel) -> float:
    """Load the model and let it listen. Returns the milliseconds that a second of speech took.

    Raises FileProblem with what is wrong: it cannot be loaded or run, its words lie outside the sound or out of order,
    or they are not what is said.
    """
    token = CancelToken()
    recogniser = recogniser_of(model)
    began_s, length_ms, found = time.perf_counter(), 0, set[str]()
    for stretch in _sample(token):
        try:
            words = recogniser.hear(stretch.samples, "", token).words
        except Exception as error:
            raise ModelProblem(model, "does not work", error) from error
        _require_order(model, words, stretch)
        length_ms += stretch.end_ms - stretch.start_ms
        found.update(re.findall(r"\w+", "".join(word.text for word in words).casefold()))
    if len(_WORDS & found) < _FEWEST:
        raise ModelProblem(model, "does not hear what is said in the sample footage")
    return (time.perf_counter() - began_s) * 1_000_000 / length_ms


def _sample(token: CancelToken) -> list[Stretch]:
    stretches = list(speech_in(sound_of(resources.path(_SAMPLE), token), longest_s=LONGEST_S))
    if not stretches:
        raise FileProblem("The sample footage of this program is damaged: nobody speaks in it.")
    return stretches


def _require_order(model: InstalledModel, words: tuple[Word, ...], stretch: Stretch) -> None:
    length_ms = stretch.end_ms - stretch.start_ms
    if not all(0 <= word.start_ms <= word.end_ms <= length_ms for word in words):
        raise ModelProblem(model, "gives times outside the sound")
    if any(before.start_ms > after.start_ms for before, after in pairwise(words)):
        raise ModelProblem(model, "gives words out of order")
