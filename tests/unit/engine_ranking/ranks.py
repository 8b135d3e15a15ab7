"""Scores of a few things at hand, through the indexes that searches go through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_search.engine.ranking import FileWords, SeenIndex, SpokenIndex, plan_query


@dataclass(frozen=True, slots=True)
class WordCandidate:
    look: Mapping[str, float]
    screen_text: str = ""
    name: str = ""
    folder: str = ""
    tags: tuple[str, ...] = ()


def rank_words(query: str, candidates: Sequence[WordCandidate]) -> list[float]:
    index = SeenIndex()
    for one in candidates:
        index.add(FileWords(one.name, one.folder, one.tags), [(one.look, one.screen_text)])
    return [float(score) for score in index.scores(plan_query(query))]


def rank_speech(query: str, texts: Sequence[str]) -> list[float]:
    index = SpokenIndex()
    for text in texts:
        index.add(text)
    return [float(score) for score in index.scores(query)]
