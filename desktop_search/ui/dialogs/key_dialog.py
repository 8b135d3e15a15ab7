"""Asks for a library's key. It takes a new one and shows of an old one only enough to recognise it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_search.core.language import _
from desktop_search.core.library import CLOUD_ID, Library
from desktop_search.ui.dialogs.dressing import FittingDialog, thin_bar
from desktop_search.ui.library.library_words import charge_words, unencrypted_words
from desktop_search.ui.style.labels import say, wrapped_label

_KEPT_WHERE = _(
    "The key is kept in this system's keyring (such as GNOME Keyring, KWallet, macOS Keychain or Windows Credential "
    "Manager), never in a file, and is sent to this library alone."
)


class KeyDialog(FittingDialog):
    """The field stays as it is when something fails, so that a typing mistake can be mended.

    Signals:
        key_entered(str): "Check and save" with this key.
        check_cancelled(): stop checking; the dialog stays.
        remove_asked(): remove the kept key.
    """

    key_entered = Signal(str)
    check_cancelled = Signal()
    remove_asked = Signal()

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.library = library
        self._busy = False
        self.setWindowTitle(_("Key for {library}").format(library=library.title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(440)
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(_("API key"))
        self.field.setPlaceholderText("sk-mavi-…" if library.library_id == CLOUD_ID else _("API key"))
        self.field.textChanged.connect(self._on_text_changed)
        self._kept = wrapped_label("caption")
        self._problem = wrapped_label("problem")
        self._progress = thin_bar(_("Checking the key"))
        self._save = QPushButton(_("Check and save"))
        self._save.setProperty("role", "primary")
        self._save.setDefault(True)
        self._save.clicked.connect(self._on_save_clicked)
        self._cancel = QPushButton(_("Cancel"))
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.reject)
        self._remove = QPushButton(_("Remove key"))
        self._remove.setAutoDefault(False)
        self._remove.clicked.connect(self.remove_asked)
        self._lay_out()
        self.set_hint("")
        self._show_state()

    @property
    def problem(self) -> str:
        """What stands below the field."""
        return self._problem.text()

    @property
    def is_busy(self) -> bool:
        """Whether a key is being checked."""
        return self._busy

    @property
    def kept_words(self) -> str:
        """What is said about the kept key."""
        return self._kept.text()

    def set_hint(self, hint: str) -> None:
        """Say which key is kept; "" for none."""
        say(self._kept, _("Kept now: {hint}. A new key replaces it.").format(hint=hint) if hint else "")
        self._remove.setVisible(bool(hint))

    def set_busy(self, busy: bool) -> None:
        """Show that a key is being checked, or no longer is."""
        self._busy = busy
        self._show_state()

    def show_problem(self, words: str) -> None:
        """Say below the field why the key was not taken."""
        self.set_busy(False)
        say(self._problem, words)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def reject(self) -> None:
        """Cancel: the first time the check, if one runs; otherwise the dialog."""
        if self._busy:
            self.set_busy(False)
            self.check_cancelled.emit()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the window also ends a check that runs."""
        if self._busy:
            self.set_busy(False)
            self.check_cancelled.emit()
        super().closeEvent(event)

    def _on_text_changed(self) -> None:
        self._problem.hide()
        self._problem.setText("")
        self._show_state()

    def _on_save_clicked(self) -> None:
        key = self.field.text().strip()
        if not key or self._busy:
            return
        if not key.isascii() or any(sign.isspace() for sign in key):
            self.show_problem(_("A key has no spaces and no special signs. Copy it again, whole."))
            return
        self._problem.hide()
        self.set_busy(True)
        self.key_entered.emit(key)

    def _show_state(self) -> None:
        self._progress.setVisible(self._busy)
        self.field.setReadOnly(self._busy)
        self._save.setEnabled(not self._busy and bool(self.field.text().strip()))
        self._save.setText(_("Checking…") if self._busy else _("Check and save"))
        self._remove.setEnabled(not self._busy)
        self._cancel.setText(_("Stop") if self._busy else _("Cancel"))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(8)
        label = QLabel(_("API &key for {library}").format(library=self.library.title))
        label.setBuddy(self.field)
        column.addWidget(label)
        for widget in (self.field, self._progress, self._problem, self._kept):
            column.addWidget(widget)
        for words in filter(None, (_KEPT_WHERE, charge_words(self.library))):
            column.addWidget(wrapped_label("caption", words))
        warning = unencrypted_words(self.library)
        if warning:
            column.addWidget(wrapped_label("problem", warning))
        column.addStretch(1)
        line = QHBoxLayout()
        line.addWidget(self._remove)
        line.addStretch(1)
        line.addWidget(self._cancel)
        line.addWidget(self._save)
        column.addLayout(line)
