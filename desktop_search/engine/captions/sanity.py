"""Whether a caption model does what it is for, asked once before it is used.

Which words it has for a picture cannot be known beforehand. But it must have some, must not stammer, and must not say
the same whatever it is shown.
"""

from __future__ import annotations

import time
from itertools import groupby

from PIL import Image, ImageDraw

from desktop_search.core.errors import FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.engine.captions.vit_gpt2 import Captioner
from desktop_search.engine.model_store.installed import InstalledModel

_COLOURS = ("red", "lime", "blue", "yellow", "black", "white")
_WORDS_MIN, _SAME_MAX = 2, 2  # words in a sentence; times that one may follow itself
_HINT = "Remove it and add it again, or choose another model."


def check_caption(model: InstalledModel) -> float:
    """Raises FileProblem unless the model has something to say, and of different pictures. Milliseconds per picture."""
    captioner, token = Captioner(model), CancelToken()
    pictures = [_picture(colour) for colour in _COLOURS]
    began = time.perf_counter()
    said = [captioner.caption(each, token) for each in pictures]
    took_ms = (time.perf_counter() - began) * 1000 / len(pictures)
    for text in said:
        words = text.rstrip(".").lower().split()
        if len(words) < _WORDS_MIN or any(len(list(same)) > _SAME_MAX for _, same in groupby(words)):
            raise FileProblem("This model does not write sentences.", hint=_HINT, details=repr(said))
    if len(set(said)) == 1:
        raise FileProblem("This model says the same of every picture.", hint=_HINT, details=repr(said))
    return took_ms


def _picture(colour: str) -> Image.Image:
    """A coloured field, with something on it."""
    picture = Image.new("RGB", (480, 270), colour)
    ImageDraw.Draw(picture).ellipse((200, 100, 280, 180), fill="gray")
    return picture
