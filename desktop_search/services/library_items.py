"""What a library has: kept from the last time, read anew behind that, with what this computer knows of it besides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Protocol

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.imports import ImportsTable
from desktop_search.catalog.library_items import LibraryItemsTable
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.calls import CallKind
from desktop_search.core.footage import VideoRecord
from desktop_search.core.hits import ClipKey, Found, ImageHit
from desktop_search.core.library_items import ItemKind, LibraryItem, Reading
from desktop_search.core.listing import LIST_SIZE, ListFilters
from desktop_search.core.query import DEFAULT_NAMESPACE
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import MediaFacts, MediaKind, UploadItem, UploadState

_SPARE_CALLS = 2  # of those that the service allows in a second, left to searches and uploads
_ASKED_AT_ONCE = 100
_ROUNDED_MS = 1000  # lists tell whole seconds


class Lister(Protocol):
    """The calls of a client that tell what there is."""

    def wait_s(self, kind: CallKind, spare: int = ..., /) -> float:
        """For how many seconds a call would be kept waiting now."""

    def list_unique_ids(self, *, token: CancelToken) -> tuple[str, ...]:
        """The namespaces of the account."""

    def list_videos(
        self, namespace: str, page: int, size: int, /, *, filters: ListFilters = ..., token: CancelToken
    ) -> tuple[tuple[VideoRecord, ...], int]:
        """One page of videos, and how many there are in all."""

    def metadata(self, video_no: str, namespace: str, /, *, token: CancelToken) -> VideoRecord | None:
        """One video, `None` when the library does not have it."""

    def delete_videos(self, ids: Sequence[str], namespace: str, /, *, token: CancelToken) -> None:
        """Remove videos; unknown ids are ignored."""


Listers = Callable[[str, CancelToken], Lister]
Report = Callable[[Reading], object]
DeletedReport = Callable[[tuple[LibraryItem, ...]], object]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What reading anew has come to.

    Attributes:
        removed: what is kept no more.
        gone: that of it which the library does not have any more; the rest was moved.
    """

    removed: tuple[LibraryItem, ...]
    gone: tuple[LibraryItem, ...]


