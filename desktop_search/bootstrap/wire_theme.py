"""Dresses the program in the theme of the preferences, and goes along when that or the desktop changes."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop_search.ui.style.theme import Theme, apply_theme


class ThemeParts(QObject):
    """Holds the theme that was chosen."""

    def __init__(self, app: QApplication, theme: str, parent: QObject) -> None:
        super().__init__(parent)
        self._app, self._theme = app, Theme(theme)
        apply_theme(app, self._theme)
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    def choose(self, theme: str) -> None:
        """Another one, by the name that the preferences keep."""
        self._theme = Theme(theme)
        apply_theme(self._app, self._theme)

    def _on_scheme_changed(self, _scheme: object) -> None:
        """The desktop went dark or light; who follows the desktop follows now."""
        if self._theme is Theme.SYSTEM:
            apply_theme(self._app, self._theme)
