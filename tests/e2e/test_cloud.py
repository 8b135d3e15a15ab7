"""A library that is elsewhere: an engine of its own with its own key, reached by clicks, kept in the real keyring."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import keyring
import pytest
from PIL import Image
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.bootstrap.logs import start_logging, stop_logging
from desktop_search.core.hits import Hit, ImageHit
from desktop_search.core.query import Scope, SearchQuery
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import UploadItem, UploadState
from desktop_search.jobs.runner import Report
from desktop_search.settings.folders import Folders
from desktop_search.ui.dialogs.key_dialog import KeyDialog
from tests.clips import Clip
from tests.contract.engine_child import EngineChild
from tests.e2e.acting import drop, in_file, jump, type_query
from tests.e2e.conftest import active_window, items, wait_until_done

pytestmark = [pytest.mark.display, pytest.mark.keyring]

KEY = "sk-studio-7Qw3ZkXr9PpT5vNd2Lm8"
SERVICE = "Desktop Search"
UNDER_WAY = {UploadState.SENDING, UploadState.INDEXING}


@dataclass
class Studio:
    """The server, and hands to work with the window."""

    qtbot: QtBot
    server: EngineChild
    folders: Folders

    def set_server(self, program: Composition, address: str) -> None:
        """Enter the address among the servers."""
        program.commands.action("file.servers").trigger()
        dialog = program.access.servers.dialog
        assert dialog is not None
        self.qtbot.keyClicks(dialog.address, address)
        self.qtbot.mouseClick(dialog.check, Qt.MouseButton.LeftButton)
        self.qtbot.waitUntil(lambda: any(action.data() == address for action in program.switch.menu.actions()))
        dialog.close()
        self.qtbot.waitUntil(lambda: program.access.servers.dialog is None)

    def click_menu(self, program: Composition, words: str) -> None:
        """Open the menu of the library switch, and click the entry that begins so."""
        menu, timer = program.switch.menu, QTimer()

        def click() -> None:
            if menu.isVisible():
                timer.stop()
                action = next(action for action in menu.actions() if action.text().startswith(words))
                self.qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())

        timer.timeout.connect(click)
        timer.start(20)
        button = program.switch.findChild(QToolButton)
        assert button is not None
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)  # returns when the menu has closed
        self.qtbot.waitUntil(lambda: not timer.isActive())

    def key_dialog(self, program: Composition) -> KeyDialog:
        self.qtbot.waitUntil(lambda: bool(visible(program.window)), timeout=15_000)
        return visible(program.window)[0]

    def enter_key(self, dialog: KeyDialog, key: str) -> None:
        dialog.field.clear()
        self.qtbot.keyClicks(dialog.field, key)
        self.qtbot.mouseClick(button_of(dialog, "Check and save"), Qt.MouseButton.LeftButton)

    def connect(self, program: Composition) -> None:
        """All the way from a fresh profile to the server's library."""
        self.set_server(program, self.server.url)
        self.click_menu(program, self.title)
        dialog = self.key_dialog(program)
        with self.qtbot.waitSignal(program.library.library_changed, timeout=30_000):
            self.enter_key(dialog, KEY)

    @property
    def title(self) -> str:
        return self.server.url.removeprefix("http://")


def visible(window: QWidget) -> list[KeyDialog]:
    return [dialog for dialog in window.findChildren(KeyDialog) if dialog.isVisible()]


def button_of(dialog: QWidget, text: str) -> QPushButton:
    return next(button for button in dialog.findChildren(QPushButton) if button.text() == text)


def processes_that_show(secret: str) -> list[str]:
    """Command lines of this machine with the secret in them."""
    lines = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(place.read_bytes().decode("utf-8", "replace"))
        except OSError:  # it has ended
            continue
    return [line for line in lines if secret in line]


def files_that_hold(folder: Path, secret: str) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]


@pytest.fixture
def studio(qtbot: QtBot, tmp_path: Path, profile: Folders) -> Iterator[Studio]:
    with EngineChild(tmp_path / "server", key=KEY) as server:
        yield Studio(qtbot, server, profile)


@pytest.fixture
def chatty_log(profile: Folders) -> Iterator[None]:
    """The program's own log, with everything in it that any library has to say."""
    handler = start_logging(profile.logs, level=logging.DEBUG)
    chatty = [logging.getLogger(name) for name in ("urllib3", "keyring", "asyncio")]
    for logger in chatty:
        logger.setLevel(logging.DEBUG)
    yield
    for logger in chatty:
        logger.setLevel(logging.NOTSET)
    logging.getLogger().setLevel(logging.WARNING)
    logging.raiseExceptions = True
    stop_logging(handler)


@pytest.fixture
def weighty(footage: Clip, tmp_path: Path) -> Path:
    """The footage as 6 MB, so that sending and fetching it can be watched: a box that players pass over."""
    path = tmp_path / "from the camera.mp4"
    size = 6_000_000
    path.write_bytes(footage.path.read_bytes() + size.to_bytes(4, "big") + b"free" + bytes(size - 8))
    return path


def wait_for_thumbnail(studio: Studio, program: Composition, found: Hit | ImageHit) -> None:
    loader = program._result_thumbnails
    studio.qtbot.waitUntil(lambda: loader.image(found) is not None, timeout=20_000)


