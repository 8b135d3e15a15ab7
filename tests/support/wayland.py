"""A real Wayland compositor whose screen is a window on the X display of the tests, so that its pixels can be read."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

WIDTH, HEIGHT = 800, 500
_SOCKET = "wayland-of-the-tests"
_DEADLINE_S = 30.0
_CONFIGURATION = "[shell]\npanel-position=none\nlocking=false\nbackground-color=0xff000000\n[core]\nidle-time=0\n"


class Weston:
    """Context manager: weston without XWayland. `environment` is for programs that are to open windows on it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        self._folder.mkdir(mode=0o700)
        configuration, log = self._folder / "weston.ini", self._folder / "weston.log"
        configuration.write_text(_CONFIGURATION)
        here = {"XDG_RUNTIME_DIR": str(self._folder)}
        reading, writing = os.pipe()
        self._server = subprocess.Popen(
            [
                "weston",
                "--backend=x11-backend.so",
                "--use-pixman",
                f"--width={WIDTH}",
                f"--height={HEIGHT}",
                f"--config={configuration}",
                f"--log={log}",
                f"--socket={_SOCKET}",
            ],
            env=os.environ | here,
            stdin=subprocess.DEVNULL,
            stdout=writing,
            stderr=writing,
        )
        os.close(writing)
        self._said = os.fdopen(reading, "rb")
        without = {"DISPLAY", "QT_QPA_PLATFORM"}
        plain = {name: value for name, value in os.environ.items() if name not in without}
        self.environment = plain | here | {"WAYLAND_DISPLAY": _SOCKET, "XDG_SESSION_TYPE": "wayland"}
        return self

    @property
    def is_there(self) -> bool:
        """Whether programs can connect."""
        assert self._server.poll() is None, (self._folder / "weston.log").read_text()
        return (self._folder / _SOCKET).exists()

    def __exit__(
        self, _type: type[BaseException] | None, _value: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        self._server.terminate()
        self._server.wait(_DEADLINE_S)
        self._said.close()
