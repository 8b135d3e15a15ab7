"""German words for a time as the English ones of `day_words`: "letzte Woche", "vor 3 Tagen", "vom 1. bis 3. März".

Pure. They are understood whatever language the window speaks, as the English ones are.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_MONTHS = {
    "jan": "januar|jänner|jan",
    "feb": "februar|feber|feb",
    "mar": "märz|maerz|mär|mrz",
    "apr": "april|apr",
    "may": "mai",
    "jun": "juni|jun",
    "jul": "juli|jul",
    "aug": "august|aug",
    "sep": "september|sept|sep",
    "oct": "oktober|okt",
    "nov": "november|nov",
    "dec": "dezember|dez",
}
_DAYS = {
    "mon": "montags?|mo",
    "tue": "dienstags?|di",
    "wed": "mittwochs?|mi",
    "thu": "donnerstags?|do",
    "fri": "freitags?|fr",
    "sat": "samstags?|sonnabends?|sa",
    "sun": "sonntags?|so",
}
_UNITS = {
    "minute": "minuten?",
    "hour": "stunden?",
    "day": "tag(?:en|es|e|s)?",
    "weekend": "wochenendes?|wochenenden",
    "week": "wochen?",
    "month": "monat(?:en|es|e|s)?",
    "quarter": "quartal(?:en|es|e|s)?",
    "year": "jahr(?:en|es|e|s)?",
}
_NUMBERS = {
    "a": "ein(?:e[rmns]?)?",
    "two": "zwei",
    "three": "drei",
    "four": "vier",
    "five": "fünf",
    "six": "sechs",
    "seven": "sieben",
    "eight": "acht",
    "nine": "neun",
    "ten": "zehn",
    "eleven": "elf",
    "twelve": "zwölf",
}
_BOUNDS = {
    "between": "zwischen",
    "and": "und",
    "from": "von|vom",
    "since": "seit|ab",
    "until": "bis(?: zum| einschließlich)?",
    "before": "vor",
    "after": "nach",
}
_RELATIVE = {
    "last": "(?:letzt|vorig|vergangen)e[rmns]?",
    "this": "diese[rmns]?|aktuelle[rmns]?",
    "2 days ago": "vorgestern",
    "yesterday": "gestern",
    "today": "heute",
    "now": "jetzt",
}
_SHORT_MONTHS = "|".join(_MONTHS)
_SHORT_DAYS = "|".join(_DAYS)
_UNIT, _NUMBER = "|".join(_UNITS), "|".join(_NUMBERS)
_Replacement = str | Callable[[re.Match[str]], str]


def _day_of_month(match: re.Match[str]) -> str:
    """ "1.3." and "1.3.2026": points mean day, month, year."""
    month = int(match[2])
    if not 1 <= month <= 12:
        return match[0]
    year = f" {match[3]}" if match[3] else ""
    return f"{match[1]} {list(_MONTHS)[month - 1]}{year}"


def _hour(match: re.Match[str]) -> str:
    """A whole hour: "17 Uhr"."""
    hour = int(match[1])
    return f"{hour % 12 or 12}{'am' if hour < 12 else 'pm'}" if hour < 24 else match[0]


def _words(of: dict[str, str], ending: str = "") -> list[tuple[re.Pattern[str], _Replacement]]:
    return [(re.compile(rf"\b(?:{german})\b{ending}"), english) for english, german in of.items()]


_STEPS: tuple[tuple[re.Pattern[str], _Replacement], ...] = (
    *_words(_MONTHS, r"\.?"),
    *_words(_DAYS, r"\.?"),
    *_words(_UNITS),
    (re.compile(rf"\bam (?=(?:{_SHORT_DAYS}|weekend)\b|\d{{1,2}}\.|\d{{4}}-)"), ""),
    (re.compile(r"\b(?:im|de[mnrs]|die|das) "), ""),
    (re.compile(rf"\bvorletzte[rmns]? ({_UNIT})\b"), r"2 \1 ago"),
    *_words(_RELATIVE),
    (re.compile(r"\b([1-4])\. quarter\b"), r"q\1"),
    (re.compile(r"\b(\d{1,2})[.:](\d\d) uhr\b"), r"\1:\2"),
    (re.compile(r"\b(\d{1,2}) uhr\b"), _hour),
    (re.compile(r"\bum (?=\d)"), "at "),
    (re.compile(r"\b(\d{1,2})\. ?(\d{1,2})\.(?: ?(\d{4}))?(?!\d)"), _day_of_month),
    (re.compile(rf"\b(\d{{1,2}})\. ?(?={_SHORT_MONTHS})"), r"\1 "),
    *_words(_NUMBERS),
    (re.compile(rf"\bvor (\d{{1,5}}|{_NUMBER}) ({_UNIT})\b"), r"\1 \2 ago"),
    *_words(_BOUNDS),
    (re.compile(r"\b(\d{1,2})\.(?= (?:until|to|and)\b)"), r"\1"),
    (re.compile(r"\b(\d{1,2})\. ?[-–—] ?(?=\d)"), r"\1 – "),
)


def in_english(words: str) -> str:
    """The words with their German ones in English; expects lower case and single blanks. English ones stay."""
    for pattern, english in _STEPS:
        words = pattern.sub(english, words)
    return words
