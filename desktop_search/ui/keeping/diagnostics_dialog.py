"""Everything that a report would hold, to be read before it is saved."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop_search.core.language import _
from desktop_search.ui.dialogs.dressing import close_box, dress_dialog
from desktop_search.ui.progress_note import ProgressNote
from desktop_search.ui.style.labels import say, wrapped_label

_ABOUT = _(
    "For a report of a fault. Nothing is sent anywhere: what is shown here is saved as a file, which you may give to "
    "whomever you like. No keys are in it."
)


class DiagnosticsDialog(QDialog):
    """Shows what it is given, and saves nothing else.

    Signals:
        names_chosen(bool): show it with the names of files and servers, or without.
        save_asked(): save what is shown.
    """

    names_chosen = Signal(bool)
    save_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress_dialog(self, _("Diagnostics"), size=(860, 600), least=(600, 420))
        self._texts: Mapping[str, str] = {}
        self.files, self.text = QListWidget(), QPlainTextEdit()
        self.files.setAccessibleName(_("Files of the report"))
        self.files.currentTextChanged.connect(self._on_file_chosen)
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(_("Text of the file"))
        self.with_names = QCheckBox(_("With the &names of files and servers"))
        self.with_names.toggled.connect(self.names_chosen)
        self.save = QPushButton(_("Save…"))
        self.save.setProperty("role", "primary")
        self.save.setAutoDefault(False)
        self.save.clicked.connect(self.save_asked)
        self.progress = ProgressNote(_("Gathering…"))
        self._said, self._problem = wrapped_label("caption"), wrapped_label("problem")
        self._lay_out()
        self.set_ready(False)
        self.show_words("")
        self.show_problem("")

    @property
    def texts(self) -> Mapping[str, str]:
        """What is shown, by the names of the files."""
        return self._texts

    @property
    def words(self) -> str:
        """What became of saving."""
        return self._said.text() or self._problem.text()

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Show these files and no others; the chosen one stays chosen."""
        row = self.files.currentRow()
        chosen = list(self._texts)[row] if row >= 0 else ""
        self._texts = dict(texts)
        self.files.clear()
        self.files.addItems(list(texts))
        self.files.setCurrentRow(list(texts).index(chosen) if chosen in texts else 0)
        self.set_ready(True)

    def set_ready(self, ready: bool) -> None:
        """Whether there is something to save."""
        self.save.setEnabled(ready)
        self.with_names.setEnabled(ready)

    def show_words(self, words: str) -> None:
        """Say what became of saving; "" for nothing."""
        say(self._problem, "")
        say(self._said, words)

    def show_problem(self, words: str) -> None:
        """Say what went wrong; "" for nothing."""
        say(self._said, "")
        say(self._problem, words)

    def _on_file_chosen(self, name: str) -> None:
        self.text.setPlainText(self._texts.get(name, ""))

    def _lay_out(self) -> None:
        split = QSplitter()
        split.addWidget(self.files)
        split.addWidget(self.text)
        split.setStretchFactor(1, 1)
        split.setSizes([220, 640])
        foot = QHBoxLayout()
        foot.addWidget(self.with_names)
        foot.addStretch(1)
        foot.addWidget(self.save)
        foot.addWidget(close_box(self))
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(wrapped_label("caption", _ABOUT))
        column.addWidget(self.progress)
        column.addWidget(split, 1)
        column.addWidget(self._said)
        column.addWidget(self._problem)
        column.addLayout(foot)
