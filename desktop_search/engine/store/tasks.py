"""Imports as tasks: what was asked, how far it is, and what became of each post. They outlive a restart."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_search.engine.library.ids import now_ms
from desktop_search.engine.store.database import Database
from desktop_search.engine.store.namespaces import namespace_id
from desktop_search.engine.store.rows import Video, video_of

WAITING, DONE, FAILED = "WAITING", "DONE", "FAILED"
_TASK = """
SELECT tasks.id, account, namespaces.name AS namespace, quality, posts_max, callback, state
FROM tasks JOIN namespaces ON namespaces.id = tasks.namespace_id
"""
_VIDEOS = """
SELECT item.*, namespaces.name AS namespace
FROM task_items JOIN videos AS item ON item.id = task_items.video_id
JOIN namespaces ON namespaces.id = item.namespace_id
WHERE task_items.task_id = ? AND namespaces.name = ?
GROUP BY item.id ORDER BY min(task_items.id)
"""


@dataclass(frozen=True, slots=True)
class Task:
    """An import. `posts_max`: how many posts of each list."""

    task_id: str
    account: str
    namespace: str
    quality: str
    posts_max: int
    callback: str
    state: str = WAITING


@dataclass(frozen=True, slots=True)
class Item:
    """One address of a task: a list of posts, or a post."""

    item_id: int
    listing: bool
    address: str
    state: str
    cause: str


class Tasks:
    """The tables of imports."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, task: Task, addresses: Iterable[str], *, listing: bool) -> None:
        """A new task; on disk when this returns. Its namespace must exist."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO tasks (id, account, namespace_id, quality, posts_max, callback, state, created_ms)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    task.task_id,
                    task.account,
                    namespace_id(connection, task.namespace),
                    task.quality,
                    task.posts_max,
                    task.callback,
                    WAITING,
                    now_ms(),
                ),
            )
            _add_items(connection, task.task_id, addresses, listing=listing)

    def waiting(self) -> int:
        """How many have not ended."""
        row = self._database.reading().execute("SELECT count(*) FROM tasks WHERE state = ?", (WAITING,)).fetchone()
        return int(row[0])

    def next(self) -> Task | None:
        """The oldest that has not ended."""
        row = self._database.reading().execute(f"{_TASK} WHERE state = ? ORDER BY created_ms, tasks.rowid", (WAITING,))
        found = row.fetchone()
        return None if found is None else Task(*found)

    def get(self, task_id: str) -> Task | None:
        """One task."""
        row = self._database.reading().execute(f"{_TASK} WHERE tasks.id = ?", (task_id,)).fetchone()
        return None if row is None else Task(*row)

    def items(self, task_id: str) -> list[Item]:
        """All addresses of a task, in order."""
        rows = self._database.reading().execute(
            "SELECT id, listing, address, state, cause FROM task_items WHERE task_id = ? ORDER BY id", (task_id,)
        )
        return [Item(row[0], bool(row[1]), *row[2:]) for row in rows]

    def videos(self, task_id: str, namespace: str) -> list[Video]:
        """What the task brought, as far as it is in that namespace."""
        rows = self._database.reading().execute(_VIDEOS, (task_id, namespace))
        return [video_of(row) for row in rows]

    def list_done(self, task_id: str, item: Item, addresses: Sequence[str]) -> None:
        """A list of posts was read: these are to be fetched."""
        with self._database.writing() as connection:
            connection.execute("UPDATE task_items SET state = ? WHERE id = ?", (DONE, item.item_id))
            _add_items(connection, task_id, addresses, listing=False)

    def post_done(self, item: Item, video_id: int) -> None:
        """A post is in the library. The video may have been deleted meanwhile."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE task_items SET state = ?, video_id = (SELECT id FROM videos WHERE id = ?) WHERE id = ?",
                (DONE, video_id, item.item_id),
            )

    def item_failed(self, item: Item, cause: str) -> None:
        """An address could not be read."""
        with self._database.writing() as connection:
            connection.execute("UPDATE task_items SET state = ?, cause = ? WHERE id = ?", (FAILED, cause, item.item_id))

    def end(self, task: Task, state: str, message: str) -> None:
        """The task is over; its callback, if it has one, is due from the same moment."""
        with self._database.writing() as connection:
            connection.execute("UPDATE tasks SET state = ? WHERE id = ?", (state, task.task_id))
            if task.callback:
                word = "SUCCEEDED" if state == DONE else "FAILED"
                body = json.dumps({"taskId": task.task_id, "status": word, "message": message}, ensure_ascii=False)
                connection.execute("INSERT INTO callbacks (address, body) VALUES (?, ?)", (task.callback, body))


def _add_items(connection: sqlite3.Connection, task_id: str, addresses: Iterable[str], *, listing: bool) -> None:
    connection.executemany(
        "INSERT INTO task_items (task_id, listing, address, state) VALUES (?, ?, ?, ?)",
        [(task_id, listing, address, WAITING) for address in addresses],
    )
