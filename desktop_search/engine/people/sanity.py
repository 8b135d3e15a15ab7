"""Whether the models for people do what they are for, asked once before they are used.

No photograph of a person is part of the program, so what can be asked is little: that nobody is found where nobody
is, that the same picture always gives the same numbers, and different ones others.
"""

from __future__ import annotations

import time

import cv2
import numpy as np

from desktop_search.core.errors import FileProblem
from desktop_search.engine.model_store.installed import InstalledModel

_HINT = "Remove it and add it again."
_SIDE, _FACE_PX, _DIM = 320, 112, 128
_ALIKE = 0.999


def check_face(model: InstalledModel) -> float:
    """Raises FileProblem unless the detector finds nobody in plain fields. Milliseconds per picture."""
    file = str(model.folder / str(model.settings["model_file"]))
    detector = cv2.FaceDetectorYN.create(file, "", (_SIDE, _SIDE), 0.7)
    began, shades = time.perf_counter(), (0, 90, 180, 255)
    for shade in shades:
        _number, rows = detector.detect(np.full((_SIDE, _SIDE, 3), shade, np.uint8))
        if rows is not None and len(rows):
            raise FileProblem("This model finds faces where there are none.", hint=_HINT)
    return (time.perf_counter() - began) * 1000 / len(shades)


def check_person(model: InstalledModel) -> float:
    """Raises FileProblem unless the numbers are always the same for the same picture only. Milliseconds per face."""
    recogniser = cv2.FaceRecognizerSF.create(str(model.folder / str(model.settings["model_file"])), "")
    chance = np.random.default_rng(1)
    small = chance.integers(0, 255, (2, 7, 7, 3), dtype=np.uint8)
    first, second = (cv2.resize(each, (_FACE_PX, _FACE_PX)) for each in small)
    second[:, :, :2] //= 4
    began = time.perf_counter()
    vectors = [np.array(recogniser.feature(each)[0], np.float32) for each in (first, first, second)]
    took_ms = (time.perf_counter() - began) * 1000 / len(vectors)
    lengths = [float(np.linalg.norm(each)) for each in vectors]
    if any(each.shape != (_DIM,) for each in vectors) or not all(np.isfinite(lengths)) or min(lengths) <= 0:
        raise FileProblem("This model gives no numbers for a face.", hint=_HINT)
    again, other = (float(vectors[0] @ vectors[each]) / (lengths[0] * lengths[each]) for each in (1, 2))
    if again < _ALIKE or other >= _ALIKE:
        raise FileProblem("This model does not tell faces apart.", hint=_HINT)
    return took_ms
