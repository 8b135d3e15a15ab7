"""The indexes say what the plain rules say, whatever is asked of whatever is there."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_search.engine.encoders.look_vector import VECTOR_DIM
from desktop_search.engine.encoders.looks import Looks
from desktop_search.engine.ranking import LookMatrix, picture_scores, plan_query, stems_of
from desktop_search.engine.ranking.plan import QueryWord
from desktop_search.engine.ranking.spoken import one_letter_off
from desktop_search.engine.ranking.text import stem, tokens
from desktop_search.engine.ranking.vocabulary import STOP_WORDS
from tests.unit.engine_ranking.ranks import WordCandidate, rank_speech, rank_words

LOOKS = ["red", "red.left", "blue", "dark", "night", "low key", "face", "circle", "pan left"]
WORDS = ["red", "crimson", "left", "blue", "boat", "boats", "harbor", "harbour", "night", "pan", "shot", "the", "of"]
WORDS += ["ball", "field", "fields", "12", "take"]
texts = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
candidates = st.builds(
    WordCandidate,
    st.dictionaries(st.sampled_from(LOOKS), st.floats(0.01, 1.0), max_size=5),
    texts,
    texts,
    texts,
    st.lists(st.sampled_from(WORDS), max_size=3).map(tuple),
)


@settings(deadline=None)
@given(texts, st.lists(candidates, max_size=6))
def test_what_is_seen(query: str, rows: list[WordCandidate]) -> None:
    assert rank_words(query, rows) == pytest.approx([seen_by_the_rules(query, one) for one in rows], abs=1.01e-4)


@settings(deadline=None)
@given(texts, st.lists(texts, max_size=6))
def test_what_is_said(query: str, lines: list[str]) -> None:
    assert rank_speech(query, lines) == pytest.approx([said_by_the_rules(query, one) for one in lines], abs=1.01e-4)


def test_looks_are_held_in_a_byte_for_each_number() -> None:
    vectors = np.random.default_rng(1).normal(size=(9_000, VECTOR_DIM))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16)
    matrix = LookMatrix(VECTOR_DIM, [Looks.of(vectors[:5_000]), Looks.of(vectors[5_000:])])
    assert matrix.scores(vectors[3]) == pytest.approx(picture_scores(vectors[3], vectors), abs=0.003)
    assert np.quantile(np.abs(matrix.scores(vectors[3]) - picture_scores(vectors[3], vectors)), 0.99) < 0.002


def seen_by_the_rules(query: str, one: WordCandidate) -> float:
    words = plan_query(query).words
    if not words:
        return 0.0
    met = [(strength(word, one), word.weight) for word in words]
    mean = sum(found * weight for found, weight in met) / sum(weight for _, weight in met)
    return mean * (0.72 + 0.28 * min(found for found, weight in met if weight >= 1.0))


def strength(word: QueryWord, one: WordCandidate) -> float:
    witnesses = [one.look.get(term, 0.0) * quality for term, quality in word.look.items()]
    written = [(" ".join(one.tags), 0.95), (one.screen_text, 0.9), (one.name, 0.8), (one.folder, 0.5)]
    witnesses += [worth for text, worth in written if set(stems_of(text)) >= set(word.stems)]
    best = max(witnesses, default=0.0)
    return best if best >= 0.12 else 0.0


def said_by_the_rules(query: str, line: str) -> float:
    asked, said = tokens(query), tokens(line)
    small = [word in STOP_WORDS for word in asked]
    weights = [0.2 if each and not all(small) else 1.0 for each in small]
    best = [max((meets(word, token) for token in said), default=0.0) for word in asked]
    if not any(found and weight == 1.0 for found, weight in zip(best, weights, strict=True)):
        return 0.0
    covered = sum(found * weight for found, weight in zip(best, weights, strict=True)) / sum(weights)
    if len(asked) == 1:
        return covered * (0.65 + 0.35 * 0.5)
    order = sum(followed(first, second, said) for first, second in pairwise(asked))
    return covered * (0.65 + 0.35 * order / (len(asked) - 1))


def meets(word: str, token: str) -> float:
    if word == token:
        return 1.0
    if stem(word) == stem(token):
        return 0.95
    return 0.55 if min(len(word), len(token)) >= 5 and one_letter_off(word, token) else 0.0


def followed(first: str, second: str, said: list[str]) -> float:
    gaps = [
        after - before
        for before, one in enumerate(said)
        for after, other in enumerate(said)
        if after > before and meets(first, one) and meets(second, other)
    ]
    return 1.0 if 1 in gaps else 0.5 if gaps and min(gaps) <= 3 else 0.0
