"""What libraries had when they were asked last, so that the window can show it at once."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.row_texts import facts_of
from desktop_search.core.hits import BlobRef, ClipKey
from desktop_search.core.library_items import ItemKind, LibraryItem
from desktop_search.core.uploads import MediaFacts

_KEY = "library_id, kind, namespace, item_id"
_REST = (
    "name, status, cause, duration_ms, size_bytes, created_ms, taken_ms, camera, latitude, longitude, tags, width, "
    "height, fps, url, bucket, blob, keyframe_bucket, keyframe_blob, path, is_away, "
    "part_start_ms"
)
_ENCODING, _ERRORS = sys.getfilesystemencoding(), sys.getfilesystemencodeerrors()  # as `os.fsdecode`, but faster
_PLACES = ", ".join("?" * (f"{_KEY}, {_REST}".count(",") + 1))
_PUT = f"INSERT OR REPLACE INTO library_items ({_KEY}, {_REST}) VALUES ({_PLACES})"  # noqa: S608 - constants
_SELECT = f"SELECT {_KEY}, {_REST} FROM library_items WHERE library_id = ? AND kind = ?"  # noqa: S608
_SOME = f"{_SELECT} AND item_id IN (SELECT value FROM json_each(?))"  # noqa: S608
_UNFINISHED = f"SELECT {_KEY}, {_REST} FROM library_items WHERE kind = 'video' AND status <> 'PARSE'"  # noqa: S608
_PLACED = (("library_items", "item_id"), ("local_files", "video_no"), ("selects", "video_no"))
_MOVED = tuple(
    f"UPDATE OR REPLACE {table} SET namespace = ? WHERE library_id = ?"  # noqa: S608 - constants
    f" AND {column} IN (SELECT value FROM json_each(?))"
    for table, column in _PLACED
)


class LibraryItemsTable:
    """Rows by library and kind. Every method raises `CatalogProblem` or `DiskFull`."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def all(self, library_id: str, kind: ItemKind) -> tuple[LibraryItem, ...]:
        """All that is kept of a library, in no order."""
        with self._catalog.reading() as connection:
            rows = connection.execute(_SELECT, (library_id, kind.value))
            return tuple([_item(row, kind) for row in rows])

    def some(self, library_id: str, kind: ItemKind, ids: Collection[str]) -> tuple[LibraryItem, ...]:
        """Those of these ids that are kept."""
        with self._catalog.reading() as connection:
            rows = connection.execute(
                _SOME,
                (library_id, kind.value, json.dumps(list(ids))),
            ).fetchall()
        return tuple(_item(row, kind) for row in rows)

    def unfinished(self) -> tuple[LibraryItem, ...]:
        """Videos of all libraries that were not searchable when their library was asked last."""
        with self._catalog.reading() as connection:
            rows = connection.execute(_UNFINISHED).fetchall()
        return tuple(_item(row, ItemKind.VIDEO) for row in rows)

    def put(self, items: Iterable[LibraryItem]) -> None:
        """Keep these as they are now."""
        with self._catalog.writing() as connection:
            connection.executemany(_PUT, [_values(item) for item in items])

    def remove(self, kind: ItemKind, keys: Iterable[ClipKey]) -> None:
        """Forget these; unknown ones are ignored."""
        with self._catalog.writing() as connection:
            connection.executemany(
                "DELETE FROM library_items WHERE kind = ? AND library_id = ? AND namespace = ? AND item_id = ?",
                [(kind.value, *key) for key in keys],
            )

    def forget_listed(self, library_id: str) -> None:
        """Forget what a library has listed: maybe another account is asked from now on."""
        with self._catalog.writing() as connection:
            values = (library_id, ItemKind.VIDEO.value)
            connection.execute("DELETE FROM library_items WHERE library_id = ? AND kind = ?", values)

    def move(self, library_id: str, ids: Collection[str], namespace: str) -> None:
        """These videos are in that namespace now, for everything that is remembered of them."""
        with self._catalog.writing() as connection:
            for statement in _MOVED:
                connection.execute(statement, (namespace, library_id, json.dumps(list(ids))))

    def sent(self, library_id: str, ids: Collection[str]) -> dict[str, tuple[Path, MediaFacts]]:
        """By id, the file that the upload queue has sent, and what a look into it told; the newest row of each."""
        with self._catalog.reading() as connection:
            rows = connection.execute(
                "SELECT remote_id, path, facts FROM uploads"
                " WHERE library_id = ? AND remote_id IN (SELECT value FROM json_each(?)) ORDER BY id",
                (library_id, json.dumps(list(ids))),
            ).fetchall()
        return {row[0]: (Path(os.fsdecode(row[1])), facts_of(row[2])) for row in rows}


def _values(item: LibraryItem) -> tuple[object, ...]:
    return (
        item.library_id,
        item.kind.value,
        item.namespace,
        item.item_id,
        item.name,
        item.status,
        item.cause,
        item.duration_ms,
        item.size_bytes,
        item.created_ms,
        item.taken_ms,
        item.camera,
        item.latitude,
        item.longitude,
        json.dumps(item.tags) if item.tags else "",
        item.width,
        item.height,
        item.fps,
        item.url,
        *_blob_texts(item.blob),
        *_blob_texts(item.keyframe),
        os.fsencode(item.path),
        int(item.is_away),
        item.part_start_ms,
    )


def _blob_texts(blob: BlobRef | None) -> tuple[str, str]:
    return ("", "") if blob is None else (blob.bucket, blob.blob)


def _item(row: tuple[Any, ...], kind: ItemKind) -> LibraryItem:
    """In the order of the columns, which is that of the fields: tens of thousands of them open at once."""
    tags, bucket, blob, keyframe_bucket, keyframe_blob, path, is_away, part_start_ms = row[14], *row[19:]
    values = (
        row[0],
        kind,
        *row[2:14],
        _tags(tags) if tags else (),
        *row[15:19],
        BlobRef(bucket, blob) if blob else None,
        BlobRef(keyframe_bucket, keyframe_blob) if keyframe_blob else None,
        path.decode(_ENCODING, _ERRORS) if path else "",
        bool(is_away),
        part_start_ms,
    )
    return LibraryItem._make(values)


@lru_cache(maxsize=1024)
def _tags(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
