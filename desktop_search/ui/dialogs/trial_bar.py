"""At the foot of the models: the user's own test set, and which of two models does better on it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from desktop_search.core.language import _
from desktop_search.core.test_set import Comparison, TrialState
from desktop_search.models.test_set_words import report_words, set_words, state_words
from desktop_search.ui.progress_note import ProgressNote
from desktop_search.ui.style.labels import say, wrapped_label


class TrialBar(QFrame):
    """Hidden while there is no test set and no model on trial.

    Signals:
        compare_asked(): ask both models the searches of the set.
        keep_asked(): let the new model answer from now on.
        back_asked(): use the model before again.
    """

    compare_asked = Signal()
    keep_asked = Signal()
    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._about, self._report, self._problem = (
            wrapped_label("caption"),
            wrapped_label(""),
            wrapped_label("problem"),
        )
        self.progress = ProgressNote(_("Asking both models…"))
        self.compare, self.keep = QPushButton(_("Compare")), QPushButton(_("Use the new model"))
        self.back = QPushButton(_("Back to the one before"))
        buttons = QHBoxLayout()
        for button, signal in (
            (self.compare, self.compare_asked),
            (self.keep, self.keep_asked),
            (self.back, self.back_asked),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(signal)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        for widget in (self._about, self._report, self._problem, self.progress):
            column.addWidget(widget)
        column.addLayout(buttons)
        self.show_problem("")
        say(self._report, "")
        self.hide()

    @property
    def words(self) -> str:
        """All that it says."""
        return "\n".join(label.text() for label in (self._about, self._report, self._problem) if label.text())

    def show_state(self, counts: tuple[int, int], state: TrialState) -> None:
        """How much is in the test set, and how far a model on trial is."""
        kept = set_words(*counts)
        about = _("Your test set: {what}.").format(what=kept) if kept else ""
        if kept and not state.is_on:
            about = f"{about} " + _("Before another model takes over, both are asked its searches.")
        say(self._about, f"{about} {state_words(state)}".strip())
        can_compare = state.is_on and bool(kept) and state.before != state.after
        self.compare.setVisible(can_compare)
        self.keep.setVisible(state.is_on)
        self.back.setVisible(state.is_on and state.before != state.after)
        if not state.is_on:
            say(self._report, "")
        self.setVisible(bool(kept) or state.is_on)

    def show_report(self, comparison: Comparison) -> None:
        """What came of comparing."""
        self.show_problem("")
        say(self._report, report_words(comparison))

    def show_problem(self, words: str) -> None:
        """What went wrong; "" for nothing."""
        say(self._problem, words)
