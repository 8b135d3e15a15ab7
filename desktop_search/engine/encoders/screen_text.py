"""Text in the picture, by RapidOCR with the models its wheel brings. Nothing is downloaded."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]

_LEAST_TEXT_LIKE = 0.0006  # share of the picture covered by blobs that could be words
_LEAST_SURE = 0.7
_SIDE = 480


class ScreenText:
    """Reads the text of a segment: of the one sample that looks most like text, and of none if no sample does."""

    def read(self, samples: Sequence[Pixels]) -> str:
        """The lines, top to bottom, joined by " | "; "" when there are none. `samples` are RGB."""
        likely = [text_likeness(sample) for sample in samples]
        best = int(np.argmax(likely))
        if likely[best] < _LEAST_TEXT_LIKE:
            return ""
        return read_text(samples[best])


def read_text(rgb: Pixels) -> str:
    """The text of one RGB picture, at most 480 pixels long, lines joined by " | "."""
    with _LOCK:
        answer = _engine()(np.ascontiguousarray(rgb[:, :, ::-1]))
    lines = zip(answer.txts or (), answer.scores or (), strict=True)
    return " | ".join(text.strip() for text, score in lines if score >= _LEAST_SURE and _says_something(text))


def text_likeness(rgb: Pixels) -> float:
    """How much of the picture looks like written words, 0 to 1, by thin strokes that stand in rows. Cheap."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    strokes = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3)))
    sharp = (strokes > max(48, int(np.percentile(strokes, 90)) // 2)).astype(np.uint8)
    rows = cv2.morphologyEx(sharp, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (9, 1)))
    count, _, stats, _ = cv2.connectedComponentsWithStats(rows, connectivity=8)
    covered = 0
    for _, _, width, height, area in stats[1:count].tolist():
        filled = area / (width * height)
        if 6 <= height <= rgb.shape[0] * 0.45 and width >= 1.2 * height and width >= 12 and filled >= 0.3:
            covered += area
    return float(covered / grey.size)


def _says_something(text: str) -> bool:
    return sum(letter.isalnum() for letter in text) >= 2


_LOCK = threading.Lock()  # the reader keeps its settings on itself


@lru_cache(maxsize=1)
def _engine() -> Any:  # noqa: ANN401
    """The reader, made at the first text-like frame (about half a second) and kept."""
    with _no_list_of_models():
        import rapidocr.main  # the package itself imports it later, at the first use

    import desktop_search.engine.onnx_runtime  # noqa: F401 - it makes sessions of its own

    models = Path(rapidocr.__file__).parent / "models"
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.max_side_len": _SIDE,
            "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
            "Det.limit_type": "max",
            "Det.limit_side_len": _SIDE,
            "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx"),
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


@contextmanager
def _no_list_of_models() -> Iterator[None]:
    """Spares its list of all models that it could download, loaded twice, for half a second: the wheel brings ours."""
    from omegaconf import OmegaConf

    load = OmegaConf.load

    def load_others(file: str | Path) -> Any:  # noqa: ANN401
        return {} if Path(file).name == "default_models.yaml" else load(file)

    OmegaConf.load = load_others
    try:
        yield
    finally:
        OmegaConf.load = load
