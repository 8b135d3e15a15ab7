"""The items of a library as rows: found by words and state, sorted, grouped under headings. Pure."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from desktop_search.core.library_items import ItemState, LibraryItem


class ItemSort(Enum):
    """By what the items are sorted; the value is what the preferences keep."""

    ADDED = "added"
    NAME = "name"
    TAKEN = "taken"
    DURATION = "duration"
    SIZE = "size"
    PICTURE = "picture"
    RATE = "rate"
    STATE = "state"


class ItemGroup(Enum):
    """Under which headings they stand; the value is what the preferences keep."""

    NONE = "none"
    NAMESPACE = "namespace"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class ItemArrangement:
    """How the items are shown. `descending` turns the order of the sort round."""

    sort: ItemSort = ItemSort.ADDED
    descending: bool = True
    group: ItemGroup = ItemGroup.NONE
    is_grid: bool = True


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items are shown: those that have all of the words somewhere, and are in the state."""

    words: str = ""
    state: ItemState | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """Stands above a group. `name` is "" for what belongs to none."""

    name: str
    count: int


ItemRow = LibraryItem | Heading

_STATES = {state: place for place, state in enumerate(ItemState)}
_KEYS: dict[ItemSort, Callable[[LibraryItem], object]] = {
    ItemSort.ADDED: lambda item: item.created_ms,
    ItemSort.NAME: lambda item: item.name.casefold(),
    ItemSort.TAKEN: lambda item: item.taken_ms,
    ItemSort.DURATION: lambda item: item.duration_ms,
    ItemSort.SIZE: lambda item: item.size_bytes,
    ItemSort.PICTURE: lambda item: (item.width or 0) * (item.height or 0) or None,
    ItemSort.RATE: lambda item: item.fps or None,
    ItemSort.STATE: lambda item: _STATES[item.state],
}


def searched_text(item: LibraryItem) -> str:
    """What the words of the filter are looked for in."""
    texts = [item.name, item.camera, item.namespace, item.item_id, item.cause, item.url, item.path, *item.tags]
    if item.width and item.height:
        texts.append(f"{item.width}×{item.height} {item.width}x{item.height} {min(item.width, item.height)}p")
    if item.fps:
        rate = f"{item.fps:.2f}".rstrip("0").rstrip(".")
        texts.append(f"{rate}fps {rate.replace('.', ',')}fps")
    return "\n".join(texts).casefold()


def is_admitted(item: LibraryItem, text: str, wanted: ItemFilter) -> bool:
    """Whether the filter lets an item through, whose `searched_text` is `text`."""
    if wanted.state is not None and item.state is not wanted.state:
        return False
    return all(word in text for word in wanted.words.casefold().split())


def keeps_place(before: LibraryItem, now: LibraryItem, arrangement: ItemArrangement) -> bool:
    """Whether an item that has changed stands where it stood, in its state and under its heading."""
    key, group = _KEYS[arrangement.sort], arrangement.group
    is_same_group = group is ItemGroup.NONE or _group_name(before, group) == _group_name(now, group)
    return key(before) == key(now) and before.state is now.state and is_same_group


def sorted_items(items: Iterable[LibraryItem], arrangement: ItemArrangement) -> list[LibraryItem]:
    """In order; what is not known of the sort comes last, whichever way round."""
    key = _KEYS[arrangement.sort]
    keyed = [(key(item), item) for item in items]
    known = [pair for pair in keyed if pair[0] is not None]
    known.sort(key=lambda pair: pair[0], reverse=arrangement.descending)  # type: ignore[arg-type, return-value]
    return [item for _key, item in known] + [item for found, item in keyed if found is None]


def rows_of(items: Sequence[LibraryItem], group: ItemGroup) -> list[ItemRow]:
    """Sorted items under the headings of their groups, which come by name, those of no group last."""
    if group is ItemGroup.NONE:
        return list(items)
    names = [_group_name(item, group) for item in items]
    counts = Counter(names)
    inside: dict[str, list[LibraryItem]] = {name: [] for name in counts}
    for name, item in zip(names, items, strict=True):
        inside[name].append(item)
    rows: list[ItemRow] = []
    for name in sorted(counts, key=lambda each: (not each, each.casefold(), each)):
        rows.append(Heading(name, counts[name]))
        rows += inside[name]
    return rows


def _group_name(item: LibraryItem, group: ItemGroup) -> str:
    if group is ItemGroup.NAMESPACE:
        return item.namespace
    return item.path.rpartition(os.sep)[0]
