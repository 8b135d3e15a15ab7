"""Models on trial: begun when another one is used, compared on the user's test set, and decided by the user."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_search.core.errors import AppError
from desktop_search.core.language import _
from desktop_search.core.test_set import Comparison, TrialState
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner
from desktop_search.models.test_set_words import report_words
from desktop_search.ui.dialogs.models_controller import ModelsController
from desktop_search.ui.dialogs.models_dialog import ModelsDialog
from desktop_search.ui.dialogs.trial_bar import TrialBar

_LANE = "trial"
_LOOK_EVERY_MS = 3_000
_Read = tuple[tuple[int, int], TrialState]


class Trials(Protocol):
    """The test set and the engine's models on trial; every method may take long."""

    def counts(self) -> tuple[int, int]:
        """How many searches there are, and how many verdicts."""
        ...

    def state(self, token: CancelToken) -> TrialState:
        """Whether another model is on trial."""
        ...

    def set_trial(self, is_on: bool, token: CancelToken) -> TrialState:
        """Begin, or end."""
        ...

    def compare(self, token: CancelToken, report: Callable[[Any], None]) -> Comparison:
        """Ask both."""
        ...


class TrialController(QObject):
    """Puts the bar into the dialog of models, and does its work; compares by itself once the new model is whole.

    Signals:
        reported(str): what came of comparing by itself.
    """

    reported = Signal(str)

    def __init__(
        self, runner: JobRunner, trials: Trials, use: Callable[[str, CancelToken], None], models: ModelsController
    ) -> None:
        """`use` puts the model of an id in use."""
        super().__init__(models)
        self._runner, self._trials, self._use, self._models = runner, trials, use, models
        self._bar: TrialBar | None = None
        self._state = TrialState(False)
        self._reported: tuple[str, ...] = ()  # the models that were told of
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_EVERY_MS)
        self._looking.setSingleShot(True)  # the next look waits for the end of the one before
        self._is_watching = False
        self._looking.timeout.connect(self._look)
        models.before_use = self.begin
        models.opened.connect(self._on_opened)
        models.changed.connect(self._read)

    @property
    def bar(self) -> TrialBar | None:
        """The bar while the dialog is open."""
        return self._bar

    def begin(self, token: CancelToken) -> None:
        """Another model is about to be used: keep the one before, if there is anything to compare them by."""
        if self._trials.counts()[1]:
            self._trials.set_trial(True, token)

    def _on_opened(self, dialog: ModelsDialog) -> None:
        bar = self._bar = TrialBar()
        bar.compare_asked.connect(self._on_compare_asked)
        bar.keep_asked.connect(lambda: self._change(lambda token: self._trials.set_trial(False, token)))
        bar.back_asked.connect(self._on_back_asked)
        bar.destroyed.connect(self._on_destroyed)
        dialog.put_at_foot(bar)
        self._read()

    def _read(self) -> None:
        if self._bar is not None:
            self._change(self._trials.state)

    def _change(self, change: Callable[[CancelToken], TrialState]) -> None:
        trials = self._trials

        def work(token: CancelToken, _report: object) -> _Read:
            return trials.counts(), change(token)

        self._runner.start(work, lane=_LANE, done=self._on_read, failed=self._on_failed)

    def _on_read(self, read: _Read) -> None:
        counts, self._state = read
        if self._state.is_on and counts[1] and self._state.before != self._state.after:
            if not self._is_watching and self._reported != self._state.after:
                self._is_watching = True
                self._looking.start()
        else:
            self._is_watching = False
            self._looking.stop()
        if self._bar is not None:
            self._bar.show_state(counts, self._state)

    def _look(self) -> None:
        """Whether the new model has gone through everything by now."""
        self._runner.start(self._look_now, lane=_LANE, done=self._on_looked, failed=self._on_look_failed)

    def _look_now(self, token: CancelToken, report: Callable[[Any], None]) -> Comparison | None:
        state = self._trials.state(token)
        return self._trials.compare(token, report) if state.is_on and state.is_whole else None

    def _on_looked(self, comparison: Comparison | None) -> None:
        if comparison is None:
            self._look_later()
        elif self._is_watching:
            self._is_watching = False
            self._reported = comparison.state.after
            self._on_compared(comparison)
            self.reported.emit(report_words(comparison).partition("\n")[0])

    def _on_look_failed(self, error: AppError) -> None:
        self._on_failed(error)
        self._look_later()

    def _look_later(self) -> None:
        if self._is_watching:
            self._looking.start()

    def _on_compare_asked(self) -> None:
        job = self._runner.start(self._trials.compare, lane=_LANE, done=self._on_compared, failed=self._on_failed)
        if self._bar is not None:
            self._bar.progress.follow(job, _("Asking both models…"))

    def _on_compared(self, comparison: Comparison) -> None:
        if self._bar is not None:
            self._bar.show_report(comparison)
        self._read()

    def _on_back_asked(self) -> None:
        former = [model for model in self._state.before if model and model not in self._state.after]

        def back(token: CancelToken) -> TrialState:
            for model_id in former:
                self._use(model_id, token)
            return self._trials.set_trial(False, token)

        self._change(back)
        self._models.read_again()

    def _on_failed(self, error: AppError) -> None:
        if self._bar is not None:
            self._bar.show_problem(str(error))

    def _on_destroyed(self) -> None:
        self._bar = None
