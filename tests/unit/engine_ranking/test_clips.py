"""A picture and words together."""

from __future__ import annotations

import numpy as np

from desktop_search.engine.ranking.clips import UNRELATED, best_in_each, fused


def _times(*values: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(values, dtype=np.int64)


def test_each_segment_gets_its_best_frame() -> None:
    scores = np.array([0.1, 0.7, 0.3, 0.9, 0.8], dtype=np.float32)
    best = best_in_each(_times(0, 2000, 5000, 9000), _times(0, 1999, 2000, 5000, 6000), scores)
    assert np.allclose(best, [0.7, 0.3, 0.9, 0.0])


def test_a_frame_before_the_first_segment_counts_nowhere() -> None:
    assert best_in_each(_times(100), _times(0), np.array([1.0])).tolist() == [0.0]


def test_picture_and_words_count_the_same() -> None:
    alike, seen = np.array([1.0, 1.0, UNRELATED, 0.0]), np.array([1.0, 0.0, 1.0, 0.0])
    assert fused(alike, seen).tolist() == [1.0, 0.5, 0.5, 0.0]


def test_an_unrelated_picture_says_nothing() -> None:
    assert fused(np.array([0.59, 0.3]), np.zeros(2)).tolist() == [0.0, 0.0]


def test_scores_stay_between_0_and_1() -> None:
    assert fused(np.array([1.0001, -0.2]), np.array([1.5, -1.0])).tolist() == [1.0, 0.0]
