"""Between the uploads pane and the queue: wishes go to worker threads, changes come back as rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_search.core.details_change import DetailsChange
from desktop_search.core.errors import AppError
from desktop_search.core.footage import FootageDetails
from desktop_search.core.language import _, number
from desktop_search.core.library import LOCAL_ID
from desktop_search.core.uploads import UploadItem, UploadState
from desktop_search.jobs.runner import JobRunner
from desktop_search.models.upload_actions import PRIORITIES, QueueAction
from desktop_search.transfers.adding import AddProgress, AddResult
from desktop_search.transfers.upload_queue import UploadQueue
from desktop_search.ui.uploads.mailbox import PART_ROWS, Mailbox
from desktop_search.ui.uploads.uploads_pane import UploadsPane

# Looking at a large drop takes long; what the user does to rows must not wait for it.
_SENDING_LANE, _POLLING_LANE, _FILES_LANE, _ROWS_LANE = "uploads", "polling", "files", "rows"


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the rows of the catalog differ from those that were on show when the reading began."""

    changed: tuple[UploadItem, ...]
    gone: tuple[int, ...]


class UploadsController(QObject):
    """Runs the queue's two long jobs, looks at what is added in the lane "files", and changes rows in the lane "rows".

    Attributes:
        library_id: where footage that is added from now on goes.

    Signals:
        became_searchable(object): the `UploadItem` that has just got there.
        changed(object): a tuple of `UploadItem`s as they are now.
        failed(object): an `AppError` that concerns the queue as a whole.
    """

    became_searchable = Signal(object)
    changed = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: JobRunner, queue: UploadQueue, pane: UploadsPane) -> None:
        super().__init__(pane)
        self._runner, self._queue, self._pane = runner, queue, pane
        self.library_id = LOCAL_ID
        self._mailbox = Mailbox(self)
        self._mailbox.delivered.connect(self._on_reported)
        self._running: set[str] = set()
        self._removed: set[int] = set()
        self._reported: set[int] = set()  # while rows are read
        self._readings = 0
        self._has_read = False
        pane.add_asked.connect(self._add)
        pane.asked.connect(self._act)
        pane.move_asked.connect(self._move)
        pane.details_asked.connect(self._edit)
        pane.clear_done_asked.connect(self._clear_done)

    def start(self) -> None:
        """Show the rows of the last run, and begin to send and to ask for readiness."""
        self._read_rows()
        self._keep_running()

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Add files and folders with the details of the pane's form."""
        self._pane.offer(paths)

    def show_added(self) -> None:
        """Show rows that joined the queue by another way than this pane, and see that they are sent."""
        self._read_rows()
        self._keep_running()

    def try_again(self) -> None:
        """Ask libraries that are left alone for a while once more: something about them has changed."""
        self._change(lambda: self._queue.retry(()))

    def _keep_running(self) -> None:
        """Start the long jobs that do not run: at first, and after a failure when the user acts again."""
        for lane, work in ((_SENDING_LANE, self._queue.run), (_POLLING_LANE, self._queue.poll)):
            if lane not in self._running:
                self._running.add(lane)
                self._start_long(lane, work)

    def _start_long(self, lane: str, work: Callable[..., None]) -> None:
        gather = self._mailbox.gather
        handle = self._runner.start(
            lambda token, report: work(token, gather(report)),
            lane=lane,
            progress=self._mailbox.wake,
            failed=self.failed.emit,
        )
        handle.ended.connect(self._on_long_job_ended)

    def _on_long_job_ended(self, handle: QObject) -> None:
        self._mailbox.empty()
        self._running.discard(handle.lane)  # type: ignore[attr-defined]

    def _add(self, paths: list[Path], details: FootageDetails) -> None:
        queue, library_id = self._queue, self.library_id
        handle = self._runner.start(
            lambda token, report: queue.add(paths, library_id, details, token, report),
            lane=_FILES_LANE,
            done=self._on_added,
            failed=self.failed.emit,
            progress=self._on_adding_reported,
        )
        handle.ended.connect(self._on_adding_ended)
        self._pane.adding.follow(handle, _("Looking at what was added…"))
        self._keep_running()

    def _on_adding_reported(self, progress: AddProgress) -> None:
        words = _("Looking at what was added… {taken} taken")
        if progress.skipped:
            words = _("Looking at what was added… {taken} taken, {skipped} not")
        self._pane.adding.say(words.format(taken=number(progress.added), skipped=number(progress.skipped)))
        self._mailbox.empty()  # what was reported of these rows is newer than they are
        self._put([row for row in progress.rows if self._pane.model.item_by_id(row.item_id) is None])

    def _on_added(self, result: AddResult) -> None:
        self._pane.show_skipped(result.skipped)

    def _on_adding_ended(self) -> None:
        self._read_rows()  # older rows of the same files have gone; and after a failure, what was taken stays

    def _act(self, action: QueueAction, ids: Sequence[int] | None) -> None:
        queue = self._queue
        if action in PRIORITIES and ids is not None:
            self._change(lambda: queue.set_priority(ids, PRIORITIES[action]))
        elif action is QueueAction.REMOVE and ids is not None:
            self._remove(ids)
        elif action is QueueAction.INSIST and ids is not None:
            self._change(lambda: queue.insist(ids))
        else:
            change = {
                QueueAction.START: queue.start,
                QueueAction.PAUSE: queue.pause,
                QueueAction.RESUME: queue.resume,
                QueueAction.CANCEL: queue.cancel,
                QueueAction.RETRY: queue.retry,
            }[action]
            self._change(lambda: change(ids))

    def _move(self, ids: Sequence[int], before_id: int | None) -> None:
        self._change(lambda: self._queue.move(ids, before_id))

    def _edit(self, ids: Sequence[int], change: DetailsChange) -> None:
        self._change(lambda: self._queue.edit(ids, change))

    def _remove(self, ids: Sequence[int]) -> None:
        self._removed.update(ids)
        self._pane.put_items((), gone=ids)
        self._start_change(lambda: self._queue.remove(ids), None)

    def _clear_done(self) -> None:
        self._start_change(self._queue.clear_done, self._on_cleared)

    def _on_cleared(self, ids: Sequence[int]) -> None:
        self._removed.update(ids)
        self._pane.put_items((), gone=ids)

    def _change(self, change: Callable[[], Iterable[UploadItem]]) -> None:
        self._start_change(lambda: self._mailbox.change(change), self._mailbox.empty)

    def _start_change(self, change: Callable[[], object], done: Callable[[Any], None] | None) -> None:
        work = lambda _token, _report: change()  # noqa: E731
        self._runner.start(work, lane=_ROWS_LANE, done=done, failed=self._on_change_failed)
        self._keep_running()

    def _on_change_failed(self, error: AppError) -> None:
        self._removed.clear()  # they may still be there; the reading tells
        self._read_rows()
        self.failed.emit(error)

    def _read_rows(self) -> None:
        queue, known = self._queue, self._pane.model.known()
        self._readings += 1
        self._runner.start(
            lambda _token, _report: _difference(queue.items(), known),
            lane=_ROWS_LANE,
            done=self._on_rows_read,
            failed=self._on_reading_failed,
            cancelled=self._end_reading,
        )

    def _on_rows_read(self, reading: _Reading) -> None:
        self._pane.put_items((), gone=reading.gone)
        self._take_in(reading.changed)

    def _take_in(self, rows: Sequence[UploadItem]) -> None:
        """Show what was read, a part at a time, so that the window stays alive."""
        part, rest = rows[:PART_ROWS], rows[PART_ROWS:]
        # What was reported since the reading began is newer than what was read.
        self._put([item for item in part if item.item_id not in self._reported], is_news=self._has_read)
        if rest:
            QTimer.singleShot(0, self, lambda: self._take_in(rest))
            return
        self._has_read = True
        self._end_reading()

    def _on_reading_failed(self, error: AppError) -> None:
        self._end_reading()
        self.failed.emit(error)

    def _end_reading(self) -> None:
        self._readings -= 1
        if not self._readings:
            self._reported.clear()

    def _on_reported(self, items: list[UploadItem]) -> None:
        if self._readings:
            self._reported.update(item.item_id for item in items)
        self._put(items)

    def _put(self, items: Sequence[UploadItem], *, is_news: bool = True) -> None:
        """Show rows as they are now, but for those that the user has removed meanwhile."""
        model = self._pane.model
        rows = [item for item in items if item.item_id not in self._removed]
        if not rows:
            return
        before = {item.item_id: model.item_by_id(item.item_id) for item in rows}
        self._pane.put_items(rows)
        self.changed.emit(tuple(rows))
        for item in rows if is_news else ():
            was = before[item.item_id]
            if item.state is UploadState.SEARCHABLE and (was is None or was.state is not item.state):
                self.became_searchable.emit(item)


def _difference(items: Iterable[UploadItem], known: Mapping[int, UploadItem]) -> _Reading:
    there = {item.item_id: item for item in items}
    return _Reading(
        changed=tuple(item for item_id, item in there.items() if known.get(item_id) != item),
        gone=tuple(item_id for item_id in known if item_id not in there),
    )
