"""Exact search among very many vectors, in the engine's own classes, beside NumPy and beside the bare scan."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import numpy.typing as npt

from desktop_search.engine.vectors.block import ItemRows
from desktop_search.engine.vectors.codes import coded
from desktop_search.engine.vectors.kernel import dots, side_by_side
from desktop_search.engine.vectors.packed import PackedRows
from tests.benchmarks.measuring import Measured, compare

_PER_VIDEO, _AT_ONCE = 200, 100
_BETWEEN_ANY, _NEXT_TO_EACH_OTHER = 0.41, 0.94  # cosines of two pictures; all lie in one cone
_QUERIES, _TOP, _RUNS = 40, 100, 15
_SCANS = 75  # the two differ by little more than one run does from the next
Rows = npt.NDArray[np.float32]


def vectors(count: int) -> Iterator[Measured]:
    """So many vectors of 512 and of 768 numbers: all of them, and 1 % of them."""
    for dim in (512, 768):
        yield from _of(count, dim)


def _of(count: int, dim: int) -> Iterator[Measured]:
    random = np.random.default_rng(20)
    videos = max(100, count // _PER_VIDEO)
    held = _pictures(random, videos, dim)
    asked = _in_cone(_normal(random, _QUERIES, dim), _normal(random, dim))
    few = np.sort(random.choice(videos, videos // 100, replace=False))
    scattered = np.sort(random.choice(len(held), len(held) // 100, replace=False))
    queries = itertools.cycle(asked)
    every, some, name = list(range(videos)), few.tolist(), f"{len(held):,} x {dim}"

    def numpy_alone() -> object:
        return held @ next(queries)

    def ours(rows: PackedRows, items: list[int]) -> Callable[[], object]:
        return lambda: rows.best(next(queries), items, _TOP)

    rows = _packed(held, _PER_VIDEO)
    recall = float(np.mean([_recall(rows, held, query, every) for query in asked]))
    yield compare(f"{name}, recall@{_TOP} {recall:.4f}", ours(rows, every), "NumPy in float32", numpy_alone, _RUNS)
    yield compare(f"{name} again", ours(rows, every), "the 8-bit scan alone", _bare(rows, asked[0]), _SCANS)
    yield compare(f"{name}, 1 % of the videos", ours(rows, some), "NumPy, all of them", numpy_alone, _RUNS)
    rows = _packed(held, 1)
    yield compare(
        f"{name}, 1 % here and there", ours(rows, scattered.tolist()), "NumPy, all of them", numpy_alone, _RUNS
    )


def _bare(rows: PackedRows, query: Rows) -> Callable[[], object]:
    """Nothing but the products of the query with the 8-bit rows."""
    codes = coded(query[None]).codes[0]
    blocks = [each.block.vectors.codes for each in rows.blocks]
    tasks = [partial(dots, block, codes, np.empty(len(block), np.float32)) for block in blocks]
    return lambda: side_by_side(tasks)


def _recall(rows: PackedRows, held: Rows, query: Rows, every: list[int]) -> float:
    scores = held @ query
    best = set(np.argpartition(scores, -_TOP)[-_TOP:].tolist())
    return len(best.intersection(rows.best(query, every, _TOP).row_ids.tolist())) / len(best)


def _packed(held: Rows, per_item: int) -> PackedRows:
    rows, step = PackedRows(held.shape[1]), 50 * _PER_VIDEO
    for first in range(0, len(held), step):
        part = coded(held[first : first + step].astype(np.float16))  # as an encoder gives them
        numbers = np.arange(first, first + len(part.codes))
        rows.add(
            [
                ItemRows(
                    (first + at) // per_item,
                    numbers[at : at + per_item],
                    numbers[:per_item],
                    part[slice(at, at + per_item)],
                )
                for at in range(0, len(part.codes), per_item)
            ]
        )
    return rows


def _pictures(random: np.random.Generator, videos: int, dim: int) -> Rows:
    """Videos whose segments lie in one cone, each much like the one before."""
    held = np.empty((videos, _PER_VIDEO, dim), np.float32)
    axis = _normal(random, dim)
    kept = (_NEXT_TO_EACH_OTHER - _BETWEEN_ANY) / (1 - _BETWEEN_ANY)
    for first in range(0, videos, _AT_ONCE):
        part = held[first : first + _AT_ONCE]
        now = _normal(random, len(part), dim)
        for number in range(_PER_VIDEO):
            part[:, number] = now
            now = kept * now + np.sqrt(1 - kept**2) * _normal(random, len(part), dim)
        part[:] = _in_cone(part, axis)
    return held.reshape(-1, dim)


def _in_cone(rows: Rows, axis: Rows) -> Rows:
    """Rows of length 1 about an axis; any two have a cosine of about `_BETWEEN_ANY`."""
    unit = rows / np.linalg.norm(rows, axis=-1, keepdims=True)
    turned = np.sqrt(_BETWEEN_ANY) * axis / np.linalg.norm(axis) + np.sqrt(1 - _BETWEEN_ANY) * unit
    turned /= np.linalg.norm(turned, axis=-1, keepdims=True)
    result: Rows = turned.astype(np.float32)
    return result


def _normal(random: np.random.Generator, *shape: int) -> Rows:
    return random.standard_normal(shape, dtype=np.float32)
