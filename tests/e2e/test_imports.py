"""Imports from the web through the window: a real engine as the library, real yt-dlp, a platform on the loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import keyring
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.accounts import Server
from desktop_search.core.import_wishes import Source
from desktop_search.core.imports import ImportState
from desktop_search.core.library_items import ItemKind
from desktop_search.models.library_model import COLUMNS
from desktop_search.settings.folders import Folders
from desktop_search.settings.preferences import Preferences, PreferencesStore
from desktop_search.ui.imports.import_form import NOT_CONFIRMED
from desktop_search.ui.imports.import_row import ImportRow
from desktop_search.ui.imports.imports_dialog import ImportsDialog
from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import EngineChild
from tests.e2e.acting import type_query
from tests.e2e.conftest import active_window
from tests.support.focus import wait_active
from tests.support.platform import Platform

pytestmark = pytest.mark.display

KEY = "sk-studio-0123456789abcdef"
LEFT = Qt.MouseButton.LeftButton


@dataclass
class Desk:
    """The program with a server that imports, and hands to work with the dialog."""

    qtbot: QtBot
    program: Composition
    server: EngineChild
    platform: Platform

    @property
    def dialog(self) -> ImportsDialog:
        dialog = self.program.sources.imports.dialog
        assert dialog is not None
        return dialog

    def open(self) -> ImportsDialog:
        """By the menu's key."""
        keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        self.qtbot.keyClick(self.program.window, Qt.Key.Key_I, keys)
        self.qtbot.waitUntil(lambda: self.program.sources.imports.dialog is not None)
        wait_active(self.qtbot, self.dialog)
        return self.dialog

    def enter(self, text: str, source: Source = Source.ADDRESSES) -> None:
        form = self.dialog.form
        self.qtbot.mouseClick(form.sources[source], LEFT)
        form.text.clear()
        for number, line in enumerate(text.splitlines()):
            if number:
                self.qtbot.keyClick(form.text, Qt.Key.Key_Return)
            self.qtbot.keyClicks(form.text, line)

    def press_import(self) -> None:
        self.qtbot.mouseClick(self.dialog.form.submit_button, LEFT)

    def wait_row(self, condition: Callable[[ImportRow], bool], number: int = 0) -> ImportRow:
        """Until the row of that number, newest first, is so."""
        self.qtbot.waitUntil(
            lambda: len(self.dialog.rows) > number and condition(self.dialog.rows[number]), timeout=120_000
        )
        return self.dialog.rows[number]


@pytest.fixture(scope="module")
def platform(clips: ClipCache) -> Iterator[Platform]:
    names = ("dawn", "noon", "dusk")
    feeds = {"/@harbourmaster": list(names), "/tag/fog": ["dusk", "dawn"]}
    with Platform(dict.fromkeys(names, clips.silent().path), feeds) as served:
        served.serve("/p/pier", clips.silent().path)
        yield served


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, platform: Platform) -> Iterator[EngineChild]:
    options = ("--scraper-hosts", f"{platform.place}=TIKTOK", "--allow-private-imports")
    with EngineChild(tmp_path_factory.mktemp("server") / "data", *options, key=KEY) as child:
        yield child


@pytest.fixture
def desk(qtbot: QtBot, profile: Folders, platform: Platform, server: EngineChild) -> Iterator[Desk]:
    keyring.set_password("Desktop Search", server.url, KEY)
    PreferencesStore(profile.preferences_file).save(Preferences(library_id=server.url, servers=(Server(server.url),)))
    with active_window(profile, qtbot) as program:
        qtbot.waitUntil(lambda: program.switch.library.library_id == server.url, timeout=20_000)
        yield Desk(qtbot, program, server, platform)


def is_done(row: ImportRow) -> bool:
    return row.item.state is ImportState.DONE


def test_videos_by_address_arrive_with_their_details_and_are_found(desk: Desk) -> None:
    form = desk.open().form
    desk.enter(f"{desk.platform.post('dawn')}\n{desk.platform.url}/post/missing.mp4")
    assert form.recognised == "2 video files"
    form.tags.setText("fog, day 3")
    form.namespace.setText("sea")
    desk.press_import()
    assert form.text.toPlainText() == ""
    desk.wait_row(is_done, 1)
    failed = desk.wait_row(lambda row: row.item.state is ImportState.FAILED)
    assert "404" in failed.cause
    assert failed.retry.isVisible()
    (video,) = desk.server.post_json("/list_videos", {"unique_id": "sea"}).data["videos"]
    assert video["video_name"] == "dawn"
    assert {"fog", "day 3"} <= set(video["tags"])
    desk.qtbot.mouseClick(failed.remove, LEFT)
    desk.qtbot.waitUntil(lambda: [row.item.state for row in desk.dialog.rows] == [ImportState.DONE])


