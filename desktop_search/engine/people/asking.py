"""People in the words of a search: `person:Anna`, `person:"Anna Smith"`, or the name alone of somebody who has one."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r'(?<!\S)person:(?:"([^"]*)"|“([^”]*)”|(\S+))', re.IGNORECASE)


def people_in(query: str, names: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """What is left of the words, and the names that are asked for, as they were typed.

    Where several people are named, all of them have to be there. A name alone counts where somebody has it.
    """
    asked = [next(part for part in match.groups() if part is not None).strip() for match in _WORD.finditer(query)]
    left = _WORD.sub(" ", query)
    for name in sorted(filter(None, names), key=len, reverse=True):
        found = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        if found.search(left):
            asked.append(name)
            left = found.sub(" ", left)
    return " ".join(left.split()), tuple(dict.fromkeys(each for each in asked if each))
