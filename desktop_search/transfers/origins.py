"""Hits in terms of the originals on this computer: their names and times, whatever was sent in their place."""

from __future__ import annotations

from dataclasses import replace

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable, Origin
from desktop_search.core.hits import Hit, SearchAnswer


class Origins:
    """Knows which file each video was made from. Safe from any thread."""

    def __init__(self, catalog: Catalog) -> None:
        self._links = LocalFilesTable(catalog)

    def mapped(self, library_id: str, answer: SearchAnswer) -> SearchAnswer:
        """The same answer; hits in proxies and in parts of split videos are called and timed like their originals.

        Whether an original is there at the moment does not matter. Raises `CatalogProblem`.
        """
        origins = self._links.origins_of(library_id, {hit.video_no for hit in answer.hits})
        return replace(
            answer,
            hits=tuple(_mapped(hit, origins[hit.video_no]) if hit.video_no in origins else hit for hit in answer.hits),
        )


def _mapped(hit: Hit, origin: Origin) -> Hit:
    path, start_ms = origin
    name = hit.name if hit.name in {path.name, path.stem} else path.name
    return replace(
        hit,
        name=name,
        start_ms=hit.start_ms + start_ms,
        end_ms=None if hit.end_ms is None else hit.end_ms + start_ms,
        part_start_ms=start_ms,
        original=path,
    )
