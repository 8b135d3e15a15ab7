"""People in the words of a search: `person:Anna`, `person:"Anna Smith"`, or the name alone of somebody who has one."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r'(?<!\S)person:(?:"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|(\S+))', re.IGNORECASE)


def people_named(query: str) -> tuple[str, tuple[str, ...]]:
    """What is left of the words, and the names behind `person:`, as they were typed."""
    named = [next(part for part in match.groups() if part is not None).strip() for match in _WORD.finditer(query)]
    if not named:
        return query, ()
    return " ".join(_WORD.sub(" ", query).split()), tuple(dict.fromkeys(filter(None, named)))


def people_in(query: str, names: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """The same, where the names of those who have one count without that word too."""
    left, named = people_named(query)
    found = list(named)
    for name in sorted(filter(None, names), key=len, reverse=True):
        alone = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        if alone.search(left):
            found.append(name)
            left = " ".join(alone.sub(" ", left).split())
    return left, tuple(dict.fromkeys(found))
