"""Texts that come in English, from the engine, a child process or the system, in the user's language.

The wire and the catalog keep them in English; what shows them asks here. Whole sentences are found among all
translated texts; those with values in them by the formats that `engine_sentences` names.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from desktop_search.core.engine_sentences import OF_THE_SYSTEM, PARTS, WITH_VALUES
from desktop_search.core.language import ENGLISH, _, chosen

_TEXTS = {"problem", "reason"}  # values that are texts themselves; others are names, which stay
_VALUE = re.compile(r"\\\{(\w+)\\\}")


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Made when they are first of use: English needs none."""
    return tuple(
        (text, re.compile(_VALUE.sub(r"(?P<\1>.+)", re.escape(text)), re.DOTALL))
        for text in sorted(WITH_VALUES, key=len, reverse=True)
    )


@lru_cache(maxsize=1000)
def localised(text: str) -> str:
    """The text in the user's language; the text itself where nobody knows it."""
    if chosen() == ENGLISH or not text:
        return text
    if "\n" in text:
        return "\n".join(localised(line) for line in text.split("\n"))
    if text[-1] in ".?!" or text in (*OF_THE_SYSTEM, *PARTS):  # no word that may be a name
        whole = _(text)
        if whole != text:
            return whole
    for english, pattern in _patterns():
        match = pattern.fullmatch(text)
        if match is not None:
            values = {name: localised(value) if name in _TEXTS else value for name, value in match.groupdict().items()}
            return _(english).format(**values)
    what, mark, why = text.partition(": ")  # as in "a name: why it failed"
    if mark and localised(why) != why:
        return f"{what}: {localised(why)}"
    return _each_sentence(text)


def reason_of(error: OSError) -> str:
    """Why the system refused something, in a few words without a full stop."""
    return localised(error.strerror or type(error).__name__)


def _each_sentence(text: str) -> str:
    """Several sentences, each by itself; one that nobody knows stays."""
    parts = re.split(r"(?<=[.?!]) ", text)
    return " ".join(localised(part) for part in parts) if len(parts) > 1 else text
