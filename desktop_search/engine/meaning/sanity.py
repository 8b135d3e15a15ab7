"""Whether a model does what it is for, asked once before it is used: files can be whole and still be wrong.

Plain colours are what such models rank most surely, also when cut down to 8 bits. One slip of six is forgiven; chance
gets that far once in fifteen hundred times, and words that were prepared wrongly rank pictures upside down.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import numpy as np
from PIL import Image

from desktop_search.core.errors import FileProblem
from desktop_search.engine.meaning.encoders import pictures_of, texts_of
from desktop_search.engine.meaning.sessions import Vectors
from desktop_search.engine.meaning.siglip import SiglipTexts
from desktop_search.engine.model_store.installed import InstalledModel

_SEEN = {
    "a solid red background": (230, 20, 20),
    "a solid green background": (20, 160, 40),
    "a solid blue background": (20, 40, 220),
    "a solid yellow background": (250, 230, 20),
    "a completely black picture": (0, 0, 0),
    "a plain white background": (255, 255, 255),
}
_SAID = {
    "a ship sails out of the port": "The boat is leaving the harbor in the evening.",
    "spending less money": "The budget for next year was cut by ten percent.",
    "growing vegetables": "She planted tomatoes and beans in her garden.",
}
_SLIPS = 1
_SAME = 0.999  # cosine
_RUNS = 3
_HINT = "Remove it and add it again, or choose another model."


def check_seen(model: InstalledModel) -> float:
    """Raises FileProblem unless the model tells our pictures apart by our sentences. Milliseconds per picture."""
    pictures, texts = pictures_of(model), SiglipTexts(model)
    drawn = [Image.new("RGB", (480, 270), rgb) for rgb in _SEEN.values()]
    seen, words = pictures.encode(drawn), texts.queries(list(_SEEN))
    _must_rank(words @ seen.T, _SLIPS, "pictures")
    careless, careful = texts.queries([" A SOLID, red background! ", "a solid red background"])
    if careless @ careful < _SAME:
        raise FileProblem("This model reads capitals and full stops as something else.", hint=_HINT)
    return _ms_each(lambda: pictures.encode(drawn[:1]))


def check_text(model: InstalledModel) -> float:
    """Raises FileProblem unless the model finds our sentences by other words. Milliseconds per sentence."""
    encoder = texts_of(model)
    questions, answers = encoder.queries(list(_SAID)), encoder.passages(list(_SAID.values()))
    _must_rank(questions @ answers.T, 0, "sentences")
    alone = encoder.passages([next(iter(_SAID.values()))])
    if alone[0] @ answers[0] < _SAME:
        raise FileProblem("This model reads a sentence differently beside longer ones.", hint=_HINT)
    return _ms_each(lambda: encoder.passages(["The boat is leaving the harbor in the evening."]))


def _must_rank(cosines: Vectors, slips: int, what: str) -> None:
    """Words i must come closest to item i: what a search does."""
    right = np.arange(len(cosines))
    wrong = int((cosines.argmax(axis=1) != right).sum())
    if wrong > slips:
        raise FileProblem(
            f"This model does not work: it confuses {wrong} of {len(right)} simple {what}.",
            hint=_HINT,
            details=np.array2string(cosines, precision=3),
        )


def _ms_each(work: Callable[[], object]) -> float:
    times = []
    for _ in range(_RUNS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return median(times) * 1000