@pytest.mark.usefixtures("chatty_log")
def test_footage_goes_to_a_server_is_found_there_and_comes_back_as_the_exact_frame(
    studio: Studio, footage: Clip, weighty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with active_window(studio.folders, studio.qtbot) as program:
        _is_refused_and_accepted(studio, program)
        _is_sent(studio, program, weighty)
        weighty.unlink()  # the only copy is the server's now
        _comes_back(studio, program, footage, monkeypatch)
        assert processes_that_show(KEY) == []
    with active_window(studio.folders, studio.qtbot) as program:
        _is_connected_again(studio, program)
        _key_is_removed(studio, program)
    assert files_that_hold(studio.folders.data.parent, KEY) == []


def _is_refused_and_accepted(studio: Studio, program: Composition) -> None:
    studio.set_server(program, studio.server.url)
    studio.click_menu(program, studio.title)
    dialog = studio.key_dialog(program)
    studio.enter_key(dialog, KEY[:-1] + "9")
    studio.qtbot.waitUntil(lambda: "does not accept the API key" in dialog.problem)
    assert program.switch.library.is_local
    assert keyring.get_password(SERVICE, studio.server.url) is None
    with studio.qtbot.waitSignal(program.library.library_changed):
        studio.enter_key(dialog, KEY)
    assert keyring.get_password(SERVICE, studio.server.url) == KEY
    assert program.switch.privacy == f"Footage you add is sent to {studio.title}"


def _is_sent(studio: Studio, program: Composition, path: Path) -> None:
    sent: list[UploadItem] = []
    program.uploads.changed.connect(sent.extend)
    drop(program.uploads_pane, path)
    wait_until_done(studio.qtbot, program, 1)
    assert items(program)[0].state is UploadState.SEARCHABLE, items(program)[0].cause
    # What happens within a tenth of a second is shown together, so the last byte and the answer may come as one.
    assert any(item.sent_bytes == path.stat().st_size and item.state in UNDER_WAY for item in sent)


def _comes_back(studio: Studio, program: Composition, footage: Clip, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its picture alone first, then the file, once, when it is watched."""
    qtbot = studio.qtbot
    fetched: list[Hit] = []
    fetch = program.watch._fetching._fetch

    def fetch_and_note(hit: Hit, token: CancelToken, report: Report) -> Path:
        fetched.append(hit)
        return fetch(hit, token, report)

    monkeypatch.setattr(program.watch._fetching, "_fetch", fetch_and_note)
    hits = type_query(program, qtbot, "green")
    wait_for_thumbnail(studio, program, hits[0])
    assert not list(studio.folders.downloads.rglob("*.mp4"))
    assert jump(program, qtbot) == (9, footage.starts[1]) == in_file(footage.path, hits[0])
    assert fetched == list(hits[:1])
    qtbot.waitUntil(lambda: len(list(studio.folders.downloads.rglob("*.mp4"))) == 1)
    fetched.clear()
    type_query(program, qtbot, "red")
    assert jump(program, qtbot) == (9, 0)
    assert not fetched


def _is_connected_again(studio: Studio, program: Composition) -> None:
    studio.qtbot.waitUntil(lambda: not program.switch.library.is_local)  # maybe while the window came up
    assert type_query(program, studio.qtbot, "green")


def _key_is_removed(studio: Studio, program: Composition) -> None:
    studio.click_menu(program, f"Key for {studio.title}")
    dialog = studio.key_dialog(program)
    studio.qtbot.waitUntil(lambda: dialog.kept_words != "")
    assert KEY not in " ".join(label.text() for label in dialog.findChildren(QLabel)) + dialog.field.text()
    with studio.qtbot.waitSignal(program.library.library_changed):
        studio.qtbot.mouseClick(button_of(dialog, "Remove key"), Qt.MouseButton.LeftButton)
    assert program.switch.library.is_local
    assert keyring.get_password(SERVICE, studio.server.url) is None


def test_pictures_go_to_a_server_and_come_back(studio: Studio, tmp_path: Path) -> None:
    qtbot = studio.qtbot
    picture = tmp_path / "red wall.png"
    Image.new("RGB", (400, 300), "red").save(picture)
    with active_window(studio.folders, studio.qtbot) as program:
        studio.connect(program)
        drop(program.uploads_pane, picture)
        wait_until_done(qtbot, program, 1)
        assert items(program)[0].state is UploadState.SEARCHABLE, items(program)[0].cause
        picture.unlink()
        with qtbot.waitSignal(program.search.answered, timeout=20_000):
            program.search_pane.run_query(SearchQuery("red", Scope.IMAGE))
        with qtbot.waitSignal(program.watch.image_shown, timeout=20_000):
            program.results.select(0)
        qtbot.waitUntil(lambda: program._result_thumbnails.image(program.results.images()[0]) is not None)


@pytest.mark.slow
def test_of_a_video_that_is_too_large_a_proxy_is_sent(studio: Studio, footage: Clip, tmp_path: Path) -> None:
    large, size = tmp_path / "long take.mp4", 3_000_000_001
    with large.open("wb") as file:
        file.write(footage.path.read_bytes() + (1).to_bytes(4, "big") + b"free")  # a box that players pass over
        file.write((size - file.tell() + 8).to_bytes(8, "big"))
        file.truncate(size)  # sparse: takes no room
    with active_window(studio.folders, studio.qtbot) as program:
        studio.connect(program)
        seen: list[UploadItem] = []
        program.uploads.changed.connect(seen.extend)
        drop(program.uploads_pane, large)
        wait_until_done(studio.qtbot, program, 1)
        (row,) = items(program)
        assert row.state is UploadState.SEARCHABLE, row.cause
        assert row.proxy_reason.startswith("Larger than 3 GB")
        assert UploadState.PREPARING in {item.state for item in seen}
        (hit,) = type_query(program, studio.qtbot, "green")
        assert hit.name == "long take"
        assert jump(program, studio.qtbot) == (9, footage.starts[1])  # of the original, which is here
    proxies = studio.folders.cache / "proxies"
    assert not [path for path in proxies.rglob("*") if path.is_file()]
