from __future__ import annotations

import io
from itertools import combinations

import cv2
import numpy as np
import pytest
from PIL import Image

from desktop_search.engine.encoders.look_vector import VECTOR_DIM, look_vector
from desktop_search.engine.indexing.decoding import squeezed
from desktop_search.engine.ranking import picture_scores
from tests.unit.engine_indexing.drawing import Pixels, noisy, plain, scenery


def likeness(first: Pixels, second: Pixels) -> float:
    marks = np.stack([look_vector(squeezed(second))])
    return float(picture_scores(look_vector(squeezed(first)), marks)[0])


def as_jpeg(picture: Pixels, quality: int) -> Pixels:
    data = io.BytesIO()
    Image.fromarray(picture).save(data, "JPEG", quality=quality)
    return np.asarray(Image.open(io.BytesIO(data.getvalue())), dtype=np.uint8)


def test_a_vector_has_its_length_and_is_normal() -> None:
    vector = look_vector(scenery(1))
    assert vector.shape == (VECTOR_DIM,)
    assert vector.dtype == np.float16
    assert float(np.linalg.norm(vector.astype(np.float32))) == pytest.approx(1.0, abs=2e-3)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("percent", [50, 75, 200])
def test_the_same_frame_scaled_and_compressed_is_found(seed: int, percent: int) -> None:
    frame = scenery(seed)
    size = (frame.shape[1] * percent // 100, frame.shape[0] * percent // 100)
    scaled: Pixels = cv2.resize(frame, size, interpolation=cv2.INTER_CUBIC)
    assert likeness(scaled, frame) >= 0.95
    assert likeness(as_jpeg(scaled, 40), noisy(frame, seed)) >= 0.9


@pytest.mark.parametrize("seed", range(8))
def test_a_slight_crop_is_still_alike(seed: int) -> None:
    frame = scenery(seed)
    assert likeness(np.ascontiguousarray(frame[6:-6, 10:-10]), frame) >= 0.85


def test_unrelated_pictures_are_not_alike() -> None:
    pictures = [scenery(seed) for seed in range(30)]
    assert max(likeness(first, second) for first, second in combinations(pictures, 2)) < 0.6


def test_landscapes_are_not_alike_for_their_sky_alone() -> None:
    fields = [plain((140, 180, 240)), plain((140, 180, 240))]
    fields[0][90:] = (60, 120, 50)
    fields[1][110:] = (190, 160, 100)
    for number, field in enumerate(fields):
        field[60:150, 100 * number : 100 * number + 120] = scenery(number)[60:150, :120]
    assert likeness(*fields) < 0.7


def test_flat_frames_match_their_like_alone() -> None:
    black, nearly, white = plain((0, 0, 0)), plain((4, 4, 4)), plain((255, 255, 255))
    assert likeness(black, nearly) > 0.95
    assert likeness(black, white) < 0.6
    assert likeness(black, plain((128, 128, 128))) < 0.85
    assert likeness(plain((220, 30, 30)), plain((30, 30, 220))) < 0.6
    assert max(likeness(black, scenery(seed)) for seed in range(20)) < 0.6
