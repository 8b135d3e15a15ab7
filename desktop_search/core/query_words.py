"""What the words of a query mean: "exact spoken phrases", -words to leave out, and "A then B", in German "A dann B".

They mean the same whatever language the window speaks, so that a saved search does too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_QUOTED = re.compile(
    r'(?P<minus>(?<!\S)-)?(?:"(?P<plain>[^"]*)"|“(?P<curly>[^”]*)”|„(?P<low>[^“”]*)[“”]|»(?P<inward>[^«]*)«)'
)
_LEFT_OUT = re.compile(r"(?<!\S)-(\w[^\s\"“„»]*)")
_THEN = re.compile(r"\s+(?:then|dann)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Step:
    """One moment that is looked for.

    Attributes:
        words: what is to be seen or said, by meaning; may be empty where there are phrases.
        phrases: said word for word.
        without: what must not be there.
    """

    words: str
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it is nothing but words."""
        return not self.phrases and not self.without


def steps_of(query: str) -> tuple[Step, ...]:
    """The moments that follow each other; one of them for most queries, none for one without anything to look for."""
    phrases: list[str] = []

    def put_aside(match: re.Match[str]) -> str:
        said = next((text for text in match.groups()[1:] if text), "").strip()
        phrases.append(said)
        return f" {match['minus'] or ''}\0{len(phrases) - 1}\0 "  # a "then" inside of quotes parts nothing

    parts = _THEN.split(_QUOTED.sub(put_aside, query))
    steps = tuple(_step(part, phrases) for part in parts)
    if all(step.words or step.phrases for step in steps):
        return steps
    whole = _step(_QUOTED.sub(put_aside, query), phrases)  # "then" at an end is a word like others
    return (whole,) if whole.words or whole.phrases else ()


def _step(text: str, aside: list[str]) -> Step:
    left_out = [aside[int(number)] for number in re.findall(r"-\0(\d+)\0", text)]
    text = re.sub(r"-\0\d+\0", " ", text)
    phrases = [aside[int(number)] for number in re.findall(r"\0(\d+)\0", text)]
    text = re.sub(r"\0\d+\0", " ", text)
    left_out += _LEFT_OUT.findall(text)
    words = " ".join(_LEFT_OUT.sub(" ", text).split())
    return Step(words, tuple(filter(None, phrases)), tuple(filter(None, left_out)))
