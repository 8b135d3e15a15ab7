"""Brings the window into the states that the documents show, and saves what the screen then shows."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_search import resources
from desktop_search.bootstrap.compose import Composition
from desktop_search.bootstrap.screen import grab, is_blank, paint
from desktop_search.bootstrap.tour import run_tour
from desktop_search.bootstrap.waiting import until
from desktop_search.bootstrap.window import application, open_window
from desktop_search.core.query import Scope, SearchFilters, SearchQuery, Strictness
from desktop_search.core.uploads import UploadState
from desktop_search.settings.folders import Folders
from desktop_search.ui.style.theme import Theme, apply_theme

_INDEXED_S, _STEP_S, _COLOURS = 300.0, 30.0, 256
_QUERY = SearchQuery("harbour at sunset", Scope.ALL)
_SETTLED_MS = 700  # for what fades in, and for rows that are painted when their thumbnails come


def take_pictures(folders: Folders, target: Path) -> Iterator[Path]:
    """All of them, each as it is there."""
    with open_window(folders) as program:
        window = program.window
        until(lambda: not is_blank(window), "the window is on the screen", _STEP_S)
        add_samples(program)
        search(program, _QUERY)
        program.results.focus_list()
        until(lambda: program.player_pane.title.text() != "", "the player shows the first hit", _STEP_S)
        yield save(program, target / "window.png")
        apply_theme(application(), Theme.LIGHT)
        yield save(program, target / "window-light.png")
        apply_theme(application(), Theme.DARK)
        program.commands.run("results.view")
        yield save(program, target / "results-grid.png")
        program.commands.run("results.view")
        yield from of_commands(program, target)
        yield of_filters(program, target)
        program.player_pane.setFocus()
        program.commands.run("player.full-screen")
        until(window.isFullScreen, "the picture is alone", _STEP_S)
        yield save(program, target / "player-full.png")
        program.commands.run("player.full-screen")


def take_tour(folders: Folders, target: Path) -> Iterator[Path]:
    """Those that `--tour` leaves of its jumps, as “tour-seen.png”. Fails where the tour does."""
    with tempfile.TemporaryDirectory(prefix="desktop-search-tour-") as place:
        made = Path(place)
        assert run_tour(folders, made) == 0, (made / "tour.json").read_text("utf-8")
        for step in json.loads((made / "tour.json").read_text("utf-8"))["steps"]:
            kind = step["name"].removeprefix("jumped: ")
            if kind != step["name"]:
                yield shutil.copyfile(made / step["picture"], target / f"tour-{kind}.png")


def add_samples(program: Composition) -> None:
    footage = [file for file in sorted(resources.path("sample").iterdir()) if file.suffix in {".mp4", ".jpg"}]
    program.uploads.add_paths(footage)
    rows = program.uploads_pane.model
    until(lambda: rows.count(UploadState.SEARCHABLE) == len(footage), "the footage is searchable", _INDEXED_S)
    until(program.engine_strip.isHidden, "the engine has said that it is done", _INDEXED_S)


def search(program: Composition, query: SearchQuery) -> None:
    answered: list[object] = []
    connection = program.search.answered.connect(lambda asked, _answer: answered.append(asked))
    program.search_pane.run_query(query)
    until(lambda: bool(answered), "the search is answered", _STEP_S)
    program.search.answered.disconnect(connection)


def of_commands(program: Composition, target: Path) -> Iterator[Path]:
    """The palette while it is typed into, the sheet of keys, and the page on which they are changed."""
    parts = program.command_parts
    program.commands.run("help.commands")
    QTest.keyClicks(parts.palette.field, "mark")
    yield save(program, target / "palette.png")
    parts.palette.close()
    program.commands.run("help.shortcuts")
    yield save(program, target / "shortcuts.png")
    parts.sheet.close()
    program.preferences.open()
    until(lambda: program.preferences.dialog is not None, "the preferences are open", _STEP_S)
    dialog = program.preferences.dialog
    assert dialog is not None
    dialog.pages.setCurrentWidget(dialog.shortcuts)
    dialog.shortcuts.choose("player.mute")
    until(dialog.isVisible, "the preferences are shown", _STEP_S)
    yield save(program, target / "shortcuts-edited.png")
    dialog.close()
    until(lambda: program.preferences.dialog is None, "the preferences are closed", _STEP_S)


def of_filters(program: Composition, target: Path) -> Path:
    """The panel of filters, with one that is set."""
    program.commands.run("search.filters")
    search(program, SearchQuery("harbour", Scope.ALL, SearchFilters(top_k=20, strictness=Strictness.LOW)))
    picture = save(program, target / "filters.png")
    program.commands.run("search.filters")
    return picture


def save(program: Composition, target: Path) -> Path:
    """What the screen shows of the window and of what stands before it, in 256 colours."""
    until(lambda: program.has_all_thumbnails, "the thumbnails are there", _STEP_S)
    settled = QEventLoop()
    QTimer.singleShot(_SETTLED_MS, settled.quit)
    settled.exec()
    before: list[QWidget] = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    for widget in (program.window, *before):
        paint(widget)
    shot = grab(program.window).convertToFormat(QImage.Format.Format_RGB888)
    pixels = bytes(shot.constBits())
    picture = Image.frombuffer("RGB", (shot.width(), shot.height()), pixels, "raw", "RGB", shot.bytesPerLine(), 1)
    few = picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=_COLOURS, dither=Image.Dither.FLOYDSTEINBERG)
    few.save(target, optimize=True)
    return target
