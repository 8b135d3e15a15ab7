"""What a library's items say in rows, and to a screen reader."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop_search.core.known_texts import localised
from desktop_search.core.language import _, ngettext, number, short_number
from desktop_search.core.library_items import ItemKind, ItemState, LibraryItem
from desktop_search.core.library_rows import Heading, ItemGroup, ItemSort
from desktop_search.core.places import Place
from desktop_search.models.result_words import one_line
from desktop_search.models.transfer_words import size_words
from desktop_search.models.upload_words import plain_line

STATES = {
    ItemState.SEARCHABLE: _("searchable"),
    ItemState.INDEXING: _("indexing"),
    ItemState.FAILED: _("failed"),
    ItemState.OFFLINE: _("offline"),
}
SORTS = {
    ItemSort.ADDED: _("By when it was added"),
    ItemSort.NAME: _("By name"),
    ItemSort.TAKEN: _("By capture time"),
    ItemSort.DURATION: _("By length"),
    ItemSort.SIZE: _("By size"),
    ItemSort.PICTURE: _("By picture size"),
    ItemSort.RATE: _("By rate"),
    ItemSort.STATE: _("By state"),
}
GROUPS = {
    ItemGroup.NONE: _("Without headings"),
    ItemGroup.NAMESPACE: _("By namespace"),
    ItemGroup.FOLDER: _("By folder on this computer"),
}


def item_name(item: LibraryItem) -> str:
    """Its name in one line."""
    return plain_line(one_line(item.name)) or _("(no name)")


def state_words(item: LibraryItem) -> str:
    """Its state, with the cause of a failure."""
    words = STATES[item.state]
    return f"{words}: {one_line(localised(item.cause))}" if item.state is ItemState.FAILED and item.cause else words


def length_words(item: LibraryItem) -> str:
    """How long it is: 0:42, 1:02:03; "" where nobody knows."""
    if not item.duration_ms:
        return ""
    minutes, second = divmod(round(item.duration_ms / 1000), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"


def item_size(item: LibraryItem) -> str:
    """Its size; "" where nobody knows."""
    return size_words(item.size_bytes) if item.size_bytes else ""


def resolution_words(item: LibraryItem) -> str:
    """1920×1080; "" where nobody knows."""
    return f"{item.width}×{item.height}" if item.width and item.height else ""


def rate_words(item: LibraryItem) -> str:
    """Frames in a second, as editors say it: 25, 29.97; "" where nobody knows."""
    return short_number(item.fps) if item.fps else ""


def day_words(at_ms: int | None) -> str:
    """A UTC instant as day and time; "" for none."""
    return "" if at_ms is None else f"{datetime.fromtimestamp(at_ms / 1000, UTC):%Y-%m-%d %H:%M}"


def place_words(item: LibraryItem) -> str:
    """Where it was captured; "" where nobody knows."""
    if item.latitude is None or item.longitude is None:
        return ""
    return Place(item.latitude, item.longitude).described


def item_tip(item: LibraryItem) -> str:
    """All that is known of it, a line for each."""
    lines = (
        item_name(item),
        state_words(item),
        " · ".join(
            part
            for part in (length_words(item), resolution_words(item), rate_words(item), item_size(item), item.camera)
            if part
        ),
        " · ".join(part for part in (day_words(item.taken_ms), place_words(item)) if part),
        ", ".join(item.tags),
        _("namespace: {namespace}").format(namespace=plain_line(item.namespace)) if item.namespace else "",
        plain_line(item.path or item.url),
    )
    return "\n".join(line for line in lines if line)


def heading_words(heading: Heading) -> str:
    """What stands above a group."""
    name = plain_line(one_line(heading.name)) or _("Others")
    return f"{name} · {number(heading.count)}"


def summary_words(kind: ItemKind, shown: int, states: dict[ItemState, int]) -> str:
    """Such as "1,204 videos · 3 indexing · 1 failed"; with how many of them the filter shows."""
    count = sum(states.values())
    if kind is ItemKind.VIDEO:
        words = ngettext("{count} video", "{count} videos", count)
    elif kind is ItemKind.IMAGE:
        words = ngettext("{count} image", "{count} images", count)
    else:
        words = ngettext("{count} post", "{count} posts", count)
    if shown != count:
        words = _("{shown} of {all}").format(shown=number(shown), all=words)
    others = [f"{number(states[state])} {STATES[state]}" for state in STATES if state is not ItemState.SEARCHABLE]
    there = [part for part, state in zip(others, list(STATES)[1:], strict=True) if states[state]]
    return " · ".join([words, *there])
