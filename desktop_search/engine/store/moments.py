"""What was indexed of videos: segments with their words, marks of frames, utterances."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desktop_search.engine.encoders.looks import Looks
from desktop_search.engine.indexing.results import INDEX_VERSION, Meant, Segment, Utterance, VideoAnalysis
from desktop_search.engine.store.changes import Changes
from desktop_search.engine.store.database import Database
from desktop_search.engine.store.look_words import packed
from desktop_search.engine.store.meanings import Part, write_meaning
from desktop_search.engine.store.rows import SegmentRow, SpokenLine, segment_of
from desktop_search.engine.store.transcripts import write_utterances
from desktop_search.engine.store.videos import row_exists

_FORGET = (
    "DELETE FROM segments WHERE video_id = ?",
    "DELETE FROM utterances WHERE video_id = ?",
    "DELETE FROM frame_marks WHERE video_id = ?",
    "DELETE FROM meanings WHERE video_id = ?",
)
_ADD_SEGMENT = """
INSERT INTO segments (video_id, start_ms, end_ms, keyframe_ms, words, screen_text, starts_shot)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_SEARCHABLE = """
UPDATE videos SET status = 'PARSE', cause = '', index_version = :version, notes = :notes,
    said_by = :said_by, language = :language, listen_again = 0, captioned_by = '',
    duration_ms = :duration_ms, width = :width, height = :height, fps = :fps, has_audio = :has_audio,
    taken_ms = coalesce(taken_ms, :taken_ms),
    camera = CASE WHEN camera = '' THEN :camera ELSE camera END,
    longitude = CASE WHEN latitude IS NULL THEN :longitude ELSE longitude END,
    latitude = CASE WHEN latitude IS NULL THEN :latitude ELSE latitude END
WHERE id = :id
"""
_OF_VIDEOS = "WHERE video_id IN (SELECT value FROM json_each(?))"
_WITH_IDS = "WHERE id IN (SELECT value FROM json_each(?))"
_SEGMENTS = "SELECT * FROM segments"
_LINES = "SELECT id, video_id, start_ms, end_ms, text FROM utterances"
_MARKS = "SELECT * FROM frame_marks"


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one video: `times_ms[i]` belongs to row i of `looks`."""

    video_id: int
    times_ms: npt.NDArray[np.int64]
    looks: Looks


class Moments:
    """The tables below a video."""

    def __init__(self, database: Database, changes: Changes) -> None:
        self._database, self._changes = database, changes

    def keep(self, video_id: int, analysis: VideoAnalysis) -> bool:
        """Replace what is known of a video and make it searchable, all at once. False when it was deleted meanwhile."""
        with self._database.writing() as connection:
            if not row_exists(connection, video_id):
                return False
            for statement in _FORGET:
                connection.execute(statement, (video_id,))
            segments = [_segment_values(video_id, segment) for segment in analysis.segments]
            connection.executemany(_ADD_SEGMENT, segments)
            write_utterances(connection, video_id, analysis.utterances)
            connection.execute("INSERT INTO frame_marks VALUES (?, ?, ?, ?)", _marks_values(video_id, analysis))
            connection.execute(_SEARCHABLE, _video_values(video_id, analysis))
            _write_meanings(connection, video_id, analysis)
            self._changes.note(connection, [video_id])
        return True

    def segments_of(self, video_ids: Iterable[int]) -> Iterator[SegmentRow]:
        """All segments of these videos, video by video, in order."""
        return map(segment_of, self._read(f"{_SEGMENTS} {_OF_VIDEOS} ORDER BY video_id, start_ms", video_ids))

    def first_keyframes(self, video_ids: Iterable[int]) -> dict[int, int]:
        """Which moment the picture of the first segment of each of these videos shows, in ms."""
        statement = f"SELECT video_id, keyframe_ms, min(start_ms) FROM segments {_OF_VIDEOS} GROUP BY video_id"  # noqa: S608
        return {row["video_id"]: row["keyframe_ms"] for row in self._read(statement, video_ids)}

    def shots_of(self, video_id: int) -> list[int]:
        """When the shots of a video begin, in ms, in order."""
        statement = "SELECT start_ms FROM segments WHERE video_id = ? AND starts_shot ORDER BY start_ms"
        return [row["start_ms"] for row in self._database.reading().execute(statement, (video_id,))]

    def segments(self, segment_ids: Iterable[int]) -> dict[int, SegmentRow]:
        """Those of these segments that are there, by id."""
        return {row["id"]: segment_of(row) for row in self._read(f"{_SEGMENTS} {_WITH_IDS}", segment_ids)}

    def spoken_in(self, video_ids: Iterable[int]) -> list[SpokenLine]:
        """All utterances of these videos, video by video, in order."""
        rows = self._read(f"{_LINES} {_OF_VIDEOS} ORDER BY video_id, start_ms, id", video_ids)
        return [SpokenLine(*row) for row in rows]

    def spoken(self, line_ids: Iterable[int]) -> dict[int, SpokenLine]:
        """Those of these utterances that are there, by id."""
        return {row["id"]: SpokenLine(*row) for row in self._read(f"{_LINES} {_WITH_IDS}", line_ids)}

    def marks(self, video_ids: Iterable[int]) -> Iterator[Marks]:
        """The marks of each of these videos that has some."""
        for row in self._read(f"{_MARKS} {_OF_VIDEOS}", video_ids):
            times = np.frombuffer(row["times_ms"], dtype="<i8")
            if len(times):
                yield Marks(row["video_id"], times, _looks_of(row["vectors"], len(times), row["dim"]))

    def _read(self, statement: str, ids: Iterable[int]) -> Iterator[sqlite3.Row]:
        return self._database.reading().execute(statement, (json.dumps(list(ids)),))


def _video_values(video_id: int, analysis: VideoAnalysis) -> dict[str, object]:
    info = analysis.info
    place_known = info.latitude is not None and info.longitude is not None
    return {
        "id": video_id,
        "duration_ms": info.duration_ms,
        "width": info.width,
        "height": info.height,
        "fps": str(info.fps),
        "has_audio": info.has_audio,
        "taken_ms": info.taken_ms,
        "camera": info.camera,
        "latitude": info.latitude if place_known else None,
        "longitude": info.longitude if place_known else None,
        "version": INDEX_VERSION,
        "notes": json.dumps(analysis.notes),
        "said_by": analysis.said_by,
        "language": analysis.language,
    }


def _write_meanings(connection: sqlite3.Connection, video_id: int, analysis: VideoAnalysis) -> None:
    """What is meant, in the order in which segments and utterances are read."""
    parts: tuple[tuple[Part, Meant | None, Sequence[Segment | Utterance]], ...] = (
        ("seen", analysis.seen_meant, analysis.segments),
        ("said", analysis.said_meant, analysis.utterances),
    )
    for part, meant, rows in parts:
        if meant is not None:
            order = np.argsort([row.start_ms for row in rows], kind="stable")
            write_meaning(connection, video_id, part, Meant(meant.model, meant.vectors[order]))


def _segment_values(video_id: int, segment: Segment) -> tuple[object, ...]:
    words = packed(segment.words)
    times = segment.start_ms, segment.end_ms, segment.keyframe_ms
    return video_id, *times, words, segment.screen_text, segment.starts_shot


def _marks_values(video_id: int, analysis: VideoAnalysis) -> tuple[object, ...]:
    times = np.array([mark.at_ms for mark in analysis.frames], dtype="<i8")
    if not len(times):
        return video_id, 0, b"", b""
    looks = Looks.of(np.array([mark.vector for mark in analysis.frames]))
    return video_id, looks.dim, times.tobytes(), looks.codes.tobytes() + looks.scales.astype("<f4").tobytes()


def _looks_of(packed: bytes, count: int, dim: int) -> Looks:
    if len(packed) != count * (dim + 4):  # stored by an earlier version: float16
        return Looks.of(np.frombuffer(packed, dtype="<f2").reshape(count, -1))
    codes = np.frombuffer(packed, np.int8, count * dim).reshape(count, dim)
    return Looks(codes, np.frombuffer(packed, "<f4", count, count * dim))
