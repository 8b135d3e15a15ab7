"""The dialog of all tasks: imports and indexing of every library, kept up to date while it is open."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop_search.core.errors import AppError
from desktop_search.core.language import _, ngettext
from desktop_search.core.library_tasks import Task
from desktop_search.jobs.runner import JobRunner
from desktop_search.models.tasks_model import TasksModel
from desktop_search.services.library_tasks import LibraryTasks
from desktop_search.ui.dialogs.dressing import bring_up, close_box, dress_dialog
from desktop_search.ui.style.labels import say, wrapped_label
from desktop_search.ui.tables import plain_table

LANE = "tasks"
_STATE = 2  # the column that takes what room is left: why something failed takes the most
_LOOK_EVERY_MS, _GATHER_MS = 10_000, 500
_WIDTHS_PX = {0: 180, 1: 120, 3: 90, 4: 70, 5: 90}


class TasksDialog(QDialog):
    """One list of all of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress_dialog(self, _("Tasks of the libraries"), size=(820, 420), least=(560, 300))
        self.model = TasksModel()
        self.table = plain_table(self.model, _("Tasks"), _WIDTHS_PX, _STATE)
        self.summary, self.problem = wrapped_label("caption"), wrapped_label("problem")
        self.problem.hide()
        column = QVBoxLayout(self)
        column.addWidget(self.table, 1)
        for widget in (self.problem, self.summary):
            column.addWidget(widget)
        column.addWidget(close_box(self))

    def show_tasks(self, tasks: tuple[Task, ...]) -> None:
        """Show these."""
        self.model.set_tasks(tasks)
        failed = sum(task.is_over for task in tasks)
        parts = []
        if len(tasks) > failed:
            parts.append(ngettext("{count} task is under way", "{count} tasks are under way", len(tasks) - failed))
        if failed:
            parts.append(ngettext("{count} has failed", "{count} have failed", failed))
        self.summary.setText(" · ".join(parts) if tasks else _("Nothing is under way, and nothing has failed."))
        say(self.problem, "")


class TasksController(QObject):
    """Reads the tasks off the GUI thread when something has changed, and so that their ages are true."""

    def __init__(self, runner: JobRunner, tasks: LibraryTasks, window: QWidget) -> None:
        super().__init__(window)
        self._runner, self._tasks, self._window = runner, tasks, window
        self.dialog: TasksDialog | None = None
        self._is_reading = False
        self._timer, self._gathering = QTimer(self), QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._gathering.setSingleShot(True)
        self._gathering.setInterval(_GATHER_MS)
        for timer in (self._timer, self._gathering):
            timer.timeout.connect(self._read)

    def open(self) -> None:
        """Show the dialog, or bring it to the front."""
        if self.dialog is None:
            self.dialog = TasksDialog(self._window)
            self.dialog.destroyed.connect(self._on_destroyed)
            self.dialog.show()
            self._timer.start()
        bring_up(self.dialog)
        self._read()

    def refresh(self, *_changed: object) -> None:
        """Something has changed: look soon, if anybody looks at all."""
        if self.dialog is not None and not self._gathering.isActive():
            self._gathering.start()

    def _read(self) -> None:
        if self.dialog is None:
            return
        if self._is_reading:
            self._gathering.start()  # what changes all the time must not keep one reading from its end
            return
        self._is_reading = True
        job = self._runner.start(
            lambda _token, _report: self._tasks.all(), lane=LANE, done=self._on_read, failed=self._on_failed
        )
        job.ended.connect(self._on_ended)

    def _on_read(self, tasks: tuple[Task, ...]) -> None:
        if self.dialog is not None:
            self.dialog.show_tasks(tasks)

    def _on_ended(self, _job: object) -> None:
        self._is_reading = False

    def _on_failed(self, error: AppError) -> None:
        if self.dialog is not None:
            say(self.dialog.problem, str(error))

    def _on_destroyed(self) -> None:
        self.dialog = None
        self._timer.stop()
        self._gathering.stop()
