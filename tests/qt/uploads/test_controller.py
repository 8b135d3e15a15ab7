from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.errors import CatalogProblem, RequestRejected
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import UploadState
from desktop_search.models.upload_words import state_words
from tests.clips.fixtures import ClipCache
from tests.fakes.library import FakeLibrary
from tests.qt.uploads.conftest import SERVER, Desk, Drags, mime_of

Pictures = Callable[..., list[Path]]
DONE, FAILED, SENDING = UploadState.SEARCHABLE, UploadState.FAILED, UploadState.SENDING


def test_a_dropped_folder_becomes_searchable_and_the_rest_is_explained(
    desk: Desk, drags: Drags, pictures: Pictures
) -> None:
    folder = pictures("a.png", "b.jpg")[0].parent
    (folder / "notes.txt").write_text("no footage")
    (folder / "empty.mp4").touch()
    reached: list[str] = []
    desk.controller.became_searchable.connect(lambda item: reached.append(item.path.name))
    desk.controller.start()
    mime = mime_of(folder)
    assert drags.enter(mime)
    assert drags.drop(mime)
    desk.wait_states(a=DONE, b=DONE)
    assert sorted(reached) == ["a.png", "b.jpg"]
    assert {line.partition(" —")[0] for line in desk.pane.skipped.lines} == {"notes.txt", "empty.mp4"}
    assert desk.pane.summary == "2 of 2 searchable"


def test_a_video_is_sent_indexed_and_searchable_with_its_progress(desk: Desk, clips: ClipCache) -> None:
    desk.library.gate.clear()
    desk.library.ready_after = 10_000
    desk.controller.start()
    desk.controller.add_paths([clips.silent().path])
    desk.wait(lambda: any(state_words(item).startswith("sending") for item in desk.pane.model.items))
    desk.library.gate.set()
    desk.wait(lambda: any(item.index_permille is not None for item in desk.pane.model.items))
    desk.library.ready_after = 1
    desk.wait_states(silent=DONE)


def test_a_failed_file_says_why_and_is_tried_again_by_key(desk: Desk, pictures: Pictures, qtbot: QtBot) -> None:
    desk.library.fail_next["upload_images"] = [RequestRejected("The library does not take this file.")]
    desk.controller.start()
    desk.controller.add_paths(pictures("a.png"))
    desk.wait_states(a=FAILED)
    desk.pane.view.setCurrentIndex(desk.pane.model.index(0))
    assert "does not take this file" in desk.pane.cause
    QTest.keyClick(desk.pane.view, Qt.Key.Key_R)
    desk.wait_states(a=DONE)


def test_rows_are_removed_for_good_even_while_they_are_sent(
    desk: Desk, pictures: Pictures, qtbot: QtBot, catalog_file: Path, library: FakeLibrary
) -> None:
    desk.library.gate.clear()
    desk.controller.start()
    desk.controller.add_paths(pictures("a.png", "b.png"))
    desk.wait(lambda: SENDING in desk.states().values())
    desk.pane.view.selectAll()
    QTest.keyClick(desk.pane.view, Qt.Key.Key_Delete)
    assert desk.states() == {}
    desk.library.gate.set()
    desk.controller.add_paths(pictures("c.png"))
    desk.wait_states(c=DONE)
    assert _names_on_disk(catalog_file) == ["c.png"]


def test_a_failing_queue_says_so_and_goes_on_when_the_user_acts(
    desk: Desk, pictures: Pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = iter([True])
    run = desk.controller._queue.run

    def run_or_break(token: CancelToken, report: Callable[[object], None]) -> None:
        if next(broken, False):
            raise CatalogProblem("The catalog cannot be written.")
        run(token, report)

    monkeypatch.setattr(desk.controller._queue, "run", run_or_break)
    with desk.qtbot.waitSignal(desk.controller.failed) as failed:
        desk.controller.start()
    assert failed.args is not None
    assert isinstance(failed.args[0], CatalogProblem)
    desk.controller.add_paths(pictures("a.png"))
    desk.wait_states(a=DONE)


def test_finished_rows_are_cleared_and_the_others_stay(desk: Desk, pictures: Pictures) -> None:
    desk.library.fail_next["upload_images"] = [RequestRejected("No.")] * 2  # both together, then the first alone
    desk.controller.start()
    desk.controller.add_paths(pictures("a.png", "b.png"))
    desk.wait(lambda: sorted(state.value for state in desk.states().values()) == ["failed", "searchable"])
    desk.pane.clear_done_asked.emit()
    desk.wait(lambda: list(desk.states().values()) == [FAILED])


def test_the_rows_of_the_last_run_are_there_and_go_on(
    desk: Desk, pictures: Pictures, catalog_file: Path, library: FakeLibrary
) -> None:
    desk.library.gate.clear()
    desk.controller.add_paths(pictures("a.png"))
    desk.wait(lambda: SENDING in desk.states().values())
    assert _names_on_disk(catalog_file) == ["a.png"]
    desk.pane.set_items([])
    desk.controller.start()  # as after a restart: the queue is read from the disk
    desk.wait(lambda: "a.png" in desk.states())
    desk.library.gate.set()
    desk.wait_states(a=DONE)


def test_details_of_the_form_go_to_the_library(desk: Desk, pictures: Pictures) -> None:
    desk.pane.details_form.field("tags").setText("harbour, day 3")
    desk.controller.start()
    desk.controller.add_paths(pictures("a.png"))
    desk.wait_states(a=DONE)
    assert [details.tags for details in desk.library.details.values()] == [("harbour", "day 3")]
    assert desk.pane.model.items[0].library_id == SERVER


def _names_on_disk(catalog_file: Path) -> list[str]:
    catalog = Catalog(catalog_file)
    try:
        return [item.path.name for item in UploadsTable(catalog).all()]
    finally:
        catalog.close()
