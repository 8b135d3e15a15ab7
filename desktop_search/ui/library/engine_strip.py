"""One line at the foot of the uploads: what the engine of *This computer* is doing, and a button to let it rest."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton

from desktop_search.core.engine_state import EngineState
from desktop_search.core.language import _
from desktop_search.models.upload_words import tool_tip
from desktop_search.ui.dialogs.choosing import choose_folder
from desktop_search.ui.library.engine_words import activity_words, offline_words
from desktop_search.ui.style.icons import icon
from desktop_search.ui.style.labels import wrapped_label


class EngineStrip(QFrame):
    """Hidden while there is nothing to say.

    Signals:
        pause_asked(bool): pause indexing, or go on with it.
        relink_asked(object): look for files that are away in this folder.
    """

    pause_asked = Signal(bool)
    relink_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._paused = False
        self._words = wrapped_label("caption")
        self._words.setAccessibleName(_("What this computer is doing"))
        self.button = QToolButton()
        self.button.setProperty("role", "quiet")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(lambda: self.pause_asked.emit(not self._paused))
        self.find_files = QPushButton(_("Find…"))
        self.find_files.setProperty("role", "quiet")
        self.find_files.setAccessibleName(_("Find the files that are away"))
        self.find_files.setToolTip(_("Choose the folder where these files are now, or one above it"))
        self.find_files.clicked.connect(self._on_find_clicked)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 4, 4, 8)
        line.addWidget(self._words, 1)
        line.addWidget(self.find_files)
        line.addWidget(self.button)
        self.show_state(None)

    @property
    def words(self) -> str:
        """The line."""
        return self._words.text()

    def show_state(self, state: EngineState | None) -> None:
        """Show what the engine is doing; `None` when it does not run, or another library is chosen."""
        words = "" if state is None else activity_words(state)
        self.setVisible(bool(words))
        if state is None:
            return
        self._paused = state.paused
        self._words.setText(words)
        self._words.setToolTip(tool_tip(offline_words(state)) if state.offline else "")
        self.find_files.setVisible(state.offline_count > 0)
        self.button.setVisible(state.paused or state.is_busy)
        self.button.setIcon(icon("play" if state.paused else "pause"))
        title = _("Go on indexing") if state.paused else _("Pause indexing")
        self.button.setAccessibleName(title)
        self.button.setToolTip(title)

    def _on_find_clicked(self) -> None:
        choose_folder(self, _("Where the files are now"), self.relink_asked.emit)
