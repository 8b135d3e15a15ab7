"""How well an answer agrees with what the user said of results."""

from __future__ import annotations

from desktop_search.core.marks import Place
from desktop_search.core.test_set import Asked, Comparison, TrialState, Verdict, worth

A, B, C = (Place("content:x", start, start + 2000) for start in (0, 10_000, 20_000))
RIGHT, WRONG = Verdict(A, is_right=True), Verdict(B, is_right=False)


def test_right_ones_count_by_their_place_and_wrong_ones_against_it() -> None:
    assert worth([(A,), (B,)], [RIGHT, WRONG]) == 0.5
    assert worth([(B,), (A,)], [RIGHT, WRONG]) == -0.5
    assert worth([(C,), (A,)], [RIGHT, WRONG]) == 0.5
    assert worth([(A,)], [RIGHT, WRONG]) == 1.0
    assert worth([], [RIGHT, WRONG]) == 0.0


def test_the_same_moment_counts_once_and_under_any_of_its_names() -> None:
    nearly = Place(A.source, A.start_ms + 200, A.end_ms + 100)
    other_name = Place("clip:x", 0, 2000)
    assert worth([(nearly,), (A,)], [RIGHT]) == 1.0
    assert worth([(other_name, A)], [RIGHT]) == 1.0
    assert worth([(Place("content:y", 0, 2000),)], [RIGHT]) == 0.0


def test_what_nobody_looks_at_does_not_count() -> None:
    assert worth([(C,)] * 50 + [(A,)], [RIGHT]) == 0.0


def test_a_comparison_counts_searches() -> None:
    searches = (Asked("a", 0.0, 1.0), Asked("b", 1.0, 0.5), Asked("c", 1.0, 1.0))
    comparison = Comparison(TrialState(True, ("x",), ("y",), 3, 3), searches)
    assert (comparison.better, comparison.worse) == (1, 1)
