"""A second start hands its footage to the window that is open, which comes to the front; then it ends."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop_search.bootstrap.meeting_place import announced, own_address
from desktop_search.bootstrap.waiting import until
from desktop_search.core.errors import AppError
from desktop_search.settings.folders import Folders
from desktop_search.ui.announcing.raising import ACTIVATION_VARIABLE

_log = logging.getLogger(__name__)
_DEADLINE_S = 20.0  # a busy computer takes some of them to open a window, which cannot answer meanwhile
_LENGTH_BYTES = 4
_MOST_BYTES = 16_000_000  # some 100,000 paths
_READ = b"read"
_WAITED = b"!"  # the second start is still there: one that gave up has said that nothing was added


def hand_over(folders: Folders, footage: Sequence[Path], has_ended: Callable[[], bool]) -> bool:
    """Give `footage` to the window that is open; whether it took it, and so has come to the front.

    Waits some seconds for an answer: a window that gives none hangs. Stops when `has_ended()` says that it has closed.
    """
    socket = QLocalSocket()
    try:
        until(lambda: _is_connected(socket, announced(folders)) or has_ended(), "it listens or ends", _DEADLINE_S)
    except AppError as error:
        _log.info("the open window cannot be reached: %s %s", error, socket.errorString())
    if socket.state() is not QLocalSocket.LocalSocketState.ConnectedState:
        return False
    data = b"\0".join(os.fsencode(part) for part in (os.environ.get(ACTIVATION_VARIABLE, ""), *map(str, footage)))
    socket.write(len(data).to_bytes(_LENGTH_BYTES, "big") + data)
    answer, deadline = b"", QDeadlineTimer(round(_DEADLINE_S * 1000))
    while answer != _READ and socket.waitForReadyRead(max(0, deadline.remainingTime())):
        answer += socket.readAll().data()
    if answer != _READ:
        return False
    socket.write(_WAITED)
    return socket.waitForBytesWritten(max(0, deadline.remainingTime()))


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
        where = own_address(self._folders)
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
        self._has_answered = False
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(socket.deleteLater)
        self._read()

    def _read(self) -> None:
        self._data += self._socket.readAll().data()
        length = int.from_bytes(self._data[:_LENGTH_BYTES], "big")
        end = _LENGTH_BYTES + length
        if length > _MOST_BYTES:
            self._end()
        elif len(self._data) > end:
            self._end()
            token, *paths = map(os.fsdecode, self._data[_LENGTH_BYTES:end].split(b"\0"))
            self._starts.came.emit(token, tuple(map(Path, paths)))
        elif len(self._data) == end and not self._has_answered:
            self._has_answered = True
            self._socket.write(_READ)
            self._socket.flush()

    def _end(self) -> None:
        self._socket.readyRead.disconnect(self._read)
        self._socket.disconnectFromServer()


def _is_connected(socket: QLocalSocket, where: str) -> bool:
    if not _is_own(where):  # also while the first start is still on its way
        return False
    socket.connectToServer(where)
    return socket.waitForConnected(round(_DEADLINE_S * 1000))


def _is_own(where: str) -> bool:
    """A socket in a folder for everybody might be somebody else's, who would get to read the names of files."""
    if sys.platform == "win32":
        return True
    try:
        return Path(where).stat().st_uid == os.getuid()
    except OSError:
        return False
