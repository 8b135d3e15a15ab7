"""Applies a theme to the whole application: palette, style sheet and type."""

from __future__ import annotations

from enum import StrEnum
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

from desktop_search import resources
from desktop_search.ui.style.icons import arrow_file, recolour
from desktop_search.ui.style.tokens import DARK, LIGHT, Tokens

TYPE_PX = 13
# The style that the sheets are written for, as arguments of the application: asked for in Python it is wrapped as an
# object with all of its enumerations, which takes a sixth of the time to the first frame.
STYLE = ("-style", "Fusion")


class Theme(StrEnum):
    """What the user chose; the value is what the preferences keep."""

    DARK = "dark"
    LIGHT = "light"
    SYSTEM = "system"


_current = {"tokens": DARK}


def tokens() -> Tokens:
    """The colours of the theme that is applied."""
    return _current["tokens"]


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Dress the application. With SYSTEM the desktop's own choice of dark or light is taken."""
    dark = theme is Theme.DARK
    if theme is Theme.SYSTEM:
        dark = app.styleHints().colorScheme() is not Qt.ColorScheme.Light
    chosen = DARK if dark else LIGHT
    _current["tokens"] = chosen
    font = QFont(app.font())
    font.setPixelSize(TYPE_PX)
    app.setFont(font)
    app.setPalette(_palette(chosen))
    app.setStyleSheet(style_sheet(chosen))
    recolour(app.allWidgets())


def style_sheet(chosen: Tokens) -> str:
    """`resources/qss/base.qss` with the theme's colours and arrows filled in."""
    names = chosen.names()
    for direction in ("up", "down"):
        names[f"arrow_{direction}"] = arrow_file(direction, chosen.text).as_posix()
    names["check"] = arrow_file("check", chosen.on_accent).as_posix()
    return Template(resources.read_text("qss/base.qss")).substitute(names)


def _palette(chosen: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, chosen.panel),
        (role.WindowText, chosen.text),
        (role.Base, chosen.field),
        (role.AlternateBase, chosen.panel),
        (role.Text, chosen.text),
        (role.Button, chosen.raised),
        (role.ButtonText, chosen.text),
        (role.ToolTipBase, chosen.raised),
        (role.ToolTipText, chosen.text),
        (role.PlaceholderText, chosen.muted),
        (role.Highlight, chosen.accent),
        (role.HighlightedText, chosen.on_accent),
        (role.Link, chosen.accent_text),
    ):
        palette.setColor(which, colour)
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, chosen.muted)
    return palette
