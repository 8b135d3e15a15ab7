"""The best rows are those that float32 arithmetic over all vectors calls the best."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from desktop_search.engine.vectors import kernel, packed
from desktop_search.engine.vectors.best import ScoreBoard
from desktop_search.engine.vectors.block import ItemRows
from desktop_search.engine.vectors.codes import coded, dim_of_one, unpacked
from desktop_search.engine.vectors.codes import packed as packed_bytes
from desktop_search.engine.vectors.kernel import Scores
from desktop_search.engine.vectors.packed import Best, PackedRows

DIM = 48
Rows = npt.NDArray[np.float32]
_NO_TELLING = 5e-4


def unit(count: int, seed: int, dim: int = DIM) -> Rows:
    vectors: Rows = np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def item(item_id: int, vectors: Rows) -> ItemRows:
    rows = np.arange(len(vectors))
    return ItemRows(item_id, item_id * 1000 + rows, rows * 2000, coded(vectors))


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "BLOCK_ROWS", 300)


@pytest.fixture(params=["numkong", "NumPy"])
def arithmetic(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "NumPy":
        monkeypatch.setattr(kernel, "_numkong", lambda: None)
    return str(request.param)


def filled(counts: Sequence[int]) -> tuple[PackedRows, dict[int, Rows]]:
    """Items 1, 2, … with so many rows each, added a few at a time."""
    rows = PackedRows(DIM)
    vectors = {number: unit(count, number) for number, count in enumerate(counts, start=1)}
    items = [item(number, each) for number, each in vectors.items()]
    for first in range(0, len(items), 7):
        rows.add(items[first : first + 7])
    return rows, vectors


def row_ids(best: Best) -> list[int]:
    return [int(each) for each in best.row_ids]


def assert_best(best: Best, vectors: dict[int, Rows], query: Rows, count: int) -> None:
    """As good as the best by exact arithmetic, in their order, but for what rounding cannot tell apart."""
    exact = sorted((float(row @ query) for each in vectors.values() for row in each), reverse=True)[:count]
    assert len(set(row_ids(best))) == len(exact)
    found = [float(vectors[row_id // 1000][row_id % 1000] @ query) for row_id in row_ids(best)]
    assert found == pytest.approx(exact, abs=_NO_TELLING)
    assert best.scores.tolist() == pytest.approx(found, abs=_NO_TELLING)
    assert best.item_ids.tolist() == [row_id // 1000 for row_id in row_ids(best)]
    assert best.starts_ms.tolist() == [row_id % 1000 * 2000 for row_id in row_ids(best)]


@pytest.mark.usefixtures("small_blocks")
def test_the_best_of_all_in_their_order(arithmetic: str) -> None:
    rows, vectors = filled([40] * 60)
    assert len(rows.blocks) > 3
    for query in unit(20, 99):
        assert_best(rows.best(query, range(1, 61), 30), vectors, query, 30)


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("share", [1, 3, 30, 60])
def test_only_among_the_items_asked_for(share: int, arithmetic: str) -> None:
    rows, vectors = filled([40] * 60)
    chosen = list(range(1, 61, share))
    few = {number: vectors[number] for number in chosen}
    query = unit(1, 98)[0]
    assert_best(rows.best(query, [*chosen, 777], 50), few, query, 50)


def test_numpy_gives_the_same_numbers() -> None:
    random = np.random.default_rng(3)
    for count, dim in ((1, 384), (9000, 512), (5000, 768), (200, 1040), (0, 16)):
        held = random.integers(-127, 128, (count, dim), dtype=np.int8)
        query = random.integers(-127, 128, dim, dtype=np.int8)
        by_simd, by_numpy = np.empty(count, np.float32), np.empty(count, np.float32)
        kernel.dots(held, query, by_simd)
        kernel.dots_by_numpy(held, query, by_numpy)
        assert np.array_equal(by_simd, by_numpy)
        assert np.array_equal(by_simd, held.astype(np.int64) @ query.astype(np.int64))


@pytest.mark.usefixtures("small_blocks")
def test_what_is_dropped_or_replaced_is_found_no_more() -> None:
    rows, vectors = filled([25] * 40)
    query = unit(1, 97)[0]
    for number in range(1, 31):
        rows.drop(number)
        del vectors[number]
    assert rows.items == 10
    vectors[5] = unit(25, 500)
    rows.add([item(5, vectors[5])])
    rows.drop(5)
    vectors[5] = unit(3, 501)
    rows.add([item(5, vectors[5]), item(77, np.empty((0, DIM), np.float32))])
    assert_best(rows.best(query, range(100), 2000), vectors, query, 2000)
    assert sum(len(held.block.row_ids) for held in rows.blocks) < 600  # rows that are gone do not gather for ever
    assert len(rows.usual(query)) == 10 * 25 + 3


def test_equals_come_newest_first_then_in_order() -> None:
    same = np.repeat(unit(1, 1), 3, axis=0)
    rows = PackedRows(DIM)
    rows.add([item(1, same), item(2, same)])
    assert row_ids(rows.best(same[0], [1, 2], 5)) == [2000, 2001, 2002, 1000, 1001]


def test_nothing_is_found_in_nothing() -> None:
    rows = PackedRows(DIM)
    query = unit(1, 1)[0]
    assert row_ids(rows.best(query, [1, 2], 5)) == []
    assert len(rows.usual(query)) == 0
    rows.add([item(1, unit(4, 2))])
    assert row_ids(rows.best(query, [], 5)) == []


def test_what_is_usual_is_the_same_whatever_is_asked_for() -> None:
    rows, vectors = filled([200] * 50)
    query = unit(1, 96)[0]
    scores = np.concatenate(list(vectors.values())) @ query
    usual = rows.usual(query)
    assert 4000 < len(usual) < 6000
    assert float(usual.mean()) == pytest.approx(float(scores.mean()), abs=0.01)
    assert float(usual.std()) == pytest.approx(float(scores.std()), rel=0.05)


def best_of(scores: Scores, count: int, margin: float, pieces: int) -> Scores:
    """The best scores, by way of a board of so many pieces."""
    parts = np.array_split(scores, pieces)
    board = ScoreBoard([len(part) for part in parts])
    for number, part in enumerate(parts):
        board.part(number)[:] = part
        board.settle(number)
    return np.array([parts[piece][row] for piece, row in zip(*board.best(count, margin), strict=True)], np.float32)


@pytest.mark.parametrize("count", [1, 7, 100])
@pytest.mark.parametrize("pieces", [1, 3])
def test_the_best_rows_of_many_scores(count: int, pieces: int) -> None:
    random = np.random.default_rng(4)
    for size in (0, 5, count * 256 + 3, 100_003):
        scores = random.normal(size=size).astype(np.float32)
        scores[random.random(size) < 0.3] = -np.inf
        best = best_of(scores, count, 0.0, pieces)
        wanted = np.sort(scores[scores > -np.inf])[::-1][:count]
        assert np.array_equal(np.sort(best)[::-1], wanted)
        wider = best_of(scores, count, 0.5, pieces)
        if len(wanted) == count:
            assert len(wider) == np.count_nonzero(scores >= wanted[-1] - np.float32(0.5))


def test_a_coded_vector_is_nearly_the_vector() -> None:
    for dim in (7, 384):
        vectors = unit(50, 5, dim)
        vectors[3] = 0
        held = coded(vectors)
        assert np.abs(held.exact() - vectors).max() < np.abs(vectors).max() / 127 / 16
        assert not held.codes[3].any()
        again = unpacked(packed_bytes(vectors), dim)
        assert np.array_equal(again.exact(), held.exact())
        assert unpacked(packed_bytes(vectors[:0]), dim).exact().shape == (0, dim)
        assert dim_of_one(packed_bytes(vectors[:1])) == dim


def test_an_error_in_a_task_is_raised() -> None:
    done = []

    def fail() -> None:
        raise MemoryError("no room")

    with pytest.raises(MemoryError, match="no room"):
        kernel.side_by_side([fail, *[lambda: done.append(1)] * 5], threads=2)
    kernel.side_by_side([lambda: done.append(2)] * 5, threads=3)
    assert done.count(2) == 5
