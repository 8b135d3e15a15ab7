from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.wire_tags import LibraryTags
from desktop_search.core.errors import Unreachable
from desktop_search.core.footage import VideoRecord
from desktop_search.jobs.runner import JobRunner
from desktop_search.ui.uploads.uploads_pane import UploadsPane
from tests.fakes.library import FakeLibrary
from tests.qt.uploads.conftest import SERVER


@pytest.fixture
def runner() -> Iterator[JobRunner]:
    made = JobRunner()
    yield made
    assert made.shut_down() == []


def test_the_tags_of_the_library_are_asked_once_and_offered_while_typing(
    qtbot: QtBot, pane: UploadsPane, library: FakeLibrary, runner: JobRunner
) -> None:
    library.videos = {"VI1": VideoRecord("VI1", "a.mp4", tags=("harbour", "night"))}
    LibraryTags(runner, library.clients, lambda: SERVER, pane)
    pane.activateWindow()
    pane.details_form.set_open(True)
    entry = pane.details_form.field("tags")
    entry.setFocus()
    qtbot.waitUntil(lambda: pane.used_tags() == {"harbour", "night"}, timeout=5000)
    QTest.keyClicks(entry, "nig")
    completer = entry.completer()
    assert completer is not None
    assert completer.currentCompletion() == "night"
    pane.tags_asked.emit()
    assert library.calls.count("list_videos") == 1


def test_a_library_that_does_not_answer_is_asked_again_the_next_time(
    qtbot: QtBot, pane: UploadsPane, library: FakeLibrary, runner: JobRunner
) -> None:
    library.videos = {"VI1": VideoRecord("VI1", "a.mp4", tags=("harbour",))}
    library.fail_next["list_videos"] = [Unreachable("No answer.")]
    LibraryTags(runner, library.clients, lambda: SERVER, pane)
    pane.tags_asked.emit()
    qtbot.waitUntil(lambda: library.calls.count("list_videos") == 1, timeout=5000)

    def has_tags() -> bool:
        pane.tags_asked.emit()
        return pane.used_tags() == {"harbour"}

    qtbot.waitUntil(has_tags, timeout=5000)
