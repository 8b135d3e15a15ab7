"""A row of the upload queue in words and numbers that a person reads."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from desktop_search.core.uploads import UploadItem, UploadState

_PLAIN = {
    UploadState.READY: "not started",
    UploadState.SEARCHABLE: "searchable",
    UploadState.PAUSED: "paused",
    UploadState.CANCELLED: "cancelled",
    UploadState.KNOWN: "in the library already",
}


def plain_name(path: Path) -> str:
    """The file's name on one line: newlines, control and direction signs are shown as what they are, "�"."""
    return plain_line(path.name or str(path))


def plain_line(text: str) -> str:
    """`text` without anything that breaks a line, hides, or turns the reading direction around.

    File names may hold all of that; undecodable bytes in them (lone surrogates) are replaced as well.
    """
    return "".join("�" if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else sign for sign in text)


def tool_tip(text: str) -> str:
    """`text` as a tool tip that shows it as it is, whatever looks like markup in it."""
    return f"<qt>{html.escape(text).replace(chr(10), '<br>')}</qt>"


def progress_permille(item: UploadItem) -> int | None:
    """How far the row's present step is, 0 to 1000; `None` where there is nothing to measure."""
    if item.state is UploadState.SENDING and item.size_bytes > 0:
        return min(1000, item.sent_bytes * 1000 // item.size_bytes)
    if item.state is UploadState.PREPARING:
        return item.prepared_permille
    if item.state is UploadState.INDEXING:
        return item.index_permille
    return None


def state_words(item: UploadItem) -> str:
    """The row's state: "waits", "sending 62 %", "indexing 40 %", "searchable", "failed: …"."""
    if item.state is UploadState.WAITING:
        return _waiting(item.cause)
    if item.state is UploadState.FAILED:
        return f"failed: {plain_line(item.cause)}" if item.cause else "failed"
    if item.state in _PLAIN:
        return _PLAIN[item.state]
    if item.cause:
        return f"{item.state.value}: {plain_line(item.cause)}"
    permille = progress_permille(item)
    return f"{item.state.value}…" if permille is None else f"{item.state.value} {permille // 10} %"


def _waiting(cause: str) -> str:
    if not cause:
        return "waits"
    if cause.lower().startswith("waits"):
        return plain_line(f"w{cause[1:]}")
    return f"waits: {plain_line(cause)}"


def summary_words(counts: Mapping[UploadState, int]) -> str:
    """All rows in one line: "12 of 40 searchable · 1 failed"; "" when there are none."""
    total = sum(counts.values())
    if not total:
        return ""
    words = f"{counts.get(UploadState.SEARCHABLE, 0):,} of {total:,} searchable"
    failed = counts.get(UploadState.FAILED, 0)
    return f"{words} · {failed:,} failed" if failed else words
