"""How well something matches a query: pure functions over what the store returns.

A search by words runs in two steps: `plan_query` names the index words and stems to look up, so that SQL can choose the
candidates; `rank_words` scores them. Scores are 0 to 1: all words met strongly is .6 and more, half of them about .3,
one weak word .15 to .25, nothing is 0.
"""

from __future__ import annotations

from desktop_search.engine.ranking.pictures import picture_scores
from desktop_search.engine.ranking.plan import QueryPlan, QueryWord, plan_query, stems_of
from desktop_search.engine.ranking.seen import WordCandidate, rank_words
from desktop_search.engine.ranking.spoken import rank_speech

__all__ = [
    "QueryPlan",
    "QueryWord",
    "WordCandidate",
    "picture_scores",
    "plan_query",
    "rank_speech",
    "rank_words",
    "stems_of",
]
