"""The language that the user reads: every text that is shown goes through `_` or `ngettext`.

The language is chosen once, before the rest of the program is imported, because tables of texts are made at import.
A text with a value in it is a format, so that other languages can put the value elsewhere:
`_("{name} is not a video.").format(name=name)`.
"""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from pathlib import Path

DOMAIN = "desktop_search"

_chosen: gettext.NullTranslations = gettext.NullTranslations()


def use(folder: Path, languages: Sequence[str]) -> None:
    """Choose the first language that there is a translation for; English where there is none.

    Args:
        folder: where the translations are: `de/LC_MESSAGES/desktop_search.mo`.
        languages: "de_AT", "de", the most wanted first.
    """
    global _chosen
    _chosen = gettext.translation(DOMAIN, folder, languages, fallback=True)


def _(text: str) -> str:
    """The text in the user's language."""
    return _chosen.gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The form of a text that goes with the number `count`, in the user's language; both are formats with `{count}`."""
    return _chosen.ngettext(one, many, count).format(count=count)


def pgettext(context: str, text: str) -> str:
    """As `_`, for a word that other languages have several of; `context` says where it stands."""
    return _chosen.pgettext(context, text)


def N_(text: str) -> str:
    """The text as it is: marks one that is kept in English, and goes through `_` where it is shown."""
    return text
