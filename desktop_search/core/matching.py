"""Finds by a few letters: those of the query, in their order, anywhere in a text; the best match first."""

from __future__ import annotations

_WORD_START, _NEXT_TO, _FIRST, _LETTER = 8.0, 5.0, 4.0, 1.0
_IN_ONE_PIECE = 12.0
_LENGTH_COST = 0.02  # for each letter of the text, so that the shorter of two like texts comes first
_NONE = float("-inf")


def score(query: str, text: str) -> float | None:
    """How well `query` stands in `text`, more is better; `None` when its letters do not, in this order.

    Letters count more at the start of a word and next to each other. Case and spaces of the query do not matter.
    """
    letters = "".join(query.casefold().split())
    lower = text.casefold()
    if not _has_in_order(letters, lower):
        return None
    worth = [_WORD_START if place == 0 or not lower[place - 1].isalnum() else 0.0 for place in range(len(lower))]
    best = [0.0] * (len(lower) + 1)  # the best score of the letters so far, within the first so many of the text
    ending = [_NONE] * len(lower)  # the same, with the last letter exactly there
    for number, letter in enumerate(letters):
        now, reached = [_NONE] * len(lower), [_NONE] * (len(lower) + 1)
        for place, sign in enumerate(lower):
            if sign == letter:
                joined = ending[place - 1] + _NEXT_TO if number and place else _NONE
                first = _FIRST if number == 0 and place == 0 else 0.0
                now[place] = max(best[place], joined) + _LETTER + worth[place] + first
            reached[place + 1] = max(reached[place], now[place])
        best, ending = reached, now
    whole = _IN_ONE_PIECE if query.casefold().strip() in lower else 0.0
    return best[-1] + whole - _LENGTH_COST * len(lower)


def _has_in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
