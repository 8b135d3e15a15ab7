"""What a second start says to the open window, as it may come: in pieces, odd, or from something else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.meeting_place import announce, announced, own_address
from desktop_search.bootstrap.second_start import SecondStarts
from desktop_search.settings.folders import Folders

ODD = [Path(os.fsdecode(b"/card/no unicode \xff.mp4")), Path("/card/line\nbreak.mov"), Path("/card/ü & “x”.mxf")]


@pytest.fixture
def profile(tmp_path: Path) -> Folders:
    folders = Folders.for_user(tmp_path)
    folders.create()
    return folders


@pytest.fixture
def starts(qtbot: QtBot, profile: Folders) -> Iterator[SecondStarts]:
    made = SecondStarts(profile)
    made.listen()
    yield made
    made.close()


@pytest.fixture
def socket(starts: SecondStarts, profile: Folders) -> QLocalSocket:
    made = QLocalSocket(starts)
    made.connectToServer(own_address(profile))
    assert made.waitForConnected(5000)
    return made


WAITED = b"!"


def message(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def test_odd_names_arrive_as_they_are_though_byte_by_byte(
    starts: SecondStarts, socket: QLocalSocket, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(starts.came, timeout=20_000) as came:
        for byte in message(b"\0".join([b"token", *(os.fsencode(path) for path in ODD)])):
            socket.write(bytes([byte]))
            socket.flush()
        qtbot.waitUntil(lambda: socket.bytesAvailable() == len(b"read"), timeout=20_000)
        socket.write(WAITED)
    assert came.args == ["token", tuple(ODD)]


def test_a_start_without_footage_is_heard_too(starts: SecondStarts, socket: QLocalSocket, qtbot: QtBot) -> None:
    with qtbot.waitSignal(starts.came, timeout=20_000) as came:
        socket.write(message(b"") + WAITED)
    assert came.args == ["", ()]


def test_what_gave_up_waiting_is_not_heeded(starts: SecondStarts, socket: QLocalSocket, qtbot: QtBot) -> None:
    heard: list[object] = []
    starts.came.connect(lambda *said: heard.append(said))
    socket.write(message(b"\0/card/a.mp4"))
    qtbot.waitUntil(lambda: socket.bytesAvailable() > 0, timeout=20_000)
    (other_side,) = starts.findChildren(QLocalSocket, options=Qt.FindChildOption.FindChildrenRecursively)[1:]
    with qtbot.waitSignal(other_side.disconnected, timeout=20_000):
        socket.disconnectFromServer()
    assert not heard


def test_what_is_no_second_start_is_hung_up_on(starts: SecondStarts, socket: QLocalSocket, qtbot: QtBot) -> None:
    heard: list[object] = []
    starts.came.connect(lambda *said: heard.append(said))
    with qtbot.waitSignal(socket.disconnected, timeout=20_000):
        socket.write(b"GET / HTTP/1.1\r\n\r\n")
    assert not heard


def test_only_this_user_may_speak_to_the_window(starts: SecondStarts, profile: Folders) -> None:
    assert Path(own_address(profile)).stat().st_mode & 0o077 == 0
    assert len(own_address(profile)) < 100  # a socket's address cannot be longer


def test_another_session_finds_the_place_by_the_profile(profile: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    assert announced(profile) == own_address(profile)  # of a window that could not write it down
    announce(profile)
    here = own_address(profile)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(profile.cache))
    assert announced(profile) == here != own_address(profile)


def test_starts_of_a_flatpak_meet_in_the_folder_that_they_share(
    profile: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(profile.cache))
    monkeypatch.setenv("FLATPAK_ID", "org.example.Search")
    assert Path(own_address(profile)).parent == profile.cache
    shared = profile.cache / "app" / "org.example.Search"
    shared.mkdir(parents=True)
    assert Path(own_address(profile)).parent == shared
