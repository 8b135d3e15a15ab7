"""Through the window and every dialog of it, with as much as possible on show; for `translated_child`."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QMenu, QTabWidget, QWidget

from desktop_search import resources
from desktop_search.bootstrap.compose import Composition
from desktop_search.bootstrap.waiting import until
from desktop_search.bootstrap.window import open_window
from desktop_search.core.query import SearchFilters, SearchQuery, Strictness
from desktop_search.core.uploads import UploadState
from desktop_search.settings.folders import Folders
from desktop_search.ui.uploads.upload_menu import rows_menu
from tests.e2e.scaled_child import settled
from tests.e2e.test_every_dialog import DIALOGS, opened
from tests.support.shown_texts import shown_texts

Look = Callable[[QWidget], list[str]]
_MORE = ("file.keys", "file.servers", "help.diagnostics")
_SIZES = ((1024, 640), (1440, 900))
_OPENED_S, _INDEXED_S = 10.0, 60.0
_INNER = re.compile(r"⟦[^⟦⟧]*⟧")
_LETTER = re.compile(r"(?<!&)&([^&\s])")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_MODELS = json.loads(resources.read_text("models.json"))["models"]
_MODEL_NAMES = sorted({model[key] for model in _MODELS for key in ("title", "licence", "attribution")}, key=len)
# What is the same in every language: names of programs, services, footage and models, keys, addresses, examples.
_SAME = re.compile(
    r"Desktop Search|memories\.ai|This computer|TikTok|YouTube|Instagram|libVLC|PySide|Python|VLC|Vetinari|API|UTC|"
    r"DaVinci Resolve|OpenTimelineIO|English|Deutsch|https?://\S+|/[\w/.-]+|sk-mavi-…|take 1|"
    r"[\w-]+\.(txt|json|log)|\*\.\w+|default|Linux\S*|"
    r"\b(Ctrl|Shift|Alt|Meta|Esc|Return|Enter|Space|Del|Backspace|PgUp|PgDown|Home|End|Qt|mp4)\b|\bVI\d+\b|\b[0-9a-f]{32,}\b|"
    + "|".join(re.escape(name) for name in reversed(_MODEL_NAMES))
)


def walk(profile: Path, footage: list[Path], look: Look) -> list[str]:
    """What `look` finds wrong with the window, in two sizes, and with the pages of all dialogs."""
    folders = Folders.for_user(profile)
    folders.create()
    faults: list[str] = []
    with open_window(folders) as program:
        fill(program, footage)
        for size in _SIZES:
            program.window.resize(*size)
            faults += [f"window {size}: {fault}" for fault in look(program.window)]
        faults += [f"a menu: {fault}" for menu in menus(program) for fault in look(menu)]
        for command_id in (*DIALOGS, *_MORE):
            faults += [f"{command_id}: {fault}" for fault in of_dialog(program, command_id, look)]
    return list(dict.fromkeys(faults))


def fill(program: Composition, footage: list[Path]) -> None:
    """Results, filters, chips, details, a notice."""
    if footage:
        program.uploads.add_paths(footage)
        rows = program.uploads_pane.model
        until(lambda: rows.count(UploadState.SEARCHABLE) == len(footage), "all is searchable", _INDEXED_S)
    filters = SearchFilters(top_k=12, strictness=Strictness.LOW)
    answers: list[bool] = []
    program.search.answered.connect(lambda *_answer: answers.append(True))
    program.search_pane.run_query(SearchQuery("red", filters=filters))
    until(lambda: bool(answers), "the search is answered", _OPENED_S)
    until(lambda: bool(program.results.hits()) == bool(footage), "the results are shown", _OPENED_S)
    program.commands.run("search.filters")
    program.uploads_pane.details_form.set_open(True)


def menus(program: Composition) -> Iterator[QMenu]:
    """The menus that are made when they are asked for, with everything that can stand in them."""
    yield program.result_menu._build(program.results.hits())
    yield rows_menu(lambda _action: True, lambda _action: None, program.commands, program.uploads_pane)


def of_dialog(program: Composition, command_id: str, look: Look) -> list[str]:
    """What is wrong with the pages of the dialog that the command opens."""
    at_work = lanes(program)
    program.commands.run(command_id)
    until(lambda: len(opened()) == 1, f"{command_id} is open", _OPENED_S)
    dialog: QDialog = opened()[0]
    until(lambda: lanes(program) <= at_work, f"{command_id} has what it shows", _INDEXED_S)
    tabs = dialog.findChild(QTabWidget)
    faults = look(dialog)
    if isinstance(tabs, QTabWidget):
        for number in range(1, tabs.count()):
            tabs.setCurrentIndex(number)
            faults += look(dialog)
    dialog.close()
    until(lambda: not opened(), f"{command_id} is closed", _OPENED_S)
    return faults


def lanes(program: Composition) -> set[str]:
    """The lanes in which something is being done; in some of them always."""
    return {job.lane for job in program.runner._running}


def cut(window: QWidget) -> list[str]:
    """What is cut off, and which Alt letters mean two things."""
    seen = [widget for widget in window.findChildren(QWidget) if widget.isVisible() and widget.window() is window]
    texts = [widget.text() for widget in seen if isinstance(widget, QLabel | QAbstractButton)]
    letters = Counter(found[1].casefold() for text in texts for found in [_LETTER.search(text)] if found)
    return [*settled(window), *(f"Alt+{letter} {count} times" for letter, count in letters.items() if count > 1)]


def left_out(window: QWidget) -> list[str]:
    """What did not go through the translations: words outside of the brackets that those put around each text."""
    return [text for text in shown_texts(window) if is_left_out(text)]


def is_left_out(text: str) -> bool:
    rest, before = text, ""
    while rest != before:
        rest, before = _INNER.sub(" ", rest), rest
    return bool(_LETTERS.search(_SAME.sub(" ", rest)))
