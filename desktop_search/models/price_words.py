"""What a search costs where each call is charged, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desktop_search.core.costs import searches_cost
from desktop_search.core.language import ngettext
from desktop_search.core.library import MEMORIES_AI
from desktop_search.core.query import Platform, Scope, SearchQuery
from desktop_search.core.transfer_settings import PriceTable
from desktop_search.models.forecast_words import dollars

_USUAL = 2  # what is seen and what is said: so much costs every search of all


def price_words(query: SearchQuery, most_searches: Callable[[SearchQuery], int], prices: PriceTable) -> str:
    """One line for a query that takes more searches than usual, with a way to fewer; "" for others."""
    count = most_searches(query)
    if count <= _USUAL:
        return ""
    cost = dollars(searches_cost(count, prices))
    told = ngettext(
        "Up to {count} search, each charged by {library}: about {cost}.",
        "Up to {count} searches, each charged by {library}: about {cost}.",
        count,
        library=MEMORIES_AI.title,
        cost=cost,
    )
    if query.scope is not Scope.PUBLIC or query.platform is not None:
        return told
    fewer = most_searches(replace(query, platform=next(iter(Platform))))
    return f"{told} " + ngettext("One platform alone takes {count}.", "One platform alone takes {count}.", fewer)
