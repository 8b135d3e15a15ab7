"""The system's file manager, asked to show files in their folders."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_log = logging.getLogger(__name__)
_REPLY_S = 5.0
_NAME = "org.freedesktop.FileManager1"


def show_in_folder(paths: Sequence[Path]) -> bool:
    """Open the folders of these files with the files chosen in them; `False` where nobody here can do that.

    Explorer can choose one file only: the first. May take seconds; call it off the GUI thread.
    """
    return _ask_by_bus(paths) if sys.platform == "linux" else _run(command(sys.platform, paths))


def command(platform: str, paths: Sequence[Path]) -> list[str]:
    """What shows the files on Windows ("win32") and macOS."""
    if platform == "win32":
        return ["explorer", "/select,", str(paths[0])]  # apart, for else a path with blanks would be quoted wrongly
    return ["open", "-R", *map(str, paths)]


def _run(words: Sequence[str]) -> bool:
    try:
        subprocess.Popen(words)  # Explorer's exit code says nothing
    except OSError as error:
        _log.info("no file manager: %s", error)
        return False
    return True


def _ask_by_bus(paths: Sequence[Path]) -> bool:
    # Imported here: elsewhere there is no D-Bus, and so not the package for it.
    from jeepney import AuthenticationError, DBusAddress, DBusErrorResponse
    from jeepney.io.blocking import open_dbus_connection
    from jeepney.wrappers import new_method_call, unwrap_msg

    service = DBusAddress("/org/freedesktop/FileManager1", bus_name=_NAME, interface=_NAME)
    ask = new_method_call(service, "ShowItems", "ass", ([path.absolute().as_uri() for path in paths], ""))
    try:
        with open_dbus_connection("SESSION") as connection:
            unwrap_msg(connection.send_and_get_reply(ask, timeout=_REPLY_S))
    except (OSError, KeyError, ValueError, RuntimeError, EOFError, AuthenticationError, DBusErrorResponse) as error:
        _log.info("no file manager answers: %s: %s", type(error).__name__, error)
        return False
    return True
