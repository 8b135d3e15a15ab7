"""A second start hands its footage to the window that is open, which comes to the front; then it ends."""

from __future__ import annotations

import hashlib
import logging
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop_search.settings.folders import Folders
from desktop_search.ui.announcing.raising import ACTIVATION_VARIABLE

_log = logging.getLogger(__name__)
_DEADLINE_MS = 5000
_AGAIN_AFTER_MS = 50
_LENGTH_BYTES = 4
_MOST_BYTES = 16_000_000  # some 100,000 paths
_TAKEN = b"taken"


def address(folders: Folders) -> str:
    """Where the window of this profile listens: a socket of this user alone; on Windows the name of a pipe."""
    name = f"desktop-search-{hashlib.sha256(os.fsencode(folders.data)).hexdigest()[:16]}"
    if sys.platform == "win32":
        return name
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and Path(runtime).is_dir():
        return str(Path(runtime) / name)
    return str(Path(tempfile.gettempdir()) / f"{name}-{os.getuid()}")


def hand_over(folders: Folders, footage: Sequence[Path]) -> bool:
    """Give `footage` to the window that is open; whether it took it, and so has come to the front.

    Waits some seconds for an answer: a window that does not answer hangs, or belongs to somebody else.
    """
    socket, deadline = QLocalSocket(), QDeadlineTimer(_DEADLINE_MS)
    while not _is_connected(socket, address(folders)):
        if deadline.hasExpired():
            _log.info("the open window cannot be reached: %s", socket.errorString())
            return False
        QThread.msleep(_AGAIN_AFTER_MS)
    data = b"\0".join(os.fsencode(part) for part in (os.environ.get(ACTIVATION_VARIABLE, ""), *map(str, footage)))
    socket.write(len(data).to_bytes(_LENGTH_BYTES, "big") + data)
    answer = b""
    while answer != _TAKEN and socket.waitForReadyRead(max(0, deadline.remainingTime())):
        answer += socket.readAll().data()
    return answer == _TAKEN


class SecondStarts(QObject):
    """Listens for them while the window is open.

    Signals:
        came(activation_token, paths): the program was started again, with these files and folders; maybe with none.
            The token lets the window come to the front where the desktop wants one; "" where it gave none.
    """

    came = Signal(str, tuple)

    def __init__(self, folders: Folders, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        self._folders = folders

    def listen(self) -> None:
        """Begin. Only for the one that holds the profile's lock: what an earlier window left behind is taken away."""
        where = address(self._folders)
        QLocalServer.removeServer(where)
        if not self._server.listen(where):
            _log.warning("a second start cannot be heard: %s", self._server.errorString())

    def close(self) -> None:
        """End it; a second start from here on is told that the program is open."""
        self._server.close()

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            _Message(socket, self)


class _Message(QObject):
    """What one second start says; it may come in pieces."""

    def __init__(self, socket: QLocalSocket, starts: SecondStarts) -> None:
        super().__init__(socket)
        self._socket, self._starts = socket, starts
        self._data = b""
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(socket.deleteLater)
        self._read()

    def _read(self) -> None:
        self._data += self._socket.readAll().data()
        length = int.from_bytes(self._data[:_LENGTH_BYTES], "big")
        body = self._data[_LENGTH_BYTES:]
        if len(self._data) < _LENGTH_BYTES or len(body) < length <= _MOST_BYTES:
            return
        self._socket.readyRead.disconnect(self._read)
        if length <= _MOST_BYTES:
            self._socket.write(_TAKEN)
            self._socket.flush()
            token, *paths = map(os.fsdecode, body[:length].split(b"\0"))
            self._starts.came.emit(token, tuple(map(Path, paths)))
        self._socket.disconnectFromServer()


def _is_connected(socket: QLocalSocket, where: str) -> bool:
    if not _is_own(where):  # also while the first start is still on its way
        return False
    socket.connectToServer(where)
    return socket.waitForConnected(_DEADLINE_MS)


def _is_own(where: str) -> bool:
    """A socket in a folder for everybody might be somebody else's, who would get to read the names of files."""
    if sys.platform == "win32":
        return True
    try:
        return Path(where).stat().st_uid == os.getuid()
    except OSError:
        return False
