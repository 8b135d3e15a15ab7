"""Where the window of a profile listens for second starts, written down beside the lock that it holds.

Which folder is for sockets depends on the session: a second start by ssh, by another desktop or through a link to the
profile would look for the window elsewhere, if nothing told.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sys
import tempfile
from pathlib import Path

from desktop_search.settings.folders import Folders

_log = logging.getLogger(__name__)


def own_address(folders: Folders) -> str:
    """Where a window of this session listens: a socket of this user alone; on Windows the name of a pipe."""
    name = f"desktop-search-{hashlib.sha256(os.fsencode(folders.data)).hexdigest()[:16]}"
    if sys.platform == "win32":
        return name
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        shared = Path(runtime, "app", os.environ.get("FLATPAK_ID", "none"))  # the rest each Flatpak has for itself
        for folder in (shared, Path(runtime)):
            if folder.is_dir():
                return str(folder / name)
    return str(Path(tempfile.gettempdir()) / f"{name}-{os.getuid()}")


def announce(folders: Folders) -> None:
    """Write down where this window will listen. Only for the one that holds the profile's lock."""
    try:
        _note(folders).write_bytes(os.fsencode(own_address(folders)))
    except OSError as error:  # a full disk: second starts of this session find the window all the same
        _log.warning("where this window listens could not be written down: %s", error)


def announced(folders: Folders) -> str:
    """Where the open window listens, or will in a moment."""
    try:
        return os.fsdecode(_note(folders).read_bytes()) or own_address(folders)
    except OSError:
        return own_address(folders)


def _note(folders: Folders) -> Path:
    return folders.data / "window.address"
