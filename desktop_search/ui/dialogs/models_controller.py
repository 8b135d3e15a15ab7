"""The dialog of models with its work, one thing at a time, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_search.core.errors import AppError
from desktop_search.core.search_models import FetchProgress, ModelKind, SearchModel
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobHandle, JobRunner, Report
from desktop_search.services.model_commands import ModelCommands
from desktop_search.ui.dialogs.dressing import bring_up
from desktop_search.ui.dialogs.models_dialog import ModelsDialog

_LANE = "models"
_Work = Callable[[CancelToken, Report], None]


class ModelsController(QObject):
    """Opens the one dialog. A fetch goes on when the dialog is closed, and is shown when it is opened again.

    Signals:
        opened(object): the `ModelsDialog`, which is about to be shown.
        changed(): other models may be in use.

    Attributes:
        before_use: called off the GUI thread before a model takes the place of another one that finds things.
    """

    opened = Signal(object)
    changed = Signal()

    def __init__(self, runner: JobRunner, commands: ModelCommands, window: QWidget) -> None:
        super().__init__(window)
        self._runner, self._commands, self._window = runner, commands, window
        self._dialog: ModelsDialog | None = None
        self._models: tuple[SearchModel, ...] = ()
        self._job: JobHandle | None = None
        self._subject = ""  # the model that something is under way with, or was; "" for one from a folder
        self._problem = ""  # what went wrong with it
        self._progress = FetchProgress(0, 0)
        self.before_use: Callable[[CancelToken], None] = lambda _token: None

    @property
    def dialog(self) -> ModelsDialog | None:
        """The dialog while it is open."""
        return self._dialog

    @property
    def is_busy(self) -> bool:
        """Whether something is under way with a model."""
        return self._job is not None

    def open(self) -> None:
        """Show the dialog, or bring it to the front."""
        if self._dialog is not None:
            bring_up(self._dialog)
            return
        dialog = self._dialog = ModelsDialog(self._window)
        dialog.fetch_asked.connect(self._on_fetch_asked)
        dialog.use_asked.connect(self._on_use_asked)
        dialog.leave_asked.connect(self._on_leave_asked)
        dialog.remove_asked.connect(lambda model_id: self._change(model_id, self._commands.remove))
        dialog.import_asked.connect(self._on_import_asked)
        dialog.stop_asked.connect(self._on_stop_asked)
        dialog.destroyed.connect(self._on_dialog_destroyed)
        self.opened.emit(dialog)
        dialog.show()
        if self._models:
            self._show_models()
        if self._job is None:
            self._read()

    def _on_fetch_asked(self, model_id: str) -> None:
        commands = self._commands
        self._begin(model_id, lambda token, report: commands.fetch(model_id, token, report))

    def _on_import_asked(self, folder: Path) -> None:
        commands = self._commands
        self._begin("", lambda token, report: commands.bring_in(folder, token, report))

    def read_again(self) -> None:
        """Somebody else has put models in use: show it."""
        if self._job is None:
            self._read()

    def _on_use_asked(self, model_id: str) -> None:
        asked = next(model for model in self._models if model.model_id == model_id)
        others = [model for model in self._models if model.kind is asked.kind and model.is_used]
        finds = asked.kind in (ModelKind.SEEN, ModelKind.TEXT)
        commands, before_use = self._commands, self.before_use

        def use(model_id: str, token: CancelToken) -> None:
            if finds and others:
                before_use(token)
            commands.use(model_id, token)

        self._change(model_id, use)

    def _on_leave_asked(self, model_id: str) -> None:
        kind = next(model.kind for model in self._models if model.model_id == model_id)
        commands = self._commands
        self._change(model_id, lambda _model_id, token: commands.use_none(kind, token))

    def _change(self, model_id: str, change: Callable[[str, CancelToken], None]) -> None:
        self._begin(model_id, lambda token, _report: change(model_id, token))

    def _on_stop_asked(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _begin(self, subject: str, work: _Work) -> None:
        if self._job is not None:
            return
        self._subject, self._progress = subject, FetchProgress(0, 0)
        self._job = self._runner.start(
            work,
            lane=_LANE,
            done=lambda _nothing: self._end(""),
            failed=lambda error: self._end(str(error)),
            cancelled=lambda: self._end(""),
            progress=self._on_progress,
        )
        self._problem = ""
        self._show_problem()
        self._show_progress()

    def _on_progress(self, progress: FetchProgress) -> None:
        self._progress = progress
        self._show_progress()

    def _end(self, problem: str) -> None:
        self._job, self._problem = None, problem
        if self._dialog is not None:
            self._dialog.show_import(None)
            self._dialog.set_locked(False)
        self._show_problem()
        self._read()

    def _read(self) -> None:
        commands = self._commands
        self._runner.start(
            lambda token, _report: commands.overview(token),
            lane=_LANE,
            done=self._on_read,
            failed=self._on_read_failed,
        )

    def _on_read(self, models: tuple[SearchModel, ...]) -> None:
        self._models = models
        self._show_models()
        self.changed.emit()

    def _on_read_failed(self, error: AppError) -> None:
        self._subject, self._problem = "", str(error)
        self._show_problem()

    def _show_models(self) -> None:
        if self._dialog is not None:
            self._dialog.show_models(self._models)
            self._show_problem()
            if self._job is not None:
                self._show_progress()

    def _show_progress(self) -> None:
        if self._dialog is None:
            return
        self._dialog.set_locked(True)
        if self._subject:
            self._dialog.row(self._subject).show_progress(self._progress)
        else:
            self._dialog.show_import(self._progress)

    def _show_problem(self) -> None:
        if self._dialog is not None:
            self._dialog.show_problem(self._problem, self._subject)

    def _on_dialog_destroyed(self) -> None:
        self._dialog = None
