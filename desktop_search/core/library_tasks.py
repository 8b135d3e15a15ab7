"""What libraries are at work on: imports and indexing, each with what arrived and what failed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from desktop_search.core.footage import Readiness
from desktop_search.core.imports import ImportItem, ImportWish
from desktop_search.core.library_items import ItemState, LibraryItem
from desktop_search.core.uploads import UploadItem, UploadState


class TaskKind(Enum):
    """Where it comes from."""

    IMPORT = "import"
    UPLOAD = "upload"
    LISTED = "listed"  # sent by another computer, or another program


@dataclass(frozen=True, slots=True)
class Task:
    """One task.

    Attributes:
        name: of the file or the video; "" for an import, which `wish` tells of.
        arrived, failed, expected: how many videos.
        began_ms: UTC instant in ms; 0 where nobody knows.
        is_over: nothing more happens by itself; it is shown because something of it failed.
    """

    kind: TaskKind
    library_id: str
    name: str
    wish: ImportWish | None
    arrived: int
    failed: int
    expected: int
    began_ms: int
    is_over: bool
    cause: str = ""


def task_of_import(item: ImportItem) -> Task | None:
    """An import that goes on, or of which something failed; `None` for one that went well."""
    failed = item.count(Readiness.FAILED)
    if item.is_over and not failed and not item.cause:
        return None
    expected = max(item.wish.expected, len(item.videos))
    return Task(
        TaskKind.IMPORT,
        item.wish.library_id,
        "",
        item.wish,
        item.count(Readiness.SEARCHABLE),
        failed,
        expected,
        item.added_ms,
        item.is_over,
        item.cause or next((video.cause for video in item.videos if video.cause), ""),
    )


def task_of_upload(item: UploadItem) -> Task:
    """A file that is being indexed, or has failed."""
    failed = item.state is UploadState.FAILED
    began_ms = item.begun_ms or item.added_ms
    return Task(TaskKind.UPLOAD, item.library_id, item.path.name, None, 0, int(failed), 1, began_ms, failed, item.cause)


def task_of_item(item: LibraryItem) -> Task:
    """A video that its library was indexing, or could not index, when it was asked last."""
    failed = item.state is ItemState.FAILED
    began_ms = item.created_ms or 0
    return Task(TaskKind.LISTED, item.library_id, item.name, None, 0, int(failed), 1, began_ms, failed, item.cause)
