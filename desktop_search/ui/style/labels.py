"""Labels that several panes have alike."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def wrapped_label(role: str, words: str = "") -> QLabel:
    """A label that shows `words` as they are, in as many lines as they need."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label


def breakable(text: str) -> str:
    """`text` such that a label may go on in its next line after a part of an address or of a path."""
    for sign in "/\\?&=":
        text = text.replace(sign, f"{sign}\u200b")
    return text


def say(label: QLabel, words: str) -> None:
    """Show these words, or nothing at all where there are none."""
    label.setText(words)
    label.setVisible(bool(words))
