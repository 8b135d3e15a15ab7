"""Fields that complete from the library: one word, or several, of which each becomes a chip."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QObject, QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit

from desktop_search.core.library_words import as_written, plain
from desktop_search.models.result_words import one_line
from desktop_search.ui.search.filter_fields import line

_OFFERED = 12
_BETWEEN = re.compile(r"[\s,;]+")
_LIKE_AN_ID = re.compile(r"(?:VI|VEI|PI-|mavi_video_)\d+", re.IGNORECASE)


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
    popup.setAccessibleName(f"{field.accessibleName()}: what the library has")
    field.setCompleter(completer)
    return words


class Vocabulary(Protocol):
    """What a field of several can hold, and how it is written."""

    def shown(self) -> list[str]:
        """What is offered while typing."""

    def meant(self, typed: str) -> tuple[str, ...]:
        """The values that the typed text means; nothing where it means none."""


class Words:
    """Words that mean themselves; those that the library writes in another case are taken as it does."""

    def __init__(self, known: tuple[str, ...] = ()) -> None:
        self._known = known

    def shown(self) -> list[str]:
        """All of them."""
        return list(self._known)

    def meant(self, typed: str) -> tuple[str, ...]:
        """The one word."""
        return (as_written(typed, self._known),) if typed.strip() else ()


class VideoNames:
    """Videos by their names, or by their ids. Names that several have are offered with the id."""

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        self._names = dict(names or {})
        lines = {video_no: one_line(name) for video_no, name in self._names.items()}
        often = {name for name, number in Counter(lines.values()).items() if number > 1}
        self._ids = {f"{name} ({video_no})" if name in often else name: (video_no,) for video_no, name in lines.items()}

    def shown(self) -> list[str]:
        """The names, newest first."""
        return list(self._ids)

    def meant(self, typed: str) -> tuple[str, ...]:
        """The ids of a name that is offered, of all videos that are called so, or those that were typed."""
        text = one_line(typed)
        if text in self._ids:
            return self._ids[text]
        called = tuple(video_no for video_no, name in self._names.items() if plain(name) == plain(text))
        ids = tuple(part for part in _BETWEEN.split(text) if part)
        return called or (ids if all(part in self._names or _LIKE_AN_ID.fullmatch(part) for part in ids) else ())


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
        self._offered.setStringList(vocabulary.shown())
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
