"""Transcripts: where each came from, and a better one in its place."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from desktop_search.engine.indexing.results import Meant, Said, Utterance
from desktop_search.engine.store.changes import Changes
from desktop_search.engine.store.database import Database
from desktop_search.engine.store.meanings import write_meaning

# Not those with words by people, and those with nothing to listen to.
_HEARD = "FROM videos WHERE status = 'PARSE' AND said_by NOT IN ('subtitles', 'sidecar', '')"
_WAITING = """
SELECT id FROM videos WHERE (said_by = 'pocketsphinx' OR listen_again) AND status = 'PARSE' AND file IS NOT NULL
    AND id NOT IN (SELECT video_id FROM places WHERE offline)
ORDER BY id DESC
"""
_ASK_AGAIN = "UPDATE videos SET listen_again = 1 WHERE file IS NOT NULL AND said_by <> ?"
_ADD = """
INSERT INTO utterances (video_id, start_ms, end_ms, text, folded, source, words) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_FORGET = (
    "DELETE FROM utterances WHERE video_id = ?",
    "DELETE FROM meanings WHERE video_id = ? AND part = 'said'",
)


class Transcripts:
    """What is said in searchable videos, as far as somebody or something listened to them."""

    def __init__(self, database: Database, changes: Changes) -> None:
        self._database, self._changes = database, changes

    def replace(self, video_id: int, said: Said, meant: Meant | None = None) -> bool:
        """Put what was heard anew in place of what was heard before, all at once.

        `meant` are the vectors of its utterances, in their order. False when the video was deleted meanwhile, or
        indexed again with words that are better than heard ones.
        """
        with self._database.writing() as connection:
            if connection.execute(f"SELECT 1 {_HEARD} AND id = ?", (video_id,)).fetchone() is None:
                return False
            for statement in _FORGET:
                connection.execute(statement, (video_id,))
            write_utterances(connection, video_id, said.utterances)
            if meant is not None:
                write_meaning(connection, video_id, "said", meant)
            connection.execute(
                "UPDATE videos SET said_by = ?, language = ?, listen_again = 0 WHERE id = ?",
                (said.source, said.language, video_id),
            )
            self._changes.note(connection, [video_id])
        return True

    def waiting(self) -> list[int]:
        """Videos that were heard roughly, or are to be heard again, and whose file is there; the newest first."""
        return [row["id"] for row in self._database.reading().execute(_WAITING)]

    def heard(self) -> int:
        """How many videos were listened to, by whatever."""
        return int(self._database.reading().execute(f"SELECT count(*) {_HEARD}").fetchone()[0])

    def ask_again(self, model: str) -> int:
        """Have those listened to again that another than this model has heard; how many they are."""
        with self._database.writing() as connection:
            return connection.execute(f"{_ASK_AGAIN} AND id IN (SELECT id {_HEARD})", (model,)).rowcount

    def sources(self) -> dict[str, int]:
        """How many videos have their words from where; "" stands for those without sound."""
        counted = "SELECT said_by, count(*) AS videos FROM videos WHERE status = 'PARSE' GROUP BY said_by"
        return {row["said_by"]: row["videos"] for row in self._database.reading().execute(counted)}


def write_utterances(connection: sqlite3.Connection, video_id: int, utterances: Iterable[Utterance]) -> None:
    """Within a transaction."""
    connection.executemany(_ADD, [_values(video_id, one) for one in utterances])


def start_of(at: int, start_ms: int, words: str) -> int:
    """When the letter at `at` of an utterance's text is said; `words` is as it is stored."""
    begun_ms = [word_ms for first, word_ms in json.loads(words or "[]") if first <= at]
    return start_ms + (begun_ms[-1] if begun_ms else 0)


def _values(video_id: int, said: Utterance) -> tuple[object, ...]:
    return video_id, said.start_ms, said.end_ms, said.text, said.text.casefold(), said.source, _packed(said)


def _packed(said: Utterance) -> str:
    """For each word the place of its first letter in the text, and its time after the utterance's start."""
    packed, at = [], 0
    for word in said.words:
        found = said.text.find(word.text.strip(), at)
        if found >= 0:
            packed.append([found, max(0, word.start_ms - said.start_ms)])
            at = found + len(word.text.strip())
    return json.dumps(packed, separators=(",", ":")) if packed else ""
