"""One query of the user as the searches that a library answers, and their answers as one list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import reduce

from desktop_search.core.fusion import followed_by, fuse, without
from desktop_search.core.hits import Hit, SearchAnswer
from desktop_search.core.query import TOP_K_MAX, Scope, SearchQuery, Strictness
from desktop_search.core.query_words import Step, steps_of

_WORDS_SCOPES = {
    Scope.ALL: (Scope.SEEN, Scope.SAID),
    Scope.SEEN: (Scope.SEEN,),
    Scope.SAID: (Scope.SAID,),
    Scope.PUBLIC: (Scope.PUBLIC,),
}
Ask = Callable[[SearchQuery], SearchAnswer]


def answer_to(query: SearchQuery, ask: Ask) -> SearchAnswer:
    """What `ask` finds for `query`, best first. A simple query is one search; others are several, asked in turn.

    What scores lower than the strictness is found too, after the rest: the window draws the line. Only moments that
    must follow one another are all close enough.

    Raises what `ask` raises.
    """
    query = query.with_people
    if query.filters.people and not query.words.strip():
        scope = Scope.IMAGE if query.scope is Scope.IMAGE else Scope.SEEN  # the moments in which they are
        return ask(replace(_without_floor(query), scope=scope))
    if query.picture is not None or query.scope not in _WORDS_SCOPES:
        return ask(_without_floor(query))
    steps = steps_of(query.words)
    if query.scope is Scope.SEEN:  # nobody speaks in a picture: quoted words may be read in it
        steps = tuple(replace(step, words=" ".join([step.words, *step.phrases]).strip(), phrases=()) for step in steps)
    if query.scope is not Scope.ALL and (
        (len(steps) < 2 and all(step.is_plain for step in steps)) or query.exact_phrase
    ):
        return ask(_without_floor(query))
    if len(steps) == 1:
        return SearchAnswer(hits=_hits_of(steps[0], query, ask)[: query.filters.top_k])
    found = [
        tuple(hit for hit in _hits_of(step, _with_all(query), ask) if not hit.is_below(query.floor)) for step in steps
    ]
    hits = reduce(lambda after, before: followed_by(before, after), reversed(found)) if found else ()
    return SearchAnswer(hits=hits[: query.filters.top_k])


def most_searches(query: SearchQuery) -> int:
    """How many searches of the service `answer_to` may make for it, each of which is billed; at least one.

    Where nothing is found, it makes fewer: there is nothing to take away from.
    """
    asked: list[SearchQuery] = []

    def ask(one: SearchQuery) -> SearchAnswer:
        asked.append(one)
        return SearchAnswer(hits=(Hit(str(len(asked)), "", 0, 1, 1.0),))

    answer_to(query, ask)
    return max(1, sum(one.searches for one in asked))


def _hits_of(step: Step, query: SearchQuery, ask: Ask) -> tuple[Hit, ...]:
    wide = _without_floor(query)
    lists = [_said_exactly(phrase, wide, ask) for phrase in step.phrases]
    if step.words:
        lists += [ask(replace(wide, words=step.words, scope=scope)).hits for scope in _WORDS_SCOPES[query.scope]]
    hits = fuse(lists, query.filters.top_k, query.floor)
    for words in step.without:
        hits = without(hits, _taken_away(words, query, ask)) if hits else ()
    return hits


def _said_exactly(phrase: str, query: SearchQuery, ask: Ask) -> tuple[Hit, ...]:
    scope = Scope.PUBLIC if query.scope is Scope.PUBLIC else Scope.SAID
    return ask(replace(query, words=f'"{phrase}"', scope=scope)).hits


def _taken_away(words: str, query: SearchQuery, ask: Ask) -> tuple[Hit, ...]:
    """All moments that match what is not wanted; a vague likeness takes nothing away."""
    level = query.filters.strictness or Strictness.MEDIUM
    wide = _with_all(replace(query, words=words, filters=replace(query.filters, strictness=level)))
    return tuple(hit for scope in _WORDS_SCOPES[query.scope] for hit in ask(replace(wide, scope=scope)).hits)


def _without_floor(query: SearchQuery) -> SearchQuery:
    return replace(query, filters=replace(query.filters, strictness=None))


def _with_all(query: SearchQuery) -> SearchQuery:
    """As many hits as there can be, for lists that are compared with others."""
    return replace(query, filters=replace(query.filters, top_k=TOP_K_MAX))
