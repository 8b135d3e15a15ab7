"""Which files and folders a drag carries."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def local_paths(mime: QMimeData) -> list[Path]:
    """The local files and folders of a drag or of the clipboard, in their order, each once.

    Links to pages and servers are left out. Nothing is looked up on the disk here: a network drive may be slow.
    """
    found = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile() and url.toLocalFile()]
    return list(dict.fromkeys(found))
