"""Who changed since one last looked: what is held in memory, or in a cache on disk, keeps up with the record by it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from desktop_search.engine.store.database import Database

Kind = Literal["video", "video meaning", "image", "image meaning"]
_LATEST = "SELECT coalesce(max(number), 0) FROM changes"
_NOTE = f"""
INSERT INTO changes SELECT :kind, value, ({_LATEST}) + 1 FROM json_each(:ids) WHERE true
ON CONFLICT (kind, item_id) DO UPDATE SET number = excluded.number
"""  # noqa: S608 - of constants
_SINCE = """
SELECT item_id, number FROM changes WHERE kind IN (SELECT value FROM json_each(?)) AND number > ?
"""


class Changes:
    """Ids whose searchable contents changed, or that are gone. Safe from any thread.

    Changes are numbered upwards for the life of the record, also across restarts. A number is given in the transaction
    of its change, so that whoever hears of it reads what is new.

    Args:
        database: the record.
        kind: what is noted.
        also: what is told of besides.
    """

    def __init__(self, database: Database, kind: Kind, *also: Kind) -> None:
        self._database, self._kind, self._told = database, kind, json.dumps((kind, *also))

    def note(self, connection: sqlite3.Connection, ids: Iterable[int]) -> None:
        """These are changed or deleted by the open transaction."""
        connection.execute(_NOTE, {"kind": self._kind, "ids": json.dumps(list(ids))})

    def since(self, number: int) -> tuple[set[int], int]:
        """What changed after that number, and the number of the last of these changes."""
        rows = self._database.reading().execute(_SINCE, (self._told, number)).fetchall()
        return {row["item_id"] for row in rows}, max((row["number"] for row in rows), default=number)

    def latest(self) -> int:
        """The number of the last change of any kind; 0 before the first."""
        return int(self._database.reading().execute(_LATEST).fetchone()[0])
