"""How clips count: rate, drop-frame and start timecode, read from the originals on this computer."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.core.errors import FileProblem
from desktop_search.core.hits import ClipKey, Hit
from desktop_search.core.timecode import Timebase
from desktop_search.core.token import CancelToken
from desktop_search.media.probe import probe


class Timebases:
    """Reads each file once. Safe from any thread."""

    def __init__(self, catalog: Catalog) -> None:
        self._links = LocalFilesTable(catalog)
        self._known: dict[Path, tuple[Timebase, int]] = {}

    def of_file(self, path: Path) -> Timebase:
        """How this file counts. Raises `FileProblem` when it cannot be read."""
        return self._look(path)[0]

    def length_ms_of(self, path: Path) -> int | None:
        """How long this file is; `None` when it cannot be read."""
        try:
            return self._look(path)[1]
        except FileProblem:
            return None

    def _look(self, path: Path) -> tuple[Timebase, int]:
        if path not in self._known:
            info = probe(path)
            self._known[path] = info.timebase, info.duration_ms
        return self._known[path]

    def of_hits(self, hits: Iterable[Hit], token: CancelToken) -> dict[ClipKey, Timebase]:
        """By clip, for those whose original is on this computer and can be read."""
        found: dict[ClipKey, Timebase] = {}
        for clip, hit in {hit.clip: hit for hit in hits}.items():
            token.check()
            path = self._links.path_of(hit.library_id, hit.video_no)
            if path is None:
                continue
            try:
                found[clip] = self.of_file(path)
            except FileProblem:  # its row says seconds instead; the player tells what is wrong with the file
                continue
        return found
