"""Searches by words and meaning together, in a large library, over HTTP; and the first answer after a start."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from desktop_search.engine.encoders.look_vector import VECTOR_DIM
from tests.benchmarks.footage import MadeFootage
from tests.benchmarks.measuring import Measured, compare
from tests.contract.engine_child import EngineChild
from tests.support.tiny_models import install, make_tiny_seen

_DIM = 768  # as SigLIP 2 base has
_QUERIES = ("red ball on a green meadow", "blue sea at sunset", "white clouds over grass", "dark street at night")
_ASKED: Sequence[tuple[str, Mapping[str, Any]]] = (
    ("words and meaning", {}),
    ("the same, one camera of three", {"camera_tag": "camera 1"}),
)
_STARTS = 3


def searching_by_meaning(folder: Path, segments: int) -> Iterator[Measured]:
    """With a model whose vectors are as long as the real one's; its own arithmetic takes next to no time."""
    data_dir = folder / "data"
    model = make_tiny_seen(folder / "made", dim=_DIM)
    MadeFootage(np.ones(VECTOR_DIM, np.float16) / np.float16(VECTOR_DIM**0.5), model).fill(data_dir, segments)
    install(data_dir / "models", model)
    random = np.random.default_rng(21)
    rows = random.standard_normal((segments, _DIM), dtype=np.float32)
    with EngineChild(data_dir) as engine:
        for what, fields in _ASKED:
            yield compare(
                f"{what}, {segments:,} segments",
                _asking(engine, fields),
                "NumPy alone multiplies as many vectors",
                lambda: rows @ rows[0],
            )
    firsts, empties = zip(
        *((_first_answer(data_dir), _first_answer(folder / "empty")) for _ in range(_STARTS)), strict=True
    )
    what = f"first answer after a start, {segments:,} segments"
    yield Measured(what, median(firsts), max(firsts), "the same without footage", median(empties))


def _asking(engine: EngineChild, fields: Mapping[str, Any]) -> Callable[[], object]:
    queries = itertools.cycle(_QUERIES)

    def ask() -> None:
        assert len(engine.search(next(queries), **fields)) == 100

    return ask


def _first_answer(data_dir: Path) -> float:
    """Seconds from the start of the process."""
    began = time.perf_counter()
    with EngineChild(data_dir) as engine:
        engine.search(_QUERIES[0])
        return time.perf_counter() - began
