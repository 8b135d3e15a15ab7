"""How clips count: rate, drop-frame and start timecode, read from the originals on this computer."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.core.byte_source import SourceOf
from desktop_search.core.errors import FileProblem
from desktop_search.core.hits import ClipKey, Hit
from desktop_search.core.timecode import Timebase
from desktop_search.core.token import CancelToken
from desktop_search.media.probe import probe, probe_arriving


class Timebases:
    """Reads each file once. Safe from any thread."""

    def __init__(self, catalog: Catalog, arriving: SourceOf) -> None:
        self._links, self._arriving = LocalFilesTable(catalog), arriving
        self._known: dict[Path, tuple[Timebase, int]] = {}

    def of_file(self, path: Path, token: CancelToken | None = None) -> Timebase:
        """How this file counts; where it is on its way, as soon as its head is here.

        Raises `FileProblem` when it cannot be read, `Cancelled`, and what the fetching raises.
        """
        return self.look(path, token)[0]

    def look(self, path: Path, token: CancelToken | None = None) -> tuple[Timebase, int]:
        """How this file counts, and how long it is, in ms. Raises as `of_file`."""
        token = token or CancelToken()
        if path not in self._known:
            source = self._arriving(path)
            info = probe(path) if source is None else probe_arriving(source, token)
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
