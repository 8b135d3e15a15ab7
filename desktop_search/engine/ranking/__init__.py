"""How well something matches a query: indexes in memory that know nothing of where their rows are kept.

Scores are 0 to 1. By words, all of them met strongly is .6 and more, half of them about .3, one weak word .15 to .25,
nothing is 0.
"""

from __future__ import annotations

from desktop_search.engine.ranking.pictures import LookMatrix, picture_scores
from desktop_search.engine.ranking.plan import QueryPlan, QueryWord, plan_query, stems_of
from desktop_search.engine.ranking.seen import FileWords, SeenIndex, is_written
from desktop_search.engine.ranking.spoken import SpokenIndex

__all__ = [
    "FileWords",
    "LookMatrix",
    "QueryPlan",
    "QueryWord",
    "SeenIndex",
    "SpokenIndex",
    "is_written",
    "picture_scores",
    "plan_query",
    "stems_of",
]
