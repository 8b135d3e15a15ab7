"""An import from the web in words that a person reads."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from desktop_search.core.footage import Readiness
from desktop_search.core.imports import ImportItem, ImportKind, ImportState, ImportWish
from desktop_search.core.known_texts import localised
from desktop_search.core.language import _, ngettext, number
from desktop_search.core.library import CLOUD_ID, LOCAL_ID
from desktop_search.models.upload_words import failed_words, plain_line, waiting_words

_TAGS_SHOWN = 4


def import_title(wish: ImportWish) -> str:
    """What is imported: "https://…", "3 posts on tiktok.com", "4 posts of https://…", "2 posts each of #fog"."""
    first = plain_line(wish.subjects[0])
    if wish.kind is ImportKind.VIDEO or (wish.kind is ImportKind.POSTS and len(wish.subjects) == 1):
        return first
    if wish.kind is ImportKind.POSTS:
        host = (urlsplit(first).hostname or "").removeprefix("www.")
        return ngettext("{count} post on {host}", "{count} posts on {host}", len(wish.subjects), host=host)
    if wish.kind is ImportKind.CREATOR:
        return ngettext("{count} post of {profile}", "{count} posts of {profile}", wish.count, profile=first)
    tags = " ".join(f"#{plain_line(tag)}" for tag in wish.subjects[:_TAGS_SHOWN])
    more = len(wish.subjects) - _TAGS_SHOWN
    if more > 0:
        tags = _("{tags} and {count} more").format(tags=tags, count=number(more))
    return ngettext("{count} post each of {tags}", "{count} posts each of {tags}", wish.count, tags=tags)


def import_place(wish: ImportWish) -> str:
    """Where it goes: "memories.ai, namespace “default”", or the public library."""
    if wish.is_public:
        return _("the public library of {library}").format(library=library_words(wish.library_id))
    return _("{library}, namespace “{namespace}”").format(
        library=library_words(wish.library_id), namespace=plain_line(wish.details.namespace)
    )


def import_state_words(item: ImportItem) -> str:
    """How far it is: "waits 42 s: …", "asking…", "fetching… 1 of 4", "3 videos searchable", "failed"."""
    if item.state is ImportState.WAITING:
        return waiting_words(localised(item.cause))
    if item.state is ImportState.ASKED:
        return _("asking…")
    searchable, working = item.count(Readiness.SEARCHABLE), item.count(Readiness.WORKING)
    done = ngettext("{count} searchable", "{count} searchable", searchable) if searchable else ""
    if item.state is ImportState.RUNNING:
        return " · ".join(part for part in (_running(item, working), done) if part)
    if item.state is ImportState.FAILED:
        return _("failed")
    if item.wish.kind is ImportKind.VIDEO:
        return _("searchable")
    failed = item.count(Readiness.FAILED)
    words = ngettext("{count} video searchable", "{count} videos searchable", searchable)
    return f"{words} · {failed_words(failed)}" if failed else words


def imports_summary(items: Iterable[ImportItem]) -> str:
    """All of them in one line; "" when there are none."""
    rows = list(items)
    if not rows:
        return ""
    words = _("{done} of {all} done").format(done=number(sum(row.is_over for row in rows)), all=number(len(rows)))
    failed = sum(row.state is ImportState.FAILED for row in rows)
    return f"{words} · {failed_words(failed)}" if failed else words


def _running(item: ImportItem, working: int) -> str:
    if item.wish.kind is ImportKind.VIDEO:
        return _("indexing…")
    if len(item.videos) < item.wish.expected:
        there = _("{some} of {all} there").format(some=number(len(item.videos)), all=number(item.wish.expected))
        permille = "" if item.fetch_permille is None else f" {item.fetch_permille // 10} %"
        fetching = _("fetching…")
        return f"{fetching}{permille} · {there}"
    return _("indexing… {count} to go").format(count=number(working))


def library_words(library_id: str) -> str:
    """What a library is called in the middle of a sentence."""
    if library_id == LOCAL_ID:
        return _("this computer")
    return library_id if library_id == CLOUD_ID else urlsplit(library_id).netloc or library_id
