"""Between the uploads pane and the queue: wishes go to worker threads, changes come back as rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop_search.core.errors import AppError
from desktop_search.core.footage import FootageDetails
from desktop_search.core.library import LOCAL_ID
from desktop_search.core.uploads import UploadItem, UploadState
from desktop_search.jobs.runner import JobRunner
from desktop_search.transfers.adding import AddProgress, AddResult
from desktop_search.transfers.upload_queue import UploadQueue
from desktop_search.ui.uploads.uploads_pane import UploadsPane

_SENDING_LANE, _POLLING_LANE, _FILES_LANE = "uploads", "polling", "files"


class UploadsController(QObject):
    """Runs the queue's two long jobs, and everything else about it in the lane "files".

    Attributes:
        library_id: where footage that is added from now on goes.

    Signals:
        became_searchable(object): the `UploadItem` that has just got there.
        changed(object): an `UploadItem` as it is now.
        failed(object): an `AppError` that concerns the queue as a whole.
    """

    became_searchable = Signal(object)
    changed = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: JobRunner, queue: UploadQueue, pane: UploadsPane) -> None:
        super().__init__(pane)
        self._runner, self._queue, self._pane = runner, queue, pane
        self.library_id = LOCAL_ID
        self._running: set[str] = set()
        self._removed: set[int] = set()
        self._reported: dict[int, UploadItem] = {}
        self._readings = 0
        self._has_read = False
        self._adds = 0
        pane.add_asked.connect(self._add)
        pane.retry_asked.connect(self._retry)
        pane.remove_asked.connect(self._remove)
        pane.clear_done_asked.connect(self._clear_done)

    def start(self) -> None:
        """Show the rows of the last run, and begin to send and to ask for readiness."""
        self._read_rows()
        self._keep_running()

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Add files and folders with the details of the pane's form."""
        self._pane.offer(paths)

    def try_again(self) -> None:
        """Ask libraries that are left alone for a while once more: something about them has changed."""
        self._retry(())

    def _keep_running(self) -> None:
        """Start the long jobs that do not run: at first, and after a failure when the user acts again."""
        for lane, work in ((_SENDING_LANE, self._queue.run), (_POLLING_LANE, self._queue.poll)):
            if lane not in self._running:
                self._running.add(lane)
                handle = self._runner.start(work, lane=lane, progress=self._on_item_reported, failed=self.failed.emit)
                handle.ended.connect(self._on_long_job_ended)

    def _on_long_job_ended(self, handle: QObject) -> None:
        self._running.discard(handle.lane)  # type: ignore[attr-defined]

    def _add(self, paths: list[Path], details: FootageDetails) -> None:
        queue, library_id = self._queue, self.library_id
        self._adds += 1
        self._pane.show_adding("Looking at what was added…")
        handle = self._runner.start(
            lambda token, report: queue.add(paths, library_id, details, token, report),
            lane=_FILES_LANE,
            done=self._on_added,
            failed=self.failed.emit,
            progress=self._on_adding_reported,
        )
        handle.ended.connect(self._on_adding_ended)
        self._keep_running()

    def _on_adding_reported(self, progress: AddProgress) -> None:
        words = f"Looking at what was added… {progress.added:,} taken"
        self._pane.show_adding(f"{words}, {progress.skipped:,} not" if progress.skipped else words)

    def _on_added(self, result: AddResult) -> None:
        self._pane.show_skipped(result.skipped)

    def _on_adding_ended(self) -> None:
        self._adds -= 1
        if not self._adds:
            self._pane.show_adding("")
        self._read_rows()  # also after a failure: what was taken until then stays

    def _retry(self, item_ids: Sequence[int]) -> None:
        self._change(lambda: self._queue.retry(item_ids))

    def _remove(self, item_ids: Sequence[int]) -> None:
        self._removed.update(item_ids)
        self._pane.model.remove(item_ids)
        self._change(lambda: self._queue.remove(item_ids))

    def _clear_done(self) -> None:
        self._change(self._queue.clear_done)

    def _change(self, change: Callable[[], object]) -> None:
        handle = self._runner.start(lambda _token, _report: change(), lane=_FILES_LANE, failed=self._on_change_failed)
        handle.ended.connect(self._read_rows)
        self._keep_running()

    def _on_change_failed(self, error: AppError) -> None:
        self._removed.clear()  # they may still be there; the next reading tells
        self.failed.emit(error)

    def _read_rows(self, _handle: Any = None) -> None:  # noqa: ANN401 - a job's end brings its handle
        queue = self._queue
        self._readings += 1
        self._runner.start(
            lambda _token, _report: queue.items(),
            lane=_FILES_LANE,
            done=self._on_rows_read,
            failed=self._on_reading_failed,
            cancelled=self._end_reading,
        )

    def _on_rows_read(self, items: tuple[UploadItem, ...]) -> None:
        # What was reported while the rows were read is newer than they are; and a row that the user has removed
        # must not come back from a reading that began before.
        rows = [self._reported.get(item.item_id, item) for item in items if item.item_id not in self._removed]
        known = {item.item_id: item.state for item in self._pane.model.items}
        self._pane.set_items(rows)
        for item in rows:
            if known.get(item.item_id) is not item.state:
                # Rows of the last run are no news; but a reading may be quicker than the report of a change.
                self._announce(item, is_news=self._has_read)
        self._has_read = True
        self._end_reading()

    def _on_reading_failed(self, error: AppError) -> None:
        self._end_reading()
        self.failed.emit(error)

    def _end_reading(self) -> None:
        self._readings -= 1
        if not self._readings:
            self._reported.clear()

    def _on_item_reported(self, item: UploadItem) -> None:
        if item.item_id in self._removed:
            return
        if self._readings:
            self._reported[item.item_id] = item
        before = self._pane.model.item_by_id(item.item_id)
        self._pane.put_item(item)
        self._announce(item, is_news=before is None or before.state is not item.state)

    def _announce(self, item: UploadItem, *, is_news: bool) -> None:
        self.changed.emit(item)
        if is_news and item.state is UploadState.SEARCHABLE:
            self.became_searchable.emit(item)
