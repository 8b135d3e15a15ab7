"""Fields that complete from the library: one word, or several, of which each becomes a chip."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit

from desktop_search.core.language import _
from desktop_search.ui.search.filter_fields import line

_OFFERED = 12


def complete(field: QLineEdit) -> QStringListModel:
    """Let the field offer words that contain what is typed. The words are put into the model that is given back."""
    words = QStringListModel(field)
    completer = QCompleter(words, field)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setMaxVisibleItems(_OFFERED)
    popup = completer.popup()
    assert popup is not None  # as the completer offers words in one
    popup.setProperty("role", "offer")
    popup.setAccessibleName(_("{field}: what the library has").format(field=field.accessibleName()))
    field.setCompleter(completer)
    return words


def offer(model: QStringListModel, words: Sequence[str]) -> None:
    """Let the field whose model it is offer these; where it does already, its open list stays as it is."""
    if model.stringList() != list(words):
        model.setStringList(list(words))


class Vocabulary(Protocol):
    """What a field of several can hold: `shown` is offered while typing."""

    shown: tuple[str, ...]

    def meant(self, typed: str) -> tuple[str, ...]:
        """The values that the typed text means; nothing where it means none."""


class ManyField(QObject):
    """A line that adds what it says, when it is left or Enter is pressed, to the values that were chosen before.

    Signals:
        changed(): other values, or other text.
    """

    changed = Signal()

    def __init__(self, title: str, placeholder: str, more: str, vocabulary: Vocabulary) -> None:
        """`placeholder` is shown while nothing is chosen, `more` when something is."""
        super().__init__()
        self.entry = line(title, placeholder)
        self._placeholders = placeholder, more
        self._offered = complete(self.entry)
        self._vocabulary = vocabulary
        self._chosen: tuple[str, ...] = ()
        self.entry.textChanged.connect(lambda _text: self.changed.emit())
        self.entry.editingFinished.connect(self.take)
        completer = self.entry.completer()
        assert completer is not None
        completer.activated.connect(self._on_picked)

    def set_vocabulary(self, vocabulary: Vocabulary) -> None:
        """Another library, or more of it, is known now."""
        self._vocabulary = vocabulary
        offer(self._offered, vocabulary.shown)
        self.changed.emit()

    def values(self) -> tuple[str, ...]:
        """What was chosen, and what the line says."""
        return tuple(dict.fromkeys((*self._chosen, *self._vocabulary.meant(self.entry.text()))))

    def set_values(self, values: tuple[str, ...]) -> None:
        """Choose these. Where the line says one of them it goes on doing so."""
        if values != self.values() or self.is_unknown:
            self._chosen = values
            self.entry.clear()
            self._show()

    @property
    def is_unknown(self) -> bool:
        """Whether the line says something that means nothing."""
        return bool(self.entry.text().strip()) and not self._vocabulary.meant(self.entry.text())

    def take(self) -> None:
        """Make what the line says one of the chosen, unless it means nothing."""
        if self.entry.text().strip() and not self.is_unknown:
            self._chosen = self.values()
            self.entry.clear()
            self._show()

    def _on_picked(self, _text: str) -> None:
        QTimer.singleShot(0, self, self.take)  # the completer still writes into the line after this

    def _show(self) -> None:
        self.entry.setPlaceholderText(self._placeholders[bool(self._chosen)])
        self.changed.emit()
