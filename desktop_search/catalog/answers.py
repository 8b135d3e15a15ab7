"""Answers that were paid for, kept on this computer: by library and whole query, bounded in number, size and age."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace

from desktop_search.catalog.database import Catalog
from desktop_search.core.hits import SearchAnswer
from desktop_search.core.json_texts import made_of, plain

ANSWERS_MAX, BYTES_MAX, AGE_MAX_MS = 300, 32 * 1024**2, 30 * 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it was at `found_ms` (a UTC instant); `is_outdated` when the library's footage changed since."""

    answer: SearchAnswer
    found_ms: int
    is_outdated: bool = False


class AnswersTable:
    """Every method raises `CatalogProblem` or `DiskFull`. Signed addresses are not kept: they expire."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def get(self, library_id: str, asked: str) -> KeptAnswer | None:
        """The answer to what was asked in these very words, `None` without one that is young enough."""
        with self._catalog.reading() as connection:
            row = connection.execute(
                "SELECT answer, found_ms, is_outdated FROM answers WHERE library_id = ? AND query = ? AND found_ms > ?",
                (library_id, asked, _now_ms() - AGE_MAX_MS),
            ).fetchone()
        answer = made_of(SearchAnswer, json.loads(row[0])) if row else None
        return None if answer is None else KeptAnswer(answer, row[1], bool(row[2]))

    def keep(self, library_id: str, asked: str, answer: SearchAnswer) -> None:
        """Keep an answer in the place of an older one; the oldest beyond the bounds are forgotten."""
        text, now_ms = json.dumps(plain(_kept_part(answer))), _now_ms()
        if len(text) > BYTES_MAX:
            return
        with self._catalog.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, 0)",
                (library_id, asked, text, len(text), now_ms),
            )
            connection.execute("DELETE FROM answers WHERE found_ms <= ?", (now_ms - AGE_MAX_MS,))
            connection.execute(
                "DELETE FROM answers WHERE (library_id, query) IN (SELECT library_id, query FROM ("
                " SELECT library_id, query, ROW_NUMBER() OVER newest AS number, SUM(size_bytes) OVER newest AS bytes"
                " FROM answers WINDOW newest AS (ORDER BY found_ms DESC, rowid DESC ROWS UNBOUNDED PRECEDING)"
                ") WHERE number > ? OR bytes > ?)",
                (ANSWERS_MAX, BYTES_MAX),
            )

    def outdate(self, library_id: str) -> None:
        """The library's footage has changed: what is kept of it may be out of date."""
        with self._catalog.writing() as connection:
            # Nothing is written for the second of many files, and so nothing waits for the disk.
            connection.execute(
                "UPDATE answers SET is_outdated = 1 WHERE library_id = ? AND is_outdated = 0", (library_id,)
            )

    def forget(self, library_id: str | None = None) -> None:
        """Forget the answers of a library, or of all."""
        with self._catalog.writing() as connection:
            connection.execute("DELETE FROM answers WHERE ? IN (library_id, '')", (library_id or "",))


def _kept_part(answer: SearchAnswer) -> SearchAnswer:
    """Without what expires, and without what this computer knows better when it is read again.

    Times are kept as the library has them: which original a video came from is looked up each time.
    """
    return SearchAnswer(
        hits=tuple(replace(hit.in_its_video, original=None, library_id="") for hit in answer.hits),
        images=tuple(replace(image, image_url="", library_id="") for image in answer.images),
    )


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
