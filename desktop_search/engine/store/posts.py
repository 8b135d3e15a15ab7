"""Posts of platforms that are in the library: each is fetched once, however many libraries it is put into."""

from __future__ import annotations

from desktop_search.engine.store.changes import Changes
from desktop_search.engine.store.database import Database
from desktop_search.engine.store.rows import Video, video_of

_SELECT = """
SELECT item.*, namespaces.name AS namespace
FROM videos AS item JOIN namespaces ON namespaces.id = item.namespace_id
WHERE item.platform = :platform AND item.post_id = :post_id
"""


class Posts:
    """The videos that were imported."""

    def __init__(self, database: Database, changes: Changes) -> None:
        self._database, self._changes = database, changes

    def copies(self, platform: str, post_id: str) -> list[Video]:
        """Every video made from that post, in all namespaces, the oldest first."""
        rows = self._database.reading().execute(
            f"{_SELECT} ORDER BY item.id", {"platform": platform, "post_id": post_id}
        )
        return [video_of(row) for row in rows]

    def refresh(self, video_id: int, *, name: str, address: str) -> None:
        """Write down what the post is called now, and where it is."""
        with self._database.writing() as connection:
            connection.execute("UPDATE videos SET name = ?, post_url = ? WHERE id = ?", (name, address, video_id))
            self._changes.note(connection, [video_id])
