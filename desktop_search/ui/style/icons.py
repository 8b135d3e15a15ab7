"""Icons: our own one-colour SVG drawings, coloured for the theme when they are asked for."""

from __future__ import annotations

import atexit
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop_search import resources

_SIZES_PX = (16, 20, 24, 32, 48, 64)
_APP_SIZES_PX = (16, 32, 64, 128)
_in_theme_colour: dict[int, str] = {}  # by cache key, which an icon keeps when it is handed on


def icon(name: str, colour: QColor | None = None) -> QIcon:
    """The drawing `resources/icons/{name}.svg` in the theme's text colour, or in `colour`; muted when disabled."""
    from desktop_search.ui.style.theme import tokens  # the theme needs the arrows of this file

    normal, disabled = colour or tokens().text, tokens().muted
    made = _icon(name, normal.name(), disabled.name())
    if colour is None:
        _in_theme_colour[made.cacheKey()] = name
    return made


def app_icon() -> QIcon:
    """The program's own. Drawn here: for a file Qt loads a plugin, which draws more sizes than anything shows."""
    drawing, made = QSvgRenderer(str(resources.path("app/desktop-search.svg"))), QIcon()
    for size_px in _APP_SIZES_PX:
        made.addPixmap(_draw(drawing, size_px))
    return made


def recolour(widgets: Iterable[QWidget]) -> None:
    """Give every button and action that shows an icon in the theme's colour the same icon in the colour of now."""
    for widget in widgets:
        holders: list[QAbstractButton | QAction] = list(widget.actions())
        if isinstance(widget, QAbstractButton):
            holders.append(widget)
        for holder in holders:
            name = _in_theme_colour.get(holder.icon().cacheKey())
            if name is not None:
                holder.setIcon(icon(name))


@cache
def _icon(name: str, normal: str, disabled: str) -> QIcon:
    made = QIcon()
    for colour, mode in ((normal, QIcon.Mode.Normal), (disabled, QIcon.Mode.Disabled)):
        drawing = _drawing(name, colour)
        for size_px in _SIZES_PX:
            made.addPixmap(_draw(drawing, size_px), mode)
    return made


def draw(name: str, size_px: int, colour: QColor) -> QPixmap:
    """One drawing as a square picture. `FileNotFoundError` when there is none of that name."""
    return _draw(_drawing(name, colour.name()), size_px)


def _drawing(name: str, colour: str) -> QSvgRenderer:
    svg = _svg(name).replace("currentColor", colour)
    return QSvgRenderer(QByteArray(svg.encode("utf-8")))


@cache
def _svg(name: str) -> str:
    return resources.read_text(f"icons/{name}.svg")


def _draw(drawing: QSvgRenderer, size_px: int) -> QPixmap:
    pixmap = QPixmap(size_px, size_px)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawing.render(painter, QRectF(0, 0, size_px, size_px))
    painter.end()
    return pixmap


def arrow_file(direction: str, colour: QColor) -> Path:
    """A small arrow ("up", "down") or "check" as a PNG: a style sheet takes pictures from files only."""
    target = _arrow_folder() / f"{direction}-{colour.name()[1:]}.png"
    if not target.exists():
        draw(direction, 48, colour).save(str(target))  # large enough for any scale of the screen
    return target


@cache
def _arrow_folder() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="desktop-search-style-")
    atexit.register(folder.cleanup)
    return Path(folder.name)
