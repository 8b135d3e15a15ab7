"""A screen for a machine that has none: an Xvfb of our own, for the tour."""

from __future__ import annotations

import os
import shutil
import subprocess
from types import TracebackType
from typing import Self

from desktop_search.core.errors import AppError
from desktop_search.core.language import _

SCREEN = "1440x900x24"


class VirtualDisplay:
    """Context manager: starts Xvfb on a free display number and points `DISPLAY` at it."""

    def __init__(self) -> None:
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        program = shutil.which("Xvfb")
        if program is None:
            raise AppError(
                _("There is no display, and Xvfb is not installed."), hint=_("Install it: sudo apt install xvfb")
            )
        read_end, write_end = os.pipe()
        command = [program, "-displayfd", str(write_end), "-screen", "0", SCREEN, "-nolisten", "tcp", "-dpi", "96"]
        self._server = subprocess.Popen(command, pass_fds=(write_end,), stderr=subprocess.DEVNULL)
        os.close(write_end)
        with os.fdopen(read_end, "rb") as answer:
            number = answer.readline().strip()  # ends at once, with nothing, when Xvfb cannot start
        if not number:
            self.__exit__(None, None, None)
            raise AppError(_("The virtual display did not start."), hint=_("Try `Xvfb :99` in a terminal to see why."))
        os.environ.pop("WAYLAND_DISPLAY", None)
        os.environ["DISPLAY"] = f":{number.decode('ascii')}"
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _value: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.terminate()
            self._server.wait(timeout=10)
            self._server = None
