"""A query as text and back: for searches that are remembered, and as the name under which an answer is kept."""

from __future__ import annotations

import json

from desktop_search.core.json_texts import made_of, plain
from desktop_search.core.query import SearchQuery


def query_text(query: SearchQuery) -> str:
    """The whole query as JSON; equal queries give equal texts."""
    return json.dumps(plain(query), sort_keys=True)


def query_of(text: str) -> SearchQuery:
    """The query that `query_text` wrote, by this version or another: what is not understood is as it is by itself.

    A filter of a newer version is left out. Text that is no JSON gives the empty query.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return SearchQuery()
    return made_of(SearchQuery, value) or SearchQuery()
