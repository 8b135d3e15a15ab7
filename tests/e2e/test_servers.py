"""Servers that are down, answer with a web page, with nothing, or not at all: said, and the window stays usable."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import keyring
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.accounts import Server
from desktop_search.core.uploads import UploadState
from desktop_search.settings.folders import Folders
from desktop_search.settings.preferences import Preferences, PreferencesStore
from tests.clips import Clip
from tests.e2e.acting import drop, query_field, type_query
from tests.e2e.conftest import active_window, items, wait_until_done

pytestmark = pytest.mark.display

PAGE = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Guest network</h1></body></html>"
HEAD = b"%s\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
HTML = HEAD % (b"HTTP/1.1 200 OK", len(PAGE))
OUT = HEAD % (b"HTTP/1.1 502 Bad Gateway", len(PAGE))
EMPTY = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
HALF = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"code": "0000", "da'
NOISE = bytes(range(256)) * 4
MOVED = b"HTTP/1.1 302 Found\r\nLocation: https://sign.in/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
ANSWERS = {
    "a page": (HTML + PAGE, "could not be understood"),
    "a gateway's error": (OUT + PAGE, "out of order"),
    "an empty answer": (EMPTY, "could not be understood"),
    "half an answer": (HALF, "broke off"),
    "noise": (NOISE, "broke off"),
    "a closed door": (b"", "broke off"),
    "another place": (MOVED, "points somewhere else"),
}


@contextmanager
def answering(answer: bytes | None) -> Iterator[str]:
    """A server that reads what comes and gives this answer to everything; with `None` it never says anything."""
    door = socket.create_server(("127.0.0.1", 0))
    over, held = threading.Event(), list[socket.socket]()

    def serve() -> None:
        while not over.is_set():
            with suppress(OSError):
                guest, _ = door.accept()
                held.append(guest)
                if answer is not None:
                    threading.Thread(target=attend, args=(guest, answer), daemon=True).start()

    def attend(guest: socket.socket, said: bytes) -> None:
        with suppress(OSError):
            guest.recv(65536)
            guest.sendall(said)
            guest.shutdown(socket.SHUT_WR)
            while guest.recv(65536):
                pass

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        over.set()
        door.shutdown(socket.SHUT_RDWR)
        thread.join()
        for each in (door, *held):
            each.close()


def remember(profile: Folders, url: str) -> None:
    """As after a run in which this server was chosen and its key kept."""
    keyring.set_password("Desktop Search", url, "sk-studio-0123456789abcdef")
    PreferencesStore(profile.preferences_file).save(Preferences(library_id=url, servers=(Server(url),)))


def error_words(program: Composition) -> str:
    return " ".join(label.text() for label in program.results.findChildren(QLabel) if label.isVisible())


def search_in_vain(program: Composition, qtbot: QtBot) -> str:
    field = query_field(program)
    field.setFocus()
    qtbot.keyClicks(field, "green")
    with qtbot.waitSignal(program.search.failed, timeout=30_000):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    return error_words(program)


def assert_said_and_usable(program: Composition, qtbot: QtBot, footage: Clip, words: str) -> None:
    """Notice, queue and results say what is the matter; this computer's library works all the same."""
    drop(program.uploads_pane, footage.path)
    qtbot.waitUntil(lambda: bool(program.notices.notices), timeout=30_000)
    assert words in program.notices.notices[0].text
    assert words in search_in_vain(program, qtbot)
    qtbot.waitUntil(lambda: bool(items(program)) and bool(items(program)[0].cause), timeout=30_000)
    assert words in items(program)[0].cause
    everything = " ".join([error_words(program), items(program)[0].cause, program.notices.notices[0].text])
    assert not any(sign in everything for sign in ("<", "Errno", "Traceback", "Exception", "urllib", "requests."))
    program.library.choose("local")
    drop(program.uploads_pane, footage.path)
    qtbot.waitUntil(lambda: any(item.state is UploadState.SEARCHABLE for item in items(program)), timeout=60_000)
    assert type_query(program, qtbot, "green")


@pytest.mark.parametrize("case", ANSWERS)
def test_a_server_that_talks_nonsense(profile: Folders, qtbot: QtBot, footage: Clip, case: str) -> None:
    answer, words = ANSWERS[case]
    with answering(answer) as url:
        remember(profile, url)
        with active_window(profile, qtbot) as program:
            qtbot.waitUntil(lambda: program.switch.library.library_id == url, timeout=20_000)
            assert_said_and_usable(program, qtbot, footage, words)


def test_a_server_that_is_down(profile: Folders, qtbot: QtBot, footage: Clip) -> None:
    with answering(b"") as url:
        pass
    remember(profile, url)
    with active_window(profile, qtbot) as program:
        qtbot.waitUntil(lambda: program.switch.library.library_id == url, timeout=20_000)
        assert_said_and_usable(program, qtbot, footage, "cannot be reached")


def test_a_server_that_never_answers_can_be_left(profile: Folders, qtbot: QtBot, footage: Clip) -> None:
    with answering(None) as url:
        remember(profile, url)
        with active_window(profile, qtbot) as program:
            qtbot.waitUntil(lambda: program.switch.library.library_id == url, timeout=20_000)
            field = query_field(program)
            field.setFocus()
            qtbot.keyClicks(field, "green")
            qtbot.keyClick(field, Qt.Key.Key_Return)
            program.library.choose("local")
            drop(program.uploads_pane, footage.path)
            wait_until_done(qtbot, program, 1)
            assert type_query(program, qtbot, "green")
