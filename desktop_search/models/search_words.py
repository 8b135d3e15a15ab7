"""A search in words, for lists of them: what it looks for, and how."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from desktop_search.core.date_words import long_day_words
from desktop_search.core.language import _
from desktop_search.core.library import CLOUD_ID, MEMORIES_AI, THIS_COMPUTER, Library
from desktop_search.core.query import Scope, SearchQuery

_SCOPES = {
    Scope.SEEN: _("seen"),
    Scope.SAID: _("said"),
    Scope.PHRASE: _("exact phrase"),
    Scope.IMAGE: _("images"),
    Scope.CAPTION: _("captions"),
    Scope.PUBLIC: _("public"),
}


def title_of(query: SearchQuery) -> str:
    """What is looked for, on one line."""
    words = " ".join(query.words.split())
    picture = _("picture {name}").format(name=query.picture_name) if query.picture is not None else ""
    return " + ".join(part for part in (words, picture) if part) or _("everything")


def details_of(query: SearchQuery, filters: list[str]) -> str:
    """How it is looked for, "" for an ordinary search; `filters` are the active ones in words."""
    parts = [_SCOPES[query.scope]] if query.scope in _SCOPES and query.picture is None else []
    if query.platform is not None:
        parts.append(query.platform.value.capitalize())
    if query.inside is not None:
        parts.append(_("inside {clip}").format(clip=query.inside_name or query.inside[2]))
    return " · ".join(" ".join(part.split()) for part in (*parts, *filters))


def libraries_words(library_ids: tuple[str, ...]) -> str:
    """The libraries that a saved search asks."""
    known: dict[str, Library] = {each.library_id: each for each in (THIS_COMPUTER, MEMORIES_AI)}
    titles = (known[each].title if each in known else urlsplit(each).netloc or each for each in library_ids)
    return " + ".join(titles) or _("all my libraries")


def may_cost(library_ids: tuple[str, ...]) -> bool:
    """Whether asking these libraries may cost money."""
    return not library_ids or CLOUD_ID in library_ids


def when_words(at_ms: int, now: datetime) -> str:
    """A time of today, else a day; in the zone of `now`."""
    at = datetime.fromtimestamp(at_ms / 1000, now.tzinfo)
    if at.date() == now.date():
        return f"{at:%H:%M}"
    return long_day_words(at, year=at.year != now.year)
