"""Text as words: folded, split, stemmed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+(?:'[^\W\d_]+)*")
_LETTERS_OF_THEIR_OWN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "ı": "i", "’": "'", "‘": "'"}
)
_BRITISH = (
    (re.compile(r"(?<=[a-z]{2})our(?=$|s$|ed$|ing$|ful$|less$|ite$|able$|al$|hood$|ly$)"), "or"),
    (re.compile(r"(?<=[a-z]{3})is(?=e$|es$|ed$|ing$|ation$)"), "iz"),
    (re.compile(r"^(cent|theat|fib|lit|met|spect)re(?=$|s$)"), r"\1er"),
    (re.compile(r"^grey"), "gray"),
)
_KEEP = "our ours four hour hours your yours tour tours pour poured pouring flour sour"
_KEEP_OUR = frozenset(_KEEP.split())
_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "feet": "foot", "mice": "mouse", "teeth": "tooth",
    "geese": "goose", "leaves": "leave", "knives": "knife", "wolves": "wolf", "ran": "run", "went": "go", "gone": "go",
    "goes": "go", "saw": "see", "seen": "see", "said": "say", "spoke": "speak", "spoken": "speak",
}  # fmt: skip


def fold(text: str) -> str:
    """Lower case, without diacritics; compatibility forms (full width, ligatures) made plain."""
    if text.isascii():  # most text, and many times faster
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return (
        "".join(letter for letter in plain if not unicodedata.combining(letter))
        .lower()
        .translate(_LETTERS_OF_THEIR_OWN)
    )


def tokens(text: str) -> list[str]:
    """The words and numbers of a text, in order. `camelCase`, `snake_case` and `take12` come apart."""
    return _TOKEN.findall(fold(_CAMEL.sub(" ", text)))


def _one_spelling(token: str) -> str:
    if token in _KEEP_OUR:
        return token
    for pattern, replacement in _BRITISH:
        token = pattern.sub(replacement, token)
    return token


@lru_cache(maxsize=200_000)
def stem(token: str) -> str:
    """The stem of one folded token; British and American spellings meet, zeros before a number go."""
    if token.isdigit():
        return token.lstrip("0") or "0"
    token = token.removesuffix("'s").replace("'", "")
    token = _IRREGULAR.get(token, token)
    # A stemmer keeps state between its steps, so threads must not share one; the cache makes a new one affordable.
    return str(snowballstemmer.stemmer("english").stemWord(_one_spelling(token)))
