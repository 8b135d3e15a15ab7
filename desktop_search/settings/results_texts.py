"""How results, and the items of a library, are arranged: as the JSON that the preferences file keeps."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from typing import Any

from desktop_search.core.arranging import Sort
from desktop_search.core.library_rows import ItemArrangement, ItemGroup, ItemSort
from desktop_search.core.result_rows import PER_CLIP_MAX, Arrangement


def arrangement_to_json(arrangement: Arrangement) -> dict[str, Any]:
    """Plain values for `json.dumps`."""
    return asdict(arrangement)


def arrangement_from_json(content: object) -> Arrangement:
    """The arrangement; the default for each part that is missing or makes no sense."""
    values = asdict(Arrangement())
    given = content if isinstance(content, dict) else {}
    values |= {name: given[name] for name, value in values.items() if type(given.get(name)) is type(value)}
    with suppress(ValueError):
        values["sort"] = Sort(given.get("sort", values["sort"]))
    values["per_clip"] = min(max(values["per_clip"], 1), PER_CLIP_MAX)
    return Arrangement(**values)


def items_to_json(arrangement: ItemArrangement) -> dict[str, Any]:
    """Plain values for `json.dumps`."""
    return asdict(arrangement) | {"sort": arrangement.sort.value, "group": arrangement.group.value}


def items_from_json(content: object) -> ItemArrangement:
    """The arrangement; the default for each part that is missing or makes no sense."""
    values = asdict(ItemArrangement())
    given = content if isinstance(content, dict) else {}
    values |= {name: given[name] for name in ("descending", "is_grid") if isinstance(given.get(name), bool)}
    with suppress(ValueError):
        values["sort"] = ItemSort(given.get("sort", values["sort"]))
    with suppress(ValueError):
        values["group"] = ItemGroup(given.get("group", values["group"]))
    return ItemArrangement(**values)
