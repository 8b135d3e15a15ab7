"""Qt's own words, numbers and dates in the language of the program."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop_search.core import language


def speak(app: QApplication) -> None:
    """Let Qt write as the program does: its buttons and dialogs, and numbers as in the country of the system."""
    name = language.chosen()
    QLocale.setDefault(QLocale(QLocale(name).language(), QLocale.system().territory()))
    translator = QTranslator(app)
    if name != language.ENGLISH and translator.load(
        f"qtbase_{name}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        app.installTranslator(translator)
