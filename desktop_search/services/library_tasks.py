"""The tasks of all libraries, from what the catalog keeps of them: a restart forgets none."""

from __future__ import annotations

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.imports import ImportsTable
from desktop_search.catalog.library_items import LibraryItemsTable
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.library_tasks import Task, task_of_import, task_of_item, task_of_upload
from desktop_search.core.uploads import UploadState


class LibraryTasks:
    """Safe from any thread; not for the GUI thread. Raises `CatalogProblem`."""

    def __init__(self, catalog: Catalog) -> None:
        self._imports, self._uploads = ImportsTable(catalog), UploadsTable(catalog)
        self._items = LibraryItemsTable(catalog)

    def all(self) -> tuple[Task, ...]:
        """What goes on, the newest first; then what has failed. Each video once."""
        imports = self._imports.all()
        rows = [*self._uploads.in_state(UploadState.INDEXING), *self._uploads.in_state(UploadState.FAILED)]
        told = {(row.library_id, row.remote_id) for row in rows}
        told |= {(each.wish.library_id, video.video_no) for each in imports for video in each.videos}
        listed = (item for item in self._items.unfinished() if (item.library_id, item.item_id) not in told)
        tasks = [task for each in imports if (task := task_of_import(each)) is not None]
        tasks += [task_of_upload(row) for row in rows]
        tasks += [task_of_item(item) for item in listed]
        return tuple(sorted(tasks, key=lambda task: (task.is_over, -task.began_ms)))