class LibraryItems:
    """Safe from any thread; not for the GUI thread. Every method raises `CatalogProblem`, `DiskFull`."""

    def __init__(self, catalog: Catalog, clients: Listers) -> None:
        self._table, self._links = LibraryItemsTable(catalog), LocalFilesTable(catalog)
        self._uploads, self._imports = UploadsTable(catalog), ImportsTable(catalog)
        self._clients = clients

    def kept(self, library_id: str, kind: ItemKind) -> tuple[LibraryItem, ...]:
        """What is known without asking anybody, in no order."""
        here: Iterable[LibraryItem] = ()
        if kind is not ItemKind.VIDEO:
            is_image = kind is ItemKind.IMAGE
            here = self._sent_images(library_id) if is_image else self._imported_posts(library_id)
        known = {item.key: item for item in self._table.all(library_id, kind)}
        news = {item.key: item for item in (_joined(known.get(item.key), item) for item in here)}
        self._table.put(item for key, item in news.items() if known.get(key) != item)
        return tuple((known | news).values())

    def refresh(self, library_id: str, token: CancelToken, report: Report) -> Refreshed:
        """Read the videos of all namespaces page by page; each page is kept, and reported, as it comes.

        What is kept of another time and not listed any more is asked for by its id before it is forgotten, because
        pages shift while footage comes and goes. Raises any `AppError` of the library, after which what came is kept;
        `Cancelled`.
        """
        client = self._clients(library_id, token)
        namespaces = client.list_unique_ids(token=token) or (DEFAULT_NAMESPACE,)
        known = {item.key: item for item in self._table.all(library_id, ItemKind.VIDEO)}
        seen: set[ClipKey] = set()
        before = 0
        for namespace in namespaces:
            for records, total in _pages(client, namespace, token):
                items = tuple(_learned(known.get(item.key), item) for item in self._known_here(library_id, records))
                self._table.put(item for item in items if known.get(item.key) != item)
                seen |= {item.key for item in items}
                report(Reading(items, len(seen), max(len(seen), before + total)))
            before = len(seen)
        missing = [item for key, item in known.items() if key not in seen]
        gone = [*_gone(client, [item for item in missing if item.namespace in namespaces], token)]
        gone += [item for item in missing if item.namespace not in namespaces]
        self._table.remove(ItemKind.VIDEO, [item.key for item in gone])
        there = {video_no for _library, _namespace, video_no in seen}
        return Refreshed(tuple(gone), tuple(item for item in gone if item.item_id not in there))

    def details(self, item: LibraryItem, token: CancelToken) -> LibraryItem | None:
        """A video with all that its library tells; `None`, and it is forgotten, when the library does not have it.

        The call costs nothing, and leaves some of those that are allowed to searches and uploads. What the library does
        not say is 0 from now on, so that it is asked once. Raises any `AppError` of the library; `Cancelled`.
        """
        client = self._clients(item.library_id, token)
        token.wait(client.wait_s(CallKind.LIST, _SPARE_CALLS))
        record = client.metadata(item.item_id, item.namespace, token=token)
        if record is None:
            self.forget([item])
            return None
        (told,) = self._known_here(item.library_id, [record])
        found = _learned(item, told)
        found = found._replace(width=found.width or 0, height=found.height or 0, fps=found.fps or 0.0)
        self._table.put([found])
        return found

    def delete(self, items: Sequence[LibraryItem], token: CancelToken, report: DeletedReport) -> None:
        """Delete videos from their library, and nothing else; reports those of each call once they are gone.

        What the library does not have any more is no error. Raises any `AppError` of the library, after which what was
        reported is deleted and nothing else; `Cancelled` between two calls.
        """
        batches: dict[tuple[str, str], list[LibraryItem]] = {}
        for item in items:
            batches.setdefault((item.library_id, item.namespace), []).append(item)
        for (library_id, namespace), same in batches.items():
            client = self._clients(library_id, token)
            for start in range(0, len(same), _ASKED_AT_ONCE):
                batch = same[start : start + _ASKED_AT_ONCE]
                token.wait(client.wait_s(CallKind.DELETE))
                client.delete_videos([item.item_id for item in batch], namespace, token=token)
                self.forget(batch)
                for item in batch:
                    self._links.unlink(library_id, item.item_id)
                report(tuple(batch))

    def forget_listed(self, library_id: str) -> None:
        """Forget all that a library has listed: another account is asked from now on."""
        self._table.forget_listed(library_id)

    def forget(self, items: Iterable[LibraryItem]) -> None:
        """The library does not have these any more."""
        for item in items:
            self._table.remove(item.kind, [item.key])

    def remember(self, found: Iterable[Found]) -> tuple[LibraryItem, ...]:
        """What searches find tells of pictures, of posts, and of how videos look; what is new of it."""
        fresh = [item for each in found if (item := self._of_found(each)) is not None]
        fresh = list({item.key: item for item in fresh}.values())
        self._table.put(fresh)
        return tuple(fresh)

    def failed_uploads(self, items: Sequence[LibraryItem]) -> tuple[UploadItem, ...]:
        """The rows of the upload queue that these were made by and that failed."""
        wanted = {(item.library_id, item.item_id) for item in items}
        failed = self._uploads.in_state(UploadState.FAILED)
        return tuple(row for row in failed if (row.library_id, row.remote_id) in wanted)

    def _known_here(self, library_id: str, records: Sequence[VideoRecord]) -> tuple[LibraryItem, ...]:
        """Videos with what this computer knows of them."""
        ids = [record.video_no for record in records]
        origins, sent = self._links.origins_of(library_id, ids), self._table.sent(library_id, ids)
        items = []
        for record in records:
            sent_path, facts = sent.get(record.video_no, (None, MediaFacts()))
            path, start_ms = origins.get(record.video_no, (sent_path, 0))
            items.append(_item(library_id, record, path, facts, start_ms))
        return tuple(items)

    def _sent_images(self, library_id: str) -> Iterator[LibraryItem]:
        for row in self._uploads.all(library_id):
            if row.kind is MediaKind.IMAGE and row.remote_id:
                yield _sent_image(row)

    def _imported_posts(self, library_id: str) -> Iterator[LibraryItem]:
        for row in self._imports.all():
            if not row.wish.is_public or row.wish.library_id != library_id:
                continue
            url = row.wish.subjects[0] if len(row.wish.subjects) == 1 else ""
            for video in row.videos:
                yield LibraryItem(
                    library_id,
                    ItemKind.POST,
                    "",
                    video.video_no,
                    video.name,
                    video.status,
                    video.cause,
                    video.duration_ms,
                    video.size_bytes,
                    row.added_ms,
                    width=video.width,
                    height=video.height,
                    fps=video.fps,
                    url=video.url or url,
                )

    def _of_found(self, found: Found) -> LibraryItem | None:
        if isinstance(found, ImageHit):
            return _found_image(found, self._links.last_path_of(found.library_id, found.image_id))
        kind = ItemKind.POST if found.is_public else ItemKind.VIDEO
        known = next(iter(self._table.some(found.library_id, kind, [found.video_no])), None)
        if known is not None:
            news = found.keyframe is not None and known.keyframe is None
            return known._replace(keyframe=found.keyframe) if news else None
        if not found.is_public:
            return None  # the list of the library tells more of it
        return LibraryItem(
            found.library_id, kind, "", found.video_no, found.name, keyframe=found.keyframe, blob=found.video
        )


