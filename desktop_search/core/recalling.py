"""Searches that are asked again later: words such as "last week" mean the week before that day. Pure."""

from __future__ import annotations

from dataclasses import replace

from desktop_search.core.query import SearchQuery
from desktop_search.core.when import Clock, NotUnderstood, span_of


def recalled(query: SearchQuery, clock: Clock) -> SearchQuery:
    """The query with the capture time that its words mean now; as it was where it has none, or nobody knows them."""
    filters = query.filters
    if not filters.taken_words:
        return query
    try:
        span = span_of(filters.taken_words, clock)
    except NotUnderstood:  # words of a newer version, or a day that the clocks have changed: the dates are left
        return replace(query, filters=filters.with_taken(filters.taken_after, filters.taken_before))
    return replace(query, filters=filters.with_taken(span.start, span.end, filters.taken_words))


def timeless(query: SearchQuery) -> SearchQuery:
    """The query without the dates that words say: what was asked last week with the same words is the same."""
    if not query.filters.taken_words:
        return query
    return replace(query, filters=replace(query.filters, taken_after=None, taken_before=None))


def without_words(query: SearchQuery) -> SearchQuery:
    """The query with the dates alone, however they were said: what libraries are asked."""
    filters = query.filters
    return replace(query, filters=filters.with_taken(filters.taken_after, filters.taken_before))
