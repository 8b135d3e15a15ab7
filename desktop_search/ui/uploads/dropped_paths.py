"""Which files and folders, and which links, a drag carries."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

from desktop_search.ui.own_drags import is_own


def local_paths(mime: QMimeData) -> list[Path]:
    """The local files and folders of a drag or of the clipboard, in their order, each once.

    Links to pages and servers are left out. Nothing is looked up on the disk here: a network drive may be slow.
    """
    if is_own(mime):
        return []
    found = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile() and url.toLocalFile()]
    return list(dict.fromkeys(found))


def links(mime: QMimeData) -> list[str]:
    """The http and https addresses of a drag, in their order, each once."""
    if is_own(mime):
        return []
    found = [url.toString(QUrl.ComponentFormattingOption.FullyEncoded) for url in mime.urls() if _is_web(url)]
    return list(dict.fromkeys(found))


def _is_web(url: QUrl) -> bool:
    return url.scheme() in {"http", "https"} and bool(url.host())
