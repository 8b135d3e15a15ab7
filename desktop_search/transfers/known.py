"""Footage that a library has already, under whatever name: recognised by its content before it is sent."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import Link, LocalFilesTable
from desktop_search.core.date_words import long_day_words
from desktop_search.core.footage import Readiness, VideoRecord
from desktop_search.core.language import _
from desktop_search.core.library import LOCAL_ID
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import MediaKind, UploadItem
from desktop_search.transfers.inspection import FileFacts
from desktop_search.transfers.ports import LibraryClient


class KnownFootage:
    """Asks the catalog what was sent to a library, and the library whether it still has it."""

    def __init__(self, catalog: Catalog) -> None:
        self._files = LocalFilesTable(catalog)

    def may_be(self, item: UploadItem) -> str:
        """What the catalog alone says, in words, before the library is asked; "" when it knows nothing."""
        links = (link for link in self._files.twins(item.library_id, item.fingerprint) if _may_fit(link, item))
        link = next(links, None)
        words = _("Was sent before as “{name}”; the library is asked for it when this is started.")
        return words.format(name=link.path.name) if link else ""

    def cause(self, item: UploadItem, facts: FileFacts, client: LibraryClient, token: CancelToken) -> str:
        """Why `item`, whose fingerprint is known, need not be sent; "" when it has to be.

        Where the file that was sent is gone, this one takes its place as the original; only this computer, which keeps
        no copy, has to be given it. Raises `AppError`, `Cancelled`.
        """
        links = [link for link in self._files.twins(item.library_id, item.fingerprint) if _may_fit(link, item)]
        if item.part_start_ms is None and any(link.start_ms for link in links):
            return ""  # it went in parts, and nobody knows here how many there are: each part is asked for
        for link in links:
            if link.start_ms != (item.part_start_ms or 0):
                continue
            record = None if item.kind is MediaKind.IMAGE else _record(link, item, client, token)
            if record is None and item.kind is MediaKind.VIDEO:
                continue
            if not link.path.exists():
                if item.library_id == LOCAL_ID:
                    continue  # the engine finds its file again by being given it
                self._files.relocate(item.library_id, link.video_no, item.path, facts.size_bytes, facts.mtime_ns)
            return _words(link, record)
        return ""


def _may_fit(link: Link, item: UploadItem) -> bool:
    return link.namespace in {"", item.details.namespace}


def _record(link: Link, item: UploadItem, client: LibraryClient, token: CancelToken) -> VideoRecord | None:
    record = client.metadata(link.video_no, item.details.namespace, token=token)
    return None if record is None or record.readiness is Readiness.FAILED else record


def _words(link: Link, record: VideoRecord | None) -> str:
    name = link.path.name
    sent_ms = (record.created_ms if record else None) or link.linked_ms
    if not sent_ms:
        return _("The library has the same footage as “{name}”.").format(name=name)
    day = long_day_words(datetime.fromtimestamp(sent_ms / 1000, UTC).astimezone())
    return _("The library has the same footage as “{name}”, sent on {day}.").format(name=name, day=day)
