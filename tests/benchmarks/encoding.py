"""Key frames into vectors, at the cost of the real models."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from desktop_search.engine.meaning.encoders import pictures_of
from desktop_search.engine.meaning.sessions import CPU, Array, OnnxRuntime, Session
from desktop_search.engine.meaning.siglip import BATCH, SiglipPictures, prepared
from tests.benchmarks.encoder_models import make_costly
from tests.benchmarks.measuring import Measured, compare

_COUNT, _RUNS = 2 * BATCH, 5


def encoding(folder: Path) -> Iterator[Measured]:
    """JPEG to stored vector, beside ONNX Runtime alone over pictures that are prepared already."""
    for patch in (32, 16):
        model = make_costly(folder / str(patch), patch=patch)
        encoder = pictures_of(model)
        bare = OnnxRuntime().open(model.folder / "onnx" / "vision_model_quantized.onnx", CPU)
        jpegs = [_jpeg(seed) for seed in range(_COUNT)]
        ready = np.stack([prepared(_picture(jpeg), 256) for jpeg in jpegs])

        encode = partial(_encode, encoder, jpegs)
        alone = partial(_alone, bare, ready)
        what = f"embed {_COUNT} key frames, SigLIP 2 base patch {patch}"
        yield compare(what, encode, "ONNX Runtime alone", alone, _RUNS)


def _encode(encoder: SiglipPictures, jpegs: Sequence[bytes]) -> object:
    return encoder.encode(map(_picture, jpegs)).astype(np.float16)


def _alone(bare: Session, ready: Array) -> object:
    return [
        bare.run(["pooler_output"], {"pixel_values": ready[start : start + BATCH]}) for start in range(0, _COUNT, BATCH)
    ]


def _jpeg(seed: int) -> bytes:
    random, data = np.random.default_rng(seed), io.BytesIO()
    forms = Image.fromarray(random.integers(0, 256, (9, 16, 3), np.uint8)).resize((480, 270), Image.Resampling.BICUBIC)
    forms.save(data, "JPEG", quality=82)
    return data.getvalue()


def _picture(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg)).convert("RGB")
