"""The library in the window, with the real engine: what it has, and what is done with that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from desktop_search import resources
from desktop_search.bootstrap.compose import Composition
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.core.errors import ServerError
from desktop_search.core.footage import FootageDetails
from desktop_search.core.library import LOCAL_ID
from desktop_search.core.library_items import ItemKind, ItemState, LibraryItem
from desktop_search.core.query import SearchFilters
from desktop_search.core.token import CancelToken
from desktop_search.ui.browse.library_page import LibraryPage
from desktop_search.ui.search.contact_sheet import ContactSheet
from desktop_search.ui.search.results_view import ResultsView
from tests.clips import Clip
from tests.e2e.acting import jump, on_screen, type_query
from tests.e2e.conftest import items, wait_until_done

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


def read_anew(program: Composition) -> None:
    """Unless it is being read: reading that is begun again and again never ends."""
    if all(job.lane != "library" for job in program.runner._running):
        program.commands.run("library.refresh")


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
        read_anew(program)
        return shown(program)[bad_name].state is ItemState.FAILED

    wait_for(qtbot, read_until_failed)
    bad, good = shown(program)[bad_name], shown(program)[footage.path.name]
    assert (bad.namespace, bad.item_id, bool(bad.cause)) == ("b-roll ☂", bad_id, True)
    assert (good.state, good.original, good.width) == (ItemState.SEARCHABLE, footage.path, 640)
    assert page.bar.summary.text() == "2 videos · 1 failed"
    row = page.model.row_of(bad.key)
    assert row is not None
    assert "namespace: b-roll ☂" in page.model.index(row).data(Qt.ItemDataRole.ToolTipRole)
    _find_by_words(program, qtbot, bad_name)
    _copy_and_play(program, qtbot, good)
    program.services.libraries.client(LOCAL_ID, CancelToken()).delete_videos([bad_id], bad.namespace)
    program.commands.run("library.refresh")
    wait_for(qtbot, lambda: list(shown(program)) == [good.name])
    wait_for(qtbot, lambda: any("has left the library" in each.text for each in program.notices.notices))


def test_the_original_is_shown_in_its_folder_from_every_list(
    revealed: list[Path], program: Composition, qtbot: QtBot, footage: Clip
) -> None:
    program.uploads.add_paths([footage.path])
    wait_until_done(qtbot, program, 1)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    page = enter(program, qtbot)
    wait_for(qtbot, lambda: len(shown(program)) == 1)
    choose(program, qtbot, footage.path.name)
    qtbot.keyClick(page.views.view, Qt.Key.Key_R, both)
    wait_for(qtbot, lambda: len(revealed) == 1)
    assert type_query(program, qtbot, "green")
    jump(program, qtbot)
    found = program.results.findChild(ResultsView)
    assert isinstance(found, ResultsView)
    qtbot.keyClick(found, Qt.Key.Key_R, both)
    wait_for(qtbot, lambda: len(revealed) == 2)
    program.uploads_pane.view.selectAll()
    assert program.commands.run("queue.reveal")
    wait_for(qtbot, lambda: len(revealed) == 3)
    assert revealed == [footage.path] * 3


def _find_by_words(program: Composition, qtbot: QtBot, name: str) -> None:
    page = page_of(program)
    qtbot.keyClick(page.views.view, Qt.Key.Key_Slash)
    qtbot.keyClicks(page.bar.words, "BROKEN ROLL")
    assert list(shown(program)) == [name]
    assert page.bar.summary.text() == "1 of 2 videos · 1 failed"
    page.bar.words.selectAll()
    qtbot.keyClick(page.bar.words, Qt.Key.Key_Delete)
    assert len(shown(program)) == 2


def _copy_and_play(program: Composition, qtbot: QtBot, item: LibraryItem) -> None:
    page = page_of(program)
    choose(program, qtbot, item.name)
    qtbot.keyClick(page.views.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == item.item_id
    qtbot.keyClick(page.views.view, Qt.Key.Key_G)
    assert page.views.view is page.views.table
    assert page.views.chosen() == (item,)
    with qtbot.waitSignal(program.watch.shown, timeout=SOON_MS):
        qtbot.keyClick(page.views.view, Qt.Key.Key_Return)
    assert on_screen(program)[0] == 9
    program.commands.run("library.sheet")
    sheet = next(each for each in QApplication.topLevelWidgets() if isinstance(each, ContactSheet) and each.isVisible())
    wait_for(qtbot, lambda: sheet.model.rowCount() > 3)
    sheet.close()


def test_items_are_saved_deleted_after_a_moment_and_searched_inside(
    program: Composition, qtbot: QtBot, footage: Clip, tmp_path: Path
) -> None:
    program.uploads.add_paths([footage.path])
    wait_until_done(qtbot, program, 1)
    for name in ("a.mp4", "b.mp4"):
        failed_upload(program, tmp_path, name, "default")
    page, acts = enter(program, qtbot), program.items.acts
    wait_for(qtbot, lambda: len(shown(program)) == 3)
    good = shown(program)[footage.path.name]
    choose(program, qtbot, good.name)
    _save_beside(program, qtbot, tmp_path / "saved", footage)
    qtbot.keyClick(page.views.view, Qt.Key.Key_Y, Qt.KeyboardModifier.ShiftModifier)
    assert program.search_pane.query().filters.video_nos == (good.item_id,)
    assert "inside" in program.commands.name("library.search-inside")

    enter(program, qtbot)
    _delete_all_and_think_again(program, qtbot)
    acts.deleting.grace_ms = 0
    choose(program, qtbot, good.name)
    program.services.libraries.client(LOCAL_ID, CancelToken()).delete_videos([good.item_id], good.namespace)
    page.views.view.selectAll()  # one of them is gone on the server by now
    program.commands.run("library.delete")
    with qtbot.waitSignal(acts.deleting.deleted, timeout=SOON_MS):
        qtbot.mouseClick(acts.deleting.strip.delete, Qt.MouseButton.LeftButton)
    wait_for(qtbot, lambda: shown(program) == {})
    assert footage.path.exists()
    records, total = program.services.libraries.client(LOCAL_ID, CancelToken()).list_videos("default")
    assert (records, total) == ((), 0)


def _save_beside(program: Composition, qtbot: QtBot, target: Path, footage: Clip) -> None:
    """Into a folder that has another file of this name."""
    target.mkdir()
    (target / footage.path.name).write_bytes(b"mine")
    program.items.acts.downloads.save(page_of(program).views.chosen(), target)
    copy = target / f"{footage.path.stem} (2){footage.path.suffix}"
    wait_for(qtbot, lambda: any(str(copy) in each.text for each in program.notices.notices))
    assert copy.read_bytes() == footage.path.read_bytes()
    assert (target / footage.path.name).read_bytes() == b"mine"


def _delete_all_and_think_again(program: Composition, qtbot: QtBot) -> None:
    """First when asked, then by Undo."""
    deleting, view = program.items.acts.deleting, page_of(program).views.view
    deleting.grace_ms = 600_000  # nothing is sent while the test looks
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    strip = deleting.strip
    assert strip.isVisible()
    assert "3 videos" in strip.question.text()
    assert sorted(str(strip.names.model().index(row, 0).data()) for row in range(3)) == sorted(shown(program))
    qtbot.keyClick(strip.keep, Qt.Key.Key_Escape)
    assert (strip.isVisible(), len(shown(program))) == (False, 3)
    program.commands.run("library.delete")
    qtbot.mouseClick(strip.delete, Qt.MouseButton.LeftButton)
    assert shown(program) == {}
    undo = next(each for each in program.notices.findChildren(QPushButton) if each.text() == "Undo")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert len(shown(program)) == 3


def test_what_failed_is_tried_again_and_a_failure_to_delete_shows_the_items_again(
    program: Composition, qtbot: QtBot, footage: Clip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "later whole.mp4"
    bad_id = failed_upload(program, tmp_path, name, "default")
    LocalFilesTable(program.services.catalog).link(LOCAL_ID, bad_id, tmp_path / name, 800, 1, "")
    (tmp_path / name).write_bytes(footage.path.read_bytes())
    page, acts = enter(program, qtbot), program.items.acts

    def has_failed() -> bool:
        read_anew(program)
        return any(item.state is ItemState.FAILED for item in shown(program).values())

    wait_for(qtbot, has_failed)
    choose(program, qtbot, name)
    assert shown(program)[name].original == tmp_path / name
    assert program.commands.run("library.retry")
    wait_until_done(qtbot, program, 1)
    assert items(program)[0].remote_id not in {"", bad_id}

    def refuse(*_asked: object, **_more: object) -> None:
        raise ServerError("The library is out of order.")

    client = program.services.libraries.client(LOCAL_ID, CancelToken())
    monkeypatch.setattr(client, "delete_videos", refuse)
    acts.deleting.grace_ms = 0
    program.commands.run("library.delete")
    with qtbot.waitSignal(acts.deleting.failed, timeout=SOON_MS):
        qtbot.mouseClick(acts.deleting.strip.delete, Qt.MouseButton.LeftButton)
    wait_for(qtbot, lambda: any(item.item_id == bad_id for item in page.model.items.values()))
    wait_for(qtbot, lambda: not acts.deleting.strip.isVisible() and bool(shown(program)))
    assert any("out of order" in each.text for each in program.notices.notices)
    monkeypatch.delattr(client, "delete_videos")
    again = next(each for each in program.notices.findChildren(QPushButton) if each.text() == "Delete again")
    with qtbot.waitSignal(acts.deleting.deleted, timeout=SOON_MS):
        qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert client.metadata(bad_id, "default") is None


def test_images_that_were_sent_are_shown_and_searched_by(program: Composition, qtbot: QtBot) -> None:
    picture = resources.path("sample") / "sunset still.jpg"
    program.uploads.add_paths([picture])
    wait_until_done(qtbot, program, 1)
    page = enter(program, qtbot)
    page.bar.show_kind(ItemKind.IMAGE)
    wait_for(qtbot, lambda: list(shown(program)) == [picture.name])
    image = shown(program)[picture.name]
    assert (image.original, image.item_id) == (picture, items(program)[0].remote_id)
    wait_for(qtbot, lambda: program.items.posters.image(image.poster) is not None)
    choose(program, qtbot, picture.name)
    with qtbot.waitSignal(program.watch.image_shown, timeout=SOON_MS):
        qtbot.keyClick(page.views.view, Qt.Key.Key_Return)
    assert program.commands.why_not("library.delete") == "only videos can be deleted"
    with qtbot.waitSignal(program.search.answered, timeout=SOON_MS):
        qtbot.keyClick(page.views.view, Qt.Key.Key_Y)
    assert program.search_pane.query().picture is not None
    assert program.browse.current == "view.found"


def test_folders_are_made_filled_and_renamed_and_tasks_are_told(
    program: Composition, qtbot: QtBot, footage: Clip, tmp_path: Path
) -> None:
    program.uploads.add_paths([footage.path])
    wait_until_done(qtbot, program, 1)
    page, folders = enter(program, qtbot), program.items.acts.folders
    wait_for(qtbot, lambda: len(shown(program)) == 1 and folders.has_folders)
    choose(program, qtbot, footage.path.name)
    program.commands.run("library.folders")
    dialog = folders.dialog
    assert dialog is not None

    def names() -> list[str]:
        return [dialog.list.item(row).text() for row in range(dialog.list.count())]

    wait_for(qtbot, lambda: names() == ["Default folder · 1 video"])
    assert not dialog.delete.isEnabled()
    dialog.name.setText("B-roll ☂ & <b>")
    qtbot.mouseClick(dialog.make, Qt.MouseButton.LeftButton)
    wait_for(qtbot, lambda: "B-roll ☂ & <b> · 0 videos" in names())
    _move(program, "B-roll ☂ && <b>")
    wait_for(qtbot, lambda: [item.namespace for item in shown(program).values()] == ["B-roll ☂ & <b>"])
    wait_for(qtbot, lambda: names()[1:] == ["B-roll ☂ & <b> · 1 video"])
    dialog.list.setCurrentRow(1)
    search = program.search_pane
    search.set_filters(SearchFilters(namespace="B-roll ☂ & <b>"))
    dialog.name.setText("selects")
    qtbot.mouseClick(dialog.rename, Qt.MouseButton.LeftButton)
    wait_for(qtbot, lambda: [item.namespace for item in shown(program).values()] == ["selects"])
    wait_for(qtbot, lambda: search.query().filters.namespace == "selects")
    search.set_filters(SearchFilters())
    page.views.choose(shown(program)[footage.path.name].key)
    with qtbot.waitSignal(program.watch.shown, timeout=SOON_MS):  # what was moved is played as before
        program.commands.run("library.play")
    dialog.close()
    _tasks_are_told(program, qtbot, tmp_path)


def _move(program: Composition, to: str) -> None:
    """By the menu with the folders, of which there is but one."""
    assert program.commands.why_not("library.move") == ""
    program.commands.run("library.move")
    menu = next(each for each in page_of(program).findChildren(QMenu) if each.isVisible())
    assert [action.text() for action in menu.actions()] == [to]
    menu.actions()[0].trigger()
    menu.close()


def _tasks_are_told(program: Composition, qtbot: QtBot, folder: Path) -> None:
    program.commands.run("library.tasks")
    tasks = program.items.tasks.dialog
    assert tasks is not None
    wait_for(qtbot, lambda: tasks.summary.text() == "Nothing is under way, and nothing has failed.")
    failed_upload(program, folder, "broken.mp4", "default")

    def is_told() -> bool:
        read_anew(program)
        return [task.name for task in tasks.model.tasks] == ["broken"] and tasks.model.tasks[0].is_over

    wait_for(qtbot, is_told)
    tasks.close()
    assert not any("has left" in each.text for each in program.notices.notices)
