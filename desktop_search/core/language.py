"""The language that the user reads: every text that is shown goes through `_` or `ngettext`.

The language is chosen once, before the rest of the program is imported, because tables of texts are made at import.
A text with a value in it is a format, so that other languages can put the value elsewhere:
`_("{name} is not a video.").format(name=name)`. See docs/translations.md.
"""

from __future__ import annotations

import gettext
import struct
from collections.abc import Sequence
from pathlib import Path

_DOMAIN = "desktop_search"
ENGLISH = "en"

_chosen: gettext.NullTranslations = gettext.NullTranslations()
_name = ENGLISH
_SEPARATORS = {"de": str.maketrans(",.", ".,")}


def use(folder: Path, languages: Sequence[str]) -> str:
    """Choose the first language that there is a translation for; English where there is none. Returns its name.

    Args:
        folder: where the translations are: `de/LC_MESSAGES/desktop_search.mo`.
        languages: "de-AT", "de_AT" or "de", the most wanted first.
    """
    global _chosen, _name
    _chosen, _name = gettext.NullTranslations(), ENGLISH
    for wanted in languages:
        whole = wanted.replace("-", "_")
        for name in (whole, whole.split("_")[0]):
            if name == ENGLISH:
                return _name
            file = folder / name / "LC_MESSAGES" / f"{_DOMAIN}.mo"
            if name.isidentifier() and (found := _read(file)) is not None:
                _chosen, _name = found, name
                return _name
    return _name


def _read(file: Path) -> gettext.GNUTranslations | None:
    """The translations in the file; none where there is no such file, or it is damaged."""
    try:
        with file.open("rb") as content:
            return gettext.GNUTranslations(content)
    except (OSError, ValueError, struct.error):
        return None


def chosen() -> str:
    """The language that was chosen: "en", "de"."""
    return _name


def _(text: str) -> str:
    """The text in the user's language."""
    return _chosen.gettext(text) if text else ""


def ngettext(one: str, many: str, count: int, **values: object) -> str:
    """The form of a text that goes with the number `count`, in the user's language.

    Both are formats with `{count}`, and with the names of `values`.
    """
    return _chosen.ngettext(one, many, count).format(count=number(count), **values)


def pgettext(context: str, text: str) -> str:
    """As `_`, for a word that other languages have several of; `context` says where it stands."""
    return _chosen.pgettext(context, text)


def N_(text: str) -> str:
    """The text as it is: marks one that is kept in English, and goes through `_` where it is shown."""
    return text


def begun(text: str) -> str:
    """A sentence as the end of one that has begun already: small in English, where nouns are small too."""
    if _name != ENGLISH or text[1:2].isupper():
        return text
    return text[:1].lower() + text[1:]


def number(value: float, places: int = 0) -> str:
    """A number as it is written in the user's language: "1,234.5", "1.234,5"; `places` of them after the point."""
    plain = f"{value:,.{places}f}"
    return plain.translate(_SEPARATORS[_name]) if _name in _SEPARATORS else plain


def short_number(value: float, places: int = 3) -> str:
    """The same with as few digits after the point as it takes, at most `places`: "0.5", "2"."""
    return number(value, len(f"{value:.{places}f}".rstrip("0").partition(".")[2]))
