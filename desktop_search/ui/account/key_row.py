"""One key of a library in the dialog's list."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QRadioButton, QVBoxLayout

from desktop_search.core.accounts import KeptKey
from desktop_search.core.language import _
from desktop_search.models.upload_words import plain_line
from desktop_search.ui.style.labels import say, wrapped_label


def key_title(name: str) -> str:
    """What a key is called; the first one has no name of its own."""
    return plain_line(name) or _("First key")


class KeyRow(QFrame):
    """Shows one key and what became of its test.

    Signals:
        use_asked(str), test_asked(str), remove_asked(str): the key of this name is to be used, tested, removed.
    """

    use_asked = Signal(str)
    test_asked = Signal(str)
    remove_asked = Signal(str)

    def __init__(self, key: KeptKey) -> None:
        super().__init__()
        self.key = key
        self.setProperty("role", "card")
        title = key_title(key.name)
        self.setAccessibleName(_("Key {name}").format(name=title))
        self.use = QRadioButton(f"{title}   {key.hint}".rstrip().replace("&", "&&"))
        self.use.setToolTip(_("Use this key from now on"))
        self.use.setChecked(key.is_used)
        self.use.setEnabled(bool(key.hint or key.problem))
        self.test, self.remove = QPushButton(_("Test")), QPushButton(_("Remove"))
        self.test.setAccessibleName(_("Test {name}").format(name=title))
        self.remove.setAccessibleName(_("Remove {name}").format(name=title))
        self._said = wrapped_label("caption")
        gone = _("The keyring has this key no longer. Remove it, or add it again.")
        self.show_state(key.problem or ("" if key.hint else gone), is_problem=True)
        self.use.toggled.connect(self._on_toggled)
        self.test.clicked.connect(lambda: self.test_asked.emit(key.name))
        self.remove.clicked.connect(lambda: self.remove_asked.emit(key.name))
        line = QHBoxLayout()
        line.addWidget(self.use, 1)
        for button in (self.test, self.remove):
            button.setAutoDefault(False)
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.addLayout(line)
        column.addWidget(self._said)

    @property
    def state(self) -> str:
        """What is said about the key."""
        return self._said.text()

    def show_state(self, words: str, *, is_problem: bool) -> None:
        """Say what became of the test; "" for nothing."""
        self._said.setProperty("role", "problem" if is_problem else "caption")
        self._said.style().polish(self._said)
        say(self._said, words)

    def _on_toggled(self, is_on: bool) -> None:
        if is_on and not self.key.is_used:
            self.use_asked.emit(self.key.name)
