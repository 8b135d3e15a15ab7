"""What a caption model wrote about the segments of a video."""

from __future__ import annotations

from desktop_search.engine.store.database import Database


class Captions:
    """A sentence for each segment, and by which model; both go with the segments when a video is indexed again."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def waiting(self, model: str) -> list[int]:
        """Searchable videos without captions by that model; the newest first."""
        rows = self._database.reading().execute(
            "SELECT id FROM videos WHERE status = 'PARSE' AND captioned_by <> ? ORDER BY id DESC", (model,)
        )
        return [row["id"] for row in rows]

    def keep(self, video_id: int, model: str, captions: dict[int, str]) -> bool:
        """Keep the sentence of each segment, by its id. False where these are not the video's segments any longer."""
        with self._database.writing() as connection:
            rows = connection.execute("SELECT id FROM segments WHERE video_id = ?", (video_id,))
            if {row["id"] for row in rows} != captions.keys():
                return False
            texts = [(text, segment_id) for segment_id, text in captions.items()]
            connection.executemany("UPDATE segments SET caption = ? WHERE id = ?", texts)
            connection.execute("UPDATE videos SET captioned_by = ? WHERE id = ?", (model, video_id))
        return True
