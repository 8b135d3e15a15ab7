"""An import from the web in words that a person reads."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from desktop_search.core.footage import Readiness
from desktop_search.core.imports import ImportItem, ImportKind, ImportState, ImportWish
from desktop_search.core.library import CLOUD_ID, LOCAL_ID
from desktop_search.models.upload_words import plain_line, waiting_words

_TAGS_SHOWN = 4


def import_title(wish: ImportWish) -> str:
    """What is imported: "https://…", "3 posts on tiktok.com", "4 posts of https://…", "2 posts each of #fog"."""
    first = plain_line(wish.subjects[0])
    if wish.kind is ImportKind.VIDEO or (wish.kind is ImportKind.POSTS and len(wish.subjects) == 1):
        return first
    if wish.kind is ImportKind.POSTS:
        host = (urlsplit(first).hostname or "").removeprefix("www.")
        return f"{len(wish.subjects):,} posts on {host}"
    posts = "1 post" if wish.count == 1 else f"{wish.count:,} posts"
    if wish.kind is ImportKind.CREATOR:
        return f"{posts} of {first}"
    tags = " ".join(f"#{plain_line(tag)}" for tag in wish.subjects[:_TAGS_SHOWN])
    more = len(wish.subjects) - _TAGS_SHOWN
    return f"{posts} each of {tags}{f' and {more:,} more' if more > 0 else ''}"


def import_place(wish: ImportWish) -> str:
    """Where it goes: "memories.ai, namespace “default”", or the public library."""
    if wish.is_public:
        return f"the public library of {library_words(wish.library_id)}"
    return f"{library_words(wish.library_id)}, namespace “{plain_line(wish.details.namespace)}”"


def import_state_words(item: ImportItem) -> str:
    """How far it is: "waits 42 s: …", "asking…", "fetching… 1 of 4", "3 videos searchable", "failed"."""
    if item.state is ImportState.WAITING:
        return waiting_words(item.cause)
    if item.state is ImportState.ASKED:
        return "asking…"
    searchable, working = item.count(Readiness.SEARCHABLE), item.count(Readiness.WORKING)
    done = f"{searchable:,} searchable" if searchable else ""
    if item.state is ImportState.RUNNING:
        return " · ".join(part for part in (_running(item, working), done) if part)
    if item.state is ImportState.FAILED:
        return "failed"
    if item.wish.kind is ImportKind.VIDEO:
        return "searchable"
    failed = item.count(Readiness.FAILED)
    words = "1 video searchable" if searchable == 1 else f"{searchable:,} videos searchable"
    return f"{words} · {failed:,} failed" if failed else words


def imports_summary(items: Iterable[ImportItem]) -> str:
    """All of them in one line; "" when there are none."""
    rows = list(items)
    if not rows:
        return ""
    words = f"{sum(row.is_over for row in rows):,} of {len(rows):,} done"
    failed = sum(row.state is ImportState.FAILED for row in rows)
    return f"{words} · {failed:,} failed" if failed else words


def _running(item: ImportItem, working: int) -> str:
    if item.wish.kind is ImportKind.VIDEO:
        return "indexing…"
    if len(item.videos) < item.wish.expected:
        permille = "" if item.fetch_permille is None else f" {item.fetch_permille // 10} %"
        return f"fetching…{permille} · {len(item.videos):,} of {item.wish.expected:,} there"
    return f"indexing… {working:,} to go"


def library_words(library_id: str) -> str:
    """What a library is called in the middle of a sentence."""
    if library_id == LOCAL_ID:
        return "this computer"
    return library_id if library_id == CLOUD_ID else urlsplit(library_id).netloc or library_id
