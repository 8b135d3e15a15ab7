"""The library in the window, with the real engine: what it has, and what is done with that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.footage import FootageDetails
from desktop_search.core.library import LOCAL_ID
from desktop_search.core.library_items import ItemState, LibraryItem
from desktop_search.core.token import CancelToken
from desktop_search.ui.browse.library_page import LibraryPage
from tests.clips import Clip
from tests.e2e.acting import on_screen
from tests.e2e.conftest import wait_until_done

pytestmark = pytest.mark.display
SOON_MS = 20_000
CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def page_of(program: Composition) -> LibraryPage:
    return program.items.page


def shown(program: Composition) -> dict[str, LibraryItem]:
    model = page_of(program).model
    rows = (model.row_at(row) for row in range(model.rowCount()))
    return {row.name: row for row in rows if isinstance(row, LibraryItem)}


def wait_for(qtbot: QtBot, condition: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(condition()), timeout=SOON_MS)


def enter(program: Composition, qtbot: QtBot) -> LibraryPage:
    qtbot.keyClick(program.window, Qt.Key.Key_2, CTRL_ALT)
    page = page_of(program)
    wait_for(qtbot, page.isVisible)
    return page


def choose(program: Composition, qtbot: QtBot, name: str) -> None:
    page = page_of(program)
    page.views.choose(shown(program)[name].key)
    page.views.view.setFocus()
    wait_for(qtbot, page.views.view.hasFocus)


def failed_upload(program: Composition, folder: Path, name: str, namespace: str) -> str:
    """A file that is no video, which the engine knows quickly; its id."""
    path = folder / name
    path.write_bytes(b"no video" * 100)
    client = program.services.libraries.client(LOCAL_ID, CancelToken())
    return client.upload_video(path, FootageDetails(namespace), token=CancelToken(), on_sent=lambda _: None)


def test_what_the_library_has_is_shown_found_played_and_kept_true(
    program: Composition, qtbot: QtBot, footage: Clip, tmp_path: Path
) -> None:
    program.uploads.add_paths([footage.path])
    wait_until_done(qtbot, program, 1)
    bad_id = failed_upload(program, tmp_path, "broken & <b>bold.mp4", "b-roll ☂")
    page = enter(program, qtbot)
    wait_for(qtbot, lambda: len(shown(program)) == 2)
    bad_name = next(name for name in shown(program) if name.startswith("broken"))

    def read_until_failed() -> bool:
        if page.reading.isVisible() or shown(program)[bad_name].state is ItemState.INDEXING:
            program.commands.run("library.refresh")
        return shown(program)[bad_name].state is ItemState.FAILED

    wait_for(qtbot, read_until_failed)
    bad, good = shown(program)[bad_name], shown(program)[footage.path.name]
    assert (bad.namespace, bad.item_id, bool(bad.cause)) == ("b-roll ☂", bad_id, True)
    assert (good.state, good.original, good.width) == (ItemState.SEARCHABLE, footage.path, 640)
    assert page.bar.summary.text() == "2 videos · 1 failed"

    qtbot.keyClick(page.views.view, Qt.Key.Key_Slash)
    qtbot.keyClicks(page.bar.words, "BROKEN ROLL")
    assert list(shown(program)) == [bad_name]
    assert page.bar.summary.text() == "1 of 2 videos · 1 failed"
    page.bar.words.selectAll()
    qtbot.keyClick(page.bar.words, Qt.Key.Key_Delete)
    assert len(shown(program)) == 2

    choose(program, qtbot, good.name)
    qtbot.keyClick(page.views.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == good.item_id
    qtbot.keyClick(page.views.view, Qt.Key.Key_G)
    assert page.views.view is page.views.table
    assert page.views.chosen() == (good,)
    with qtbot.waitSignal(program.watch.shown, timeout=SOON_MS):
        qtbot.keyClick(page.views.view, Qt.Key.Key_Return)
    assert on_screen(program)[0] == 9

    program.services.libraries.client(LOCAL_ID, CancelToken()).delete_videos([bad_id], bad.namespace)
    program.commands.run("library.refresh")
    wait_for(qtbot, lambda: list(shown(program)) == [good.name])
    wait_for(qtbot, lambda: any("has left the library" in each.text for each in program.notices.notices))
