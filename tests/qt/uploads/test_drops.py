from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from pytestqt.qtbot import QtBot

from desktop_search.core.footage import FootageDetails
from desktop_search.ui.uploads.uploads_pane import UploadsPane
from tests.qt.uploads.conftest import Drags, mime_of

AWKWARD = "day 3 # 100% “名前” ü.mp4"


def test_files_and_folders_are_taken_and_the_zone_lights_up(pane: UploadsPane, drags: Drags, tmp_path: Path) -> None:
    mime = mime_of(tmp_path, tmp_path / AWKWARD)
    assert drags.enter(mime)
    assert pane.drop_zone.is_lit
    assert drags.move(mime)
    drags.leave()
    assert not pane.drop_zone.is_lit


def test_what_is_let_go_is_asked_to_be_added_with_its_exact_names(
    qtbot: QtBot, pane: UploadsPane, drags: Drags, tmp_path: Path
) -> None:
    mime = mime_of(tmp_path, tmp_path / AWKWARD, QUrl("https://example.org/clip.mp4"), tmp_path)
    drags.enter(mime)
    with qtbot.waitSignal(pane.add_asked) as asked:
        assert drags.drop(mime)
    assert asked.args == [[tmp_path, tmp_path / AWKWARD], FootageDetails()]
    assert not pane.drop_zone.is_lit


def test_links_to_the_web_are_offered_as_such(qtbot: QtBot, pane: UploadsPane, drags: Drags) -> None:
    with qtbot.waitSignal(pane.links_dropped) as offered, qtbot.assertNotEmitted(pane.add_asked):
        mime = mime_of(QUrl("https://example.org/a%20clip.mp4?x=1"), QUrl("http://example.org"))
        assert drags.enter(mime)
        assert drags.drop(mime)
    assert offered.args == ["https://example.org/a%20clip.mp4?x=1\nhttp://example.org"]


def test_files_and_links_in_one_drop_are_both_taken(
    qtbot: QtBot, pane: UploadsPane, drags: Drags, tmp_path: Path
) -> None:
    mime = mime_of(QUrl.fromLocalFile(str(tmp_path)), QUrl("https://example.org/clip.mp4"))
    drags.enter(mime)
    with qtbot.waitSignals([pane.add_asked, pane.links_dropped]):
        assert drags.drop(mime)


def test_other_links_and_text_are_refused(qtbot: QtBot, pane: UploadsPane, drags: Drags) -> None:
    text = QMimeData()
    text.setText("/footage/clip.mp4")
    with qtbot.assertNotEmitted(pane.add_asked):
        for mime in (mime_of(QUrl("ftp://example.org/clip.mp4")), text):
            assert not drags.enter(mime)
            assert not drags.move(mime)
            assert not pane.drop_zone.is_lit
            assert not drags.drop(mime)
