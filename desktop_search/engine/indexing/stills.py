"""What is seen in a still image."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from desktop_search.engine.encoders.describe import picture_words
from desktop_search.engine.encoders.look_vector import look_vector
from desktop_search.engine.encoders.screen_text import ScreenText
from desktop_search.engine.indexing.decoding import SAMPLE_SIDE, Pixels, squeezed
from desktop_search.engine.indexing.results import ImageAnalysis, Vector
from desktop_search.media.pictures import read_picture_facts, upright


def look_at(path: Path) -> ImageAnalysis:
    """Everything the index keeps of a still image. Raises FileProblem."""
    facts = read_picture_facts(path)
    pixels = _pixels(path)
    thumb = squeezed(pixels)
    words = picture_words(thumb, pixels)
    text = ScreenText().read([pixels])
    if text:
        words["text"] = 1.0
    return ImageAnalysis(
        width=facts.width,
        height=facts.height,
        taken_ms=instant_ms(facts.taken),
        camera=facts.camera,
        latitude=facts.latitude,
        longitude=facts.longitude,
        words=words,
        screen_text=text,
        vector=look_vector(thumb),
    )


def vector_of(path: Path) -> Vector:
    """The look vector of a query picture. Raises FileProblem."""
    return look_vector(squeezed(_pixels(path)))


def instant_ms(taken: datetime | None) -> int | None:
    """Milliseconds since the epoch of a time in UTC."""
    if taken is None:
        return None
    return round((taken if taken.tzinfo else taken.replace(tzinfo=UTC)).timestamp() * 1000)


def _pixels(path: Path) -> Pixels:
    return np.asarray(upright(path, SAMPLE_SIDE), dtype=np.uint8)