def _joined(known: LibraryItem | None, item: LibraryItem) -> LibraryItem:
    """What this computer knows of an item now, with what was learned about it from searches."""
    if known is None:
        return item
    return item._replace(blob=known.blob, keyframe=known.keyframe, url=item.url or known.url)


def _learned(known: LibraryItem | None, item: LibraryItem) -> LibraryItem:
    """A video as its library tells it now, with what only other answers have told."""
    if known is None:
        return item
    return item._replace(
        width=item.width or known.width,
        height=item.height or known.height,
        fps=item.fps or known.fps,
        url=item.url or known.url,
        keyframe=item.keyframe or known.keyframe,
    )


def _length_ms(record: VideoRecord, facts: MediaFacts) -> int | None:
    """To the millisecond where the file that was looked into is what the library has, not more of it."""
    told_ms = record.duration_ms
    is_whole = not told_ms or abs(facts.duration_ms - told_ms) <= _ROUNDED_MS
    return facts.duration_ms if facts.duration_ms and is_whole else told_ms


def _pages(client: Lister, namespace: str, token: CancelToken) -> Iterator[tuple[tuple[VideoRecord, ...], int]]:
    page, seen = 1, 0
    while True:
        token.wait(client.wait_s(CallKind.LIST, _SPARE_CALLS))
        records, total = client.list_videos(namespace, page, LIST_SIZE, token=token)
        if records:
            yield records, total
        page, seen = page + 1, seen + len(records)
        if not records or seen >= total:
            return


def _gone(client: Lister, missing: Sequence[LibraryItem], token: CancelToken) -> Iterator[LibraryItem]:
    """Those of the missing that the library does not have when it is asked for them."""
    by_namespace: dict[str, list[LibraryItem]] = {}
    for item in missing:
        by_namespace.setdefault(item.namespace, []).append(item)
    for namespace, items in by_namespace.items():
        for start in range(0, len(items), _ASKED_AT_ONCE):
            batch = items[start : start + _ASKED_AT_ONCE]
            token.wait(client.wait_s(CallKind.LIST, _SPARE_CALLS))
            filters = ListFilters(video_nos=tuple(item.item_id for item in batch))
            records, _total = client.list_videos(namespace, 1, LIST_SIZE, filters=filters, token=token)
            there = {record.video_no for record in records}
            yield from (item for item in batch if item.item_id not in there)


def _item(
    library_id: str, record: VideoRecord, path: Path | None, facts: MediaFacts, part_start_ms: int
) -> LibraryItem:
    return LibraryItem(
        library_id,
        ItemKind.VIDEO,
        record.namespace,
        record.video_no,
        path.name if path is not None and record.name == path.stem else record.name,
        record.status,
        record.cause,
        _length_ms(record, facts),
        record.size_bytes,
        record.created_ms,
        record.taken_ms,
        record.camera,
        record.latitude,
        record.longitude,
        record.tags,
        facts.width or record.width,
        facts.height or record.height,
        float(facts.rate) or record.fps,
        record.url,
        record.blob,
        record.keyframe,
        path="" if path is None else str(path),
        is_away=path is not None and not _is_there(path),
        part_start_ms=part_start_ms,
    )


def _sent_image(row: UploadItem) -> LibraryItem:
    details = row.details
    taken = details.taken
    return LibraryItem(
        row.library_id,
        ItemKind.IMAGE,
        details.namespace,
        row.remote_id,
        row.path.name,
        size_bytes=row.size_bytes,
        created_ms=row.added_ms,
        taken_ms=None if taken is None else round(taken.replace(tzinfo=UTC).timestamp() * 1000),
        camera=details.camera,
        latitude=details.latitude,
        longitude=details.longitude,
        tags=details.tags,
        width=row.facts.width or None,
        height=row.facts.height or None,
        path=str(row.path),
        is_away=not _is_there(row.path),
    )


def _found_image(image: ImageHit, path: Path | None) -> LibraryItem:
    return LibraryItem(
        image.library_id,
        ItemKind.IMAGE,
        image.namespace,
        image.image_id,
        image.name,
        taken_ms=image.taken_ms,
        camera=image.camera,
        latitude=image.latitude,
        longitude=image.longitude,
        url=image.image_url,
        blob=image.blob,
        path="" if path is None else str(path),
        is_away=path is not None and not _is_there(path),
    )


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
