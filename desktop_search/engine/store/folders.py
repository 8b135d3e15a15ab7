"""Namespaces as folders (contract §10): listed, made, renamed, emptied, deleted."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from desktop_search.engine.store.database import Database
from desktop_search.engine.store.namespaces import namespace_id

_IN_USE = """
SELECT EXISTS (SELECT 1 FROM videos WHERE namespace_id = :id AND status = 'PARSE')
    OR EXISTS (SELECT 1 FROM images WHERE namespace_id = :id AND status = 'PARSE')
"""
_DELETE = (
    "UPDATE videos SET namespace_id = :heir WHERE namespace_id = :id",
    "UPDATE images SET namespace_id = :heir WHERE namespace_id = :id",
    "UPDATE tasks SET namespace_id = :heir WHERE namespace_id = :id",
    "DELETE FROM namespaces WHERE id = :id",
)
_MOVE = """
UPDATE videos SET namespace_id = :target WHERE id IN (SELECT value FROM json_each(:videos))
    AND namespace_id IN (SELECT value FROM json_each(:folders))
"""


class FolderGone(Exception):
    """There is no such folder, or no longer."""


class FolderTaken(Exception):
    """There is another folder of that name."""


class FolderInUse(Exception):
    """The folder holds footage that is searchable."""


class Folders:
    """The same rows as `Namespaces`: a folder is a namespace with its number."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[tuple[int, str]]:
        """Number and scope of each, in the order of their first use."""
        rows = self._database.reading().execute("SELECT id, name FROM namespaces ORDER BY id")
        return [(row["id"], row["name"]) for row in rows]

    def add(self, folder_id: int, scope: str) -> None:
        """Make an empty folder. Raises FolderTaken."""
        self._write("INSERT INTO namespaces (id, name) VALUES (:id, :name)", folder_id, scope)

    def rename(self, folder_id: int, scope: str) -> None:
        """Give a folder, and all that is in it, another name. Raises FolderTaken, and FolderGone."""
        self._write("UPDATE namespaces SET name = :name WHERE id = :id", folder_id, scope)

    def delete(self, folder_id: int, heir: str) -> None:
        """Delete a folder. What could not be indexed, or is not yet, goes to the namespace `heir`, which must exist.

        Raises FolderInUse, and FolderGone.
        """
        with self._database.writing() as connection:
            if connection.execute("SELECT 1 FROM namespaces WHERE id = ?", (folder_id,)).fetchone() is None:
                raise FolderGone
            if connection.execute(_IN_USE, {"id": folder_id}).fetchone()[0]:
                raise FolderInUse
            values = {"id": folder_id, "heir": namespace_id(connection, heir)}
            for statement in _DELETE:
                connection.execute(statement, values)

    def move(self, video_ids: Sequence[int], from_folders: Iterable[int], target: str) -> None:
        """Put those of the videos that are in one of these folders into the namespace `target`, which must exist."""
        with self._database.writing() as connection:
            values = {
                "videos": json.dumps(list(video_ids)),
                "folders": json.dumps(list(from_folders)),
                "target": namespace_id(connection, target),
            }
            connection.execute(_MOVE, values)

    def _write(self, statement: str, folder_id: int, scope: str) -> None:
        try:
            with self._database.writing() as connection:
                changed = connection.execute(statement, {"id": folder_id, "name": scope}).rowcount
        except sqlite3.IntegrityError:
            raise FolderTaken from None
        if changed == 0:
            raise FolderGone
