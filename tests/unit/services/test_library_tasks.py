"""The tasks of all libraries, as the catalog keeps them."""

from __future__ import annotations

from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.imports import ImportsTable
from desktop_search.catalog.library_items import LibraryItemsTable
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.imports import ImportedVideo, ImportItem, ImportKind, ImportState, ImportWish
from desktop_search.core.library_items import ItemKind, LibraryItem
from desktop_search.core.uploads import MediaKind, UploadItem, UploadState
from desktop_search.models.tasks_model import TasksModel, age_words
from desktop_search.services.library_tasks import LibraryTasks


def fill(catalog: Catalog) -> None:
    wish = ImportWish("memories.ai", ImportKind.TAGS, ("fog",), count=3)
    videos = (ImportedVideo("VI1", "a", "PARSE"), ImportedVideo("VI2", "b", "FAILED", "cut off"))
    done = ImportItem(0, wish, ImportState.DONE, videos=videos[:1], added_ms=1)
    ImportsTable(catalog).add([ImportItem(0, wish, ImportState.RUNNING, "t", videos, added_ms=2000), done])
    files = (
        (UploadState.INDEXING, "VI3", ""),
        (UploadState.FAILED, "VI4", "no video"),
        (UploadState.SEARCHABLE, "VI5", ""),
    )
    UploadsTable(catalog).add(
        [
            UploadItem(
                0,
                "local",
                Path(f"/clips/{video_no}.mp4"),
                MediaKind.VIDEO,
                state,
                remote_id=video_no,
                cause=cause,
                added_ms=1000,
            )
            for state, video_no, cause in files
        ]
    )
    LibraryItemsTable(catalog).put(
        LibraryItem("local", ItemKind.VIDEO, "default", video_no, f"{video_no}.mp4", status, created_ms=3000)
        for video_no, status in (("VI3", "UNPARSE"), ("VI6", "UNPARSE"), ("VI7", "PARSE"))
    )


def test_every_task_is_told_once_also_after_a_restart(tmp_path: Path) -> None:
    for _run in range(2):
        catalog = Catalog(tmp_path / "catalog.db")
        if _run == 0:
            fill(catalog)
        tasks = LibraryTasks(catalog).all()
        catalog.close()
        assert [(task.name, task.arrived, task.failed, task.expected, task.is_over) for task in tasks] == [
            ("VI6.mp4", 0, 0, 1, False),
            ("", 1, 1, 3, False),
            ("VI3.mp4", 0, 0, 1, False),
            ("VI4.mp4", 0, 1, 1, True),
        ]
    model = TasksModel(clock_s=lambda: 62.0)
    model.set_tasks(tasks)
    rows = [[model.index(row, column).data() for column in range(6)] for row in range(4)]
    assert rows[1] == ["3 posts each of #fog", "memories.ai", "importing", "1 / 3", "1", "1 min"]
    assert rows[3] == ["VI4.mp4", "this computer", "failed: no video", "0", "1", "1 min"]


def test_ages_are_as_exact_as_they_are_useful() -> None:
    ages = [age_words(age_s) for age_s in (-5, 0, 59, 60, 3 * 3600 + 300, 52 * 3600)]
    assert ages == ["0 s", "0 s", "59 s", "1 min", "3 h 5 min", "2 d 4 h"]
