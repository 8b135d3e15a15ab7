"""Where and when the clips and images of a library were captured: as it is kept at once, then as the library says."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from desktop_search.core.hits import ClipKey
from desktop_search.core.library_items import ItemKind, LibraryItem, Reading
from desktop_search.core.map_points import PlacedClip
from desktop_search.core.places import Place
from desktop_search.core.token import CancelToken
from desktop_search.services.library_items import LibraryItems

Report = Callable[[tuple[PlacedClip, ...]], object]


def read_placed_clips(
    items: LibraryItems, library_id: str, token: CancelToken, report: Report
) -> tuple[PlacedClip, ...]:
    """All of them; `report` gets what is kept, and what is known after page 1, 2, 4, 8 … of the library's list.

    Images are known as far as this computer knows them. Raises `Cancelled`, and any `AppError` of the library or the
    way to it.
    """
    known: dict[ClipKey, LibraryItem] = {
        item.key: item for kind in (ItemKind.VIDEO, ItemKind.IMAGE) for item in items.kept(library_id, kind)
    }
    report(_placed(known.values()))
    pages = 0

    def take(reading: Reading) -> None:
        nonlocal pages
        pages += 1
        known.update((item.key, item) for item in reading.items)
        if pages & (pages - 1) == 0:
            report(_placed(known.values()))

    for item in items.refresh(library_id, token, take).removed:
        known.pop(item.key, None)
    return _placed(known.values())


def _placed(items: Iterable[LibraryItem]) -> tuple[PlacedClip, ...]:
    return tuple(PlacedClip(item.key, item.name, _place(item), item.taken_ms, item) for item in items)


def _place(item: LibraryItem) -> Place | None:
    if item.latitude is None or item.longitude is None:
        return None
    return Place(item.latitude, item.longitude)
