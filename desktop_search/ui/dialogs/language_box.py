"""The choice of the language; it holds from the next start, because texts are made as the program is read in."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop_search import resources
from desktop_search.core import language
from desktop_search.core.language import _
from desktop_search.ui.style.labels import say, wrapped_label


class LanguageBox(QWidget):
    """Signals:
    chosen(str): "en", "de"; "" for the language of the system.
    """

    chosen = Signal(str)

    def __init__(self, kept: str) -> None:
        super().__init__()
        self._kept = kept
        self.box = QComboBox()
        self.box.setAccessibleName(_("Language"))
        self.box.addItem(_("As the system"), "")
        for name in (language.ENGLISH, *resources.languages()):
            self.box.addItem(_own_name(name), name)
        self.box.setCurrentIndex(max(0, self.box.findData(kept)))
        self.box.activated.connect(self._on_activated)
        self.note = wrapped_label("caption")
        self.note.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.box)
        column.addWidget(self.note)
        self.setFocusProxy(self.box)

    def _on_activated(self, place: int) -> None:
        name = self.box.itemData(place)
        say(self.note, "" if name == self._kept else _("The window is in this language from the next start."))
        self.chosen.emit(name)


def _own_name(name: str) -> str:
    """What those who speak it call it: "English", "Deutsch"."""
    if name == language.ENGLISH:
        return "English"  # and not American English, as Qt has it
    own = QLocale(name).nativeLanguageName()
    return own[:1].upper() + own[1:]
