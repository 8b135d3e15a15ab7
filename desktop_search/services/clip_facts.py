"""What is known of the clips of an answer besides it: whether they are the same footage, and when it was captured."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import islice

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.hits import ClipKey, Hit
from desktop_search.core.listing import ListFilters
from desktop_search.core.query import VIDEO_NOS_MAX
from desktop_search.core.token import CancelToken
from desktop_search.transfers.ports import Clients


class ClipFacts:
    """Not for the GUI thread."""

    def __init__(self, catalog: Catalog, clients: Clients) -> None:
        self._links, self._uploads, self._clients = LocalFilesTable(catalog), UploadsTable(catalog), clients

    def fingerprints(self, hits: Iterable[Hit], _token: CancelToken) -> dict[ClipKey, str]:
        """Of the originals, as far as they were sent from this computer. Raises `CatalogProblem`."""
        clips = {hit.clip for hit in hits}
        found = self._links.fingerprints_of((library_id, video_no) for library_id, _namespace, video_no in clips)
        return {clip: found[clip[0], clip[2]] for clip in clips if (clip[0], clip[2]) in found}

    def taken_ms(self, hits: Iterable[Hit], token: CancelToken) -> dict[ClipKey, int]:
        """When clips were captured, as UTC instants in ms: as the queue knows it, else as the library does.

        One list of the library for 100 clips that the queue does not know. Posts of the public library are left out.
        Raises an `AppError`, and `Cancelled`.
        """
        by_place: dict[tuple[str, str], set[str]] = defaultdict(set)
        for hit in hits:
            if not hit.is_public:
                by_place[hit.library_id, hit.namespace].add(hit.video_no)
        found: dict[ClipKey, int] = {}
        for (library_id, namespace), video_nos in by_place.items():
            taken = self._uploads.taken_ms(library_id, video_nos)
            taken |= self._listed(library_id, namespace, video_nos - set(taken), token)
            found |= {(library_id, namespace, video_no): at_ms for video_no, at_ms in taken.items()}
        return found

    def _listed(self, library_id: str, namespace: str, video_nos: set[str], token: CancelToken) -> dict[str, int]:
        found: dict[str, int] = {}
        left = iter(sorted(video_nos))
        while some := tuple(islice(left, VIDEO_NOS_MAX)):
            filters = ListFilters(video_nos=some)
            client = self._clients(library_id, token)
            records, _total = client.list_videos(namespace, 1, len(some), filters=filters, token=token)
            found |= {each.video_no: each.taken_ms for each in records if each.taken_ms is not None}
        return found
