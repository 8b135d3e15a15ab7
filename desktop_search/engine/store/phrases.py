"""Substring search in what is said, through an index of letter triples."""

from __future__ import annotations

import json
from dataclasses import replace

from desktop_search.engine.store.database import Database
from desktop_search.engine.store.rows import SpokenLine
from desktop_search.engine.store.transcripts import start_of

_TRIPLE = 3  # shorter phrases are not in the index and are looked for by reading every line
_TRIPLES_MAX = 24  # looked up; the lines that have them are read anyway
# CROSS JOIN keeps the order: the lines that the index names first, not each video with all its lines.
_FROM = """
FROM utterances
CROSS JOIN videos ON videos.id = utterances.video_id
CROSS JOIN namespaces ON namespaces.id = videos.namespace_id
WHERE namespaces.name = :namespace AND videos.status = 'PARSE' AND instr(utterances.folded, :phrase) > 0
"""
_ORDER = "ORDER BY videos.created_ms DESC, videos.id DESC, utterances.start_ms, utterances.id"
_LINES = """
SELECT id, video_id, start_ms, end_ms, text, words FROM utterances WHERE id IN (SELECT value FROM json_each(?))
"""
_BY_TRIPLES = "AND utterances.id IN (SELECT rowid FROM utterance_grams WHERE utterance_grams MATCH :triples)"


class Phrases:
    """Exact phrases in transcripts, whatever their case. `%`, `_`, `*` and quotes mean themselves."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, phrase: str, namespace: str, *, page: int, size: int) -> tuple[list[SpokenLine], int]:
        """One page (1-based) of the lines that hold the phrase, newest video first, and how many there are in all.

        Where the times of a line's words are known, it begins with the first word of the phrase.
        """
        folded = phrase.casefold()
        values: dict[str, object] = {"namespace": namespace, "phrase": folded}
        condition = _FROM
        if len(folded) >= _TRIPLE and "\0" not in folded:
            values["triples"] = triples_of(folded)
            condition += _BY_TRIPLES
        connection = self._database.reading()
        ids = [row["id"] for row in connection.execute(f"SELECT utterances.id {condition} {_ORDER}", values)]
        shown = json.dumps(ids[(page - 1) * size : page * size])
        rows = {row["id"]: row for row in connection.execute(_LINES, (shown,))}  # some may be gone by now
        lines = [rows[each] for each in json.loads(shown) if each in rows]
        return [_from_phrase(SpokenLine(*row[:-1]), row["words"], folded) for row in lines], len(ids)


def _from_phrase(line: SpokenLine, words: str, folded: str) -> SpokenLine:
    if not words:
        return line
    return replace(line, start_ms=start_of(_place(line.text, folded), line.start_ms, words))


def _place(text: str, folded: str) -> int:
    """Where in a text the folded phrase begins: folding makes some letters longer."""
    before = text.casefold().partition(folded)[0]
    at = done = 0
    while done < len(before):
        done += len(text[at].casefold())
        at += 1
    return at


def triples_of(folded: str) -> str:
    """Some of the triples of a phrase, from all over it, as a question to the index, which knows of no order."""
    places = range(len(folded) - _TRIPLE + 1)
    chosen = places[:: -(-len(places) // _TRIPLES_MAX)]
    asked = dict.fromkeys(folded[place : place + _TRIPLE].replace('"', '""') for place in chosen)
    return " AND ".join(f'"{each}"' for each in asked)
