"""What the store keeps, as plain dataclasses, and how a row becomes one."""

from __future__ import annotations

import json
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from desktop_search.core.query import DEFAULT_NAMESPACE
from desktop_search.engine.library.accounts import PUBLIC_SCOPE
from desktop_search.engine.library.ids import video_no_of
from desktop_search.engine.store.look_words import unpacked

UNPARSE, PARSE, FAILED = "UNPARSE", "PARSE", "FAILED"


@dataclass(frozen=True, slots=True)
class Post:
    """Where a video was imported from: TIKTOK, YOUTUBE or INSTAGRAM, its id there, and its address."""

    platform: str
    post_id: str
    url: str


@dataclass(frozen=True, slots=True)
class Details:
    """What the user said about footage. `taken_ms` is a UTC instant."""

    namespace: str = DEFAULT_NAMESPACE
    tags: tuple[str, ...] = ()
    camera: str = ""
    taken_ms: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    retain: bool = True
    callback: str = ""
    prompt: str = ""
    post: Post | None = None


@dataclass(frozen=True, slots=True)
class Video:
    """One video. `file` is `None` once nothing is kept; with `in_place` it is the user's own.

    `said_by` is the source of its transcript and `language` that of what is said, as in `Said`.
    """

    video_id: int
    namespace: str
    name: str
    file: Path | None
    in_place: bool
    retain: bool
    status: str
    cause: str
    size_bytes: int
    created_ms: int
    duration_ms: int | None
    width: int | None
    height: int | None
    fps: str | None
    taken_ms: int | None
    camera: str
    latitude: float | None
    longitude: float | None
    tags: tuple[str, ...]
    post: Post | None = None
    said_by: str = ""
    language: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_public(self) -> bool:
        """Whether it is in the library that all accounts share."""
        return self.namespace == PUBLIC_SCOPE

    @property
    def video_no(self) -> str:
        """The id on the wire."""
        return video_no_of(self.video_id, public=self.is_public)


@dataclass(frozen=True, slots=True)
class Image:
    """One still image."""

    image_id: int
    namespace: str
    name: str
    suffix: str
    status: str
    created_ms: int
    taken_ms: int | None
    camera: str
    latitude: float | None
    longitude: float | None
    tags: tuple[str, ...]

    @property
    def file_name(self) -> str:
        """The name of its file in the images folder."""
        return f"{self.image_id}{self.suffix}"


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """One utterance of a video."""

    line_id: int
    video_id: int
    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """One segment, with what it is ranked by, and what a caption model wrote about it, if one did."""

    segment_id: int
    video_id: int
    start_ms: int
    end_ms: int
    keyframe_ms: int
    words: dict[str, float]
    screen_text: str
    caption: str = ""


def path_bytes(path: Path | None) -> bytes | None:
    """A path as the system's own bytes: names need not be Unicode."""
    return None if path is None else os.fsencode(path)


def video_of(row: sqlite3.Row) -> Video:
    """A row of `videos` joined with its namespace's name."""
    return Video(
        video_id=row["id"],
        namespace=row["namespace"],
        name=row["name"],
        file=None if row["file"] is None else Path(os.fsdecode(row["file"])),
        in_place=bool(row["in_place"]),
        retain=bool(row["retain"]),
        status=row["status"],
        cause=row["cause"],
        size_bytes=row["size_bytes"],
        created_ms=row["created_ms"],
        duration_ms=row["duration_ms"],
        width=row["width"],
        height=row["height"],
        fps=row["fps"],
        taken_ms=row["taken_ms"],
        camera=row["camera"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        tags=tuple(json.loads(row["tags"])),
        post=Post(row["platform"], row["post_id"], row["post_url"]) if row["platform"] else None,
        said_by=row["said_by"],
        language=row["language"],
        notes=tuple(json.loads(row["notes"])),
    )


def image_of(row: sqlite3.Row) -> Image:
    """A row of `images` joined with its namespace's name."""
    return Image(
        image_id=row["id"],
        namespace=row["namespace"],
        name=row["name"],
        suffix=row["suffix"],
        status=row["status"],
        created_ms=row["created_ms"],
        taken_ms=row["taken_ms"],
        camera=row["camera"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        tags=tuple(json.loads(row["tags"])),
    )


def segment_of(row: sqlite3.Row) -> SegmentRow:
    """A row of `segments`."""
    return SegmentRow(
        segment_id=row["id"],
        video_id=row["video_id"],
        start_ms=row["start_ms"],
        end_ms=row["end_ms"],
        keyframe_ms=row["keyframe_ms"],
        words=unpacked(row["words"]),
        screen_text=row["screen_text"],
        caption=row["caption"],
    )
