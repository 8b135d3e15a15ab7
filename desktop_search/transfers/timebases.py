"""How clips count: rate, drop-frame and start timecode, read from the originals on this computer."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.core.errors import FileProblem
from desktop_search.core.hits import Hit
from desktop_search.core.timecode import Timebase
from desktop_search.core.token import CancelToken
from desktop_search.media.probe import probe


class Timebases:
    """Reads each file once. Safe from any thread."""

    def __init__(self, catalog: Catalog) -> None:
        self._links = LocalFilesTable(catalog)
        self._known: dict[Path, Timebase] = {}

    def of_file(self, path: Path) -> Timebase:
        """How this file counts. Raises `FileProblem` when it cannot be read."""
        if path not in self._known:
            self._known[path] = probe(path).timebase
        return self._known[path]

    def of_hits(self, library_id: str, hits: Iterable[Hit], token: CancelToken) -> dict[str, Timebase]:
        """By `video_no`, for the clips whose original is on this computer and can be read."""
        found: dict[str, Timebase] = {}
        for video_no in dict.fromkeys(hit.video_no for hit in hits):
            token.check()
            path = self._links.path_of(library_id, video_no)
            if path is None:
                continue
            try:
                found[video_no] = self.of_file(path)
            except FileProblem:  # its row says seconds instead; the player tells what is wrong with the file
                continue
        return found