def test_creators_hashtags_and_posts_are_followed_to_the_end(desk: Desk) -> None:
    form = desk.open().form
    desk.enter(f"{desk.platform.url}/@harbourmaster", Source.CREATORS)
    form.count.setValue(2)
    desk.press_import()
    row = desk.wait_row(is_done)
    assert row.state == "2 videos searchable"
    desk.enter("#fog", Source.HASHTAGS)
    form.count.setValue(1)
    desk.press_import()
    row = desk.wait_row(lambda each: is_done(each) and each.item.wish.subjects == ("fog",))
    assert [video.name for video in row.item.videos] == ["dusk"]
    assert type_query(desk.program, desk.qtbot, "purple")


def test_the_public_library_is_asked_for_twice_in_one_place(desk: Desk) -> None:
    form = desk.open().form
    desk.enter(f"{desk.platform.url}/p/pier")
    assert form.recognised == "1 other address"
    desk.qtbot.mouseClick(form.public, LEFT, pos=QPoint(8, form.public.height() // 2))
    assert form.public.isChecked()
    assert not form.namespace.isVisible()
    assert "permanent and visible to everybody" in form.warning
    desk.press_import()
    assert form.problem("confirm") == NOT_CONFIRMED
    assert desk.dialog.rows == ()
    desk.qtbot.mouseClick(form.confirm, LEFT, pos=QPoint(8, form.confirm.height() // 2))
    assert form.problem("confirm") == ""
    desk.press_import()
    row = desk.wait_row(is_done)
    assert row.item.videos[0].video_no.startswith("PI-")
    assert not form.confirm.isChecked()  # the next one is asked again
    assert desk.server.post_json("/list_videos", {"video_name": "pier"}).data["total_count"] == 0
    _stands_in_the_library(desk, row.item.videos[0].video_no)


def _stands_in_the_library(desk: Desk, video_no: str) -> None:
    """With all that the library has told of it, in the table and below its picture."""
    page = desk.program.items.page
    desk.dialog.close()
    desk.program.commands.run("view.library")
    page.bar.show_kind(ItemKind.POST)
    desk.qtbot.waitUntil(lambda: [key[2] for key in page.model.items] == [video_no], timeout=20_000)
    (post,) = page.model.items.values()
    shown = {column.title: column.words(post) for column in COLUMNS}
    facts = {"State": "searchable", "Length": "0:02", "Picture": "320×180", "Rate": "25"}
    assert {title: shown[title] for title in facts} == facts
    assert shown["Size"]
    assert post.url == f"{desk.platform.url}/p/pier"
    assert desk.program.commands.why_not("library.import")  # nothing is chosen
    page.views.choose(post.key)
    assert desk.program.commands.why_not("library.import") == ""


def test_a_host_that_is_not_there_is_said_in_the_list_and_can_be_tried_again(desk: Desk) -> None:
    desk.open()
    desk.enter("http://127.0.0.1:11/pier.mp4")
    desk.press_import()
    row = desk.wait_row(lambda each: each.item.state is ImportState.FAILED)
    assert "could not be" in row.cause or "refused" in row.cause
    asked = row.item.changed_ms
    desk.qtbot.mouseClick(row.retry, LEFT)
    desk.wait_row(lambda each: each.item.state is ImportState.FAILED and each.item.changed_ms > asked)


def test_a_link_that_is_dropped_is_offered_to_the_dialog(desk: Desk) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://media.example/a%20b.mp4?x=1"), QUrl("https://media.example/a%20b.mp4?x=1")])
    pane, place, none = desk.program.uploads_pane, QPoint(20, 20), Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, Qt.DropAction.CopyAction, data, LEFT, none)
    QApplication.sendEvent(pane, enter)
    assert enter.isAccepted()
    let_go = QDropEvent(QPointF(place), Qt.DropAction.CopyAction, data, LEFT, none)
    QApplication.sendEvent(pane, let_go)
    assert let_go.isAccepted()
    assert desk.dialog.form.text.toPlainText() == "https://media.example/a%20b.mp4?x=1"
    assert desk.dialog.form.recognised == "1 video file"
    assert desk.dialog.rows == ()  # nothing is sent before the button is pressed


def test_imports_are_there_again_after_a_restart(desk: Desk, profile: Folders, qtbot: QtBot) -> None:
    desk.open()
    desk.enter(desk.platform.post("dawn"))
    desk.press_import()
    desk.wait_row(is_done)
    fetched = desk.platform.fetched("dawn")
    desk.dialog.close()
    with active_window(profile, qtbot) as program:
        again = Desk(qtbot, program, desk.server, desk.platform)
        again.open()
        assert again.wait_row(is_done).state == "searchable"
    assert desk.platform.fetched("dawn") == fetched
