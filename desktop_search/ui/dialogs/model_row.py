"""One model in the dialog: what it is, how far it is, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout

from desktop_search.core.language import _
from desktop_search.core.search_models import FetchProgress, SearchModel
from desktop_search.ui.dialogs.model_words import progress_words, state_words
from desktop_search.ui.style.labels import say, wrapped_label

_PERMILLE = 1000


class ModelRow(QFrame):
    """Shows one model; whoever made it acts on what is asked.

    Signals:
        fetch_asked(str), use_asked(str), leave_asked(str), remove_asked(str): with the model's id.
        stop_asked(): stop fetching it.
    """

    fetch_asked = Signal(str)
    use_asked = Signal(str)
    leave_asked = Signal(str)
    remove_asked = Signal(str)
    stop_asked = Signal()

    def __init__(self, model: SearchModel) -> None:
        super().__init__()
        self.model = model
        self.setProperty("role", "card")
        self.setAccessibleName(model.title)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setRange(0, _PERMILLE)
        self._progress.setAccessibleName(_("Progress of {model}").format(model=model.title))
        self._progress.hide()
        self._state = wrapped_label("caption")
        self._problem = wrapped_label("problem")
        self.fetch = self._button(_("Fetch"), _("Fetch {model}"), self.fetch_asked)
        self.use = self._button(_("Use"), _("Use {model}"), self.use_asked)
        self.leave = self._button(_("Stop using"), _("Stop using {model}"), self.leave_asked)
        self.remove = self._button(_("Remove"), _("Remove {model}"), self.remove_asked)
        self.stop = QPushButton(_("Cancel"))
        self.stop.setAutoDefault(False)
        self.stop.setAccessibleName(_("Cancel fetching {model}").format(model=model.title))
        self.stop.clicked.connect(self.stop_asked)
        self._lay_out()
        self.show_idle()

    @property
    def state(self) -> str:
        """The line about where the model is, or how far it is."""
        return self._state.text()

    @property
    def problem(self) -> str:
        """What is wrong; "" for nothing."""
        return self._problem.text()

    def show_idle(self, *, locked: bool = False) -> None:
        """Nothing is under way with this model; `locked` while something is with another one."""
        model = self.model
        self._progress.hide()
        self._state.setText(state_words(model))
        self.stop.hide()
        self.fetch.setText(_("Go on fetching") if model.size_bytes else _("Fetch"))
        for button, is_offered in (
            (self.fetch, not model.is_installed),
            (self.use, model.is_installed and not model.is_used and not model.problem),
            (self.leave, model.is_used),
            (self.remove, model.is_installed or model.size_bytes > 0),
        ):
            button.setVisible(is_offered)
            button.setEnabled(not locked)
        self.show_problem(model.problem)

    def show_progress(self, progress: FetchProgress) -> None:
        """It is being fetched."""
        for button in (self.fetch, self.use, self.leave, self.remove):
            button.hide()
        self.stop.show()
        self.show_problem("")
        self._progress.show()
        if progress.total_bytes:
            self._progress.setRange(0, _PERMILLE)
            self._progress.setValue(min(_PERMILLE, progress.done_bytes * _PERMILLE // progress.total_bytes))
        else:
            self._progress.setRange(0, 0)
        self._state.setText(progress_words(progress) if progress.done_bytes else _("Preparing…"))

    def show_problem(self, words: str) -> None:
        """Say what is wrong, below the rest."""
        say(self._problem, words)

    def _button(self, text: str, name: str, signal: SignalInstance) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setAccessibleName(name.format(model=self.model.title))
        button.clicked.connect(lambda: signal.emit(self.model.model_id))
        return button

    def _lay_out(self) -> None:
        title = QLabel(self.model.title)
        title.setTextFormat(Qt.TextFormat.PlainText)
        head = QHBoxLayout()
        head.addWidget(title)
        if self.model.is_recommended:
            badge = QLabel(_("suits this computer"))
            badge.setProperty("role", "badge")
            head.addWidget(badge, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        for button in (self.stop, self.fetch, self.use, self.leave, self.remove):
            head.addWidget(button)
        about = wrapped_label("caption")
        say(about, " ".join(part for part in (self.model.purpose, self.model.licence) if part))
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(about)
        column.addWidget(self._state)
        column.addWidget(self._progress)
        column.addWidget(self._problem)
