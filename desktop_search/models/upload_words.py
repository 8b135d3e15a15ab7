"""A row of the upload queue in words and numbers that a person reads."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from desktop_search.core.known_texts import localised
from desktop_search.core.language import _, begun, ngettext, number
from desktop_search.core.library import LOCAL_ID
from desktop_search.core.uploads import MediaKind, UploadItem, UploadState
from desktop_search.models.transfer_pace import Pace
from desktop_search.models.transfer_words import left_words, rate_words, size_words, span_words

_PLAIN = {
    UploadState.READY: _("not started"),
    UploadState.SEARCHABLE: _("searchable"),
    UploadState.PAUSED: _("paused"),
    UploadState.CANCELLED: _("cancelled"),
    UploadState.KNOWN: _("in the library already"),
}
_AT_WORK = {
    UploadState.PREPARING: _("making a proxy"),
    UploadState.SENDING: _("sending"),
    UploadState.INDEXING: _("indexing"),
}
_NO_PACE = Pace()


def plain_name(path: Path) -> str:
    """The file's name on one line: newlines, control and direction signs are shown as what they are, "�"."""
    return plain_line(path.name or str(path))


def row_name(item: UploadItem) -> str:
    """The name of the row's file, with the time range where only a part of it is sent."""
    span = span_words(item.part_start_ms, item.part_end_ms)
    return f"{plain_name(item.path)} ({span})" if span else plain_name(item.path)


def plain_line(text: str) -> str:
    """`text` without anything that breaks a line, hides, or turns the reading direction around.

    File names may hold all of that; undecodable bytes in them (lone surrogates) are replaced as well.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join("�" if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else sign for sign in text)


def tool_tip(text: str) -> str:
    """`text` as a tool tip that shows it as it is, whatever looks like markup in it."""
    return f"<qt>{html.escape(text).replace(chr(10), '<br>')}</qt>"


def is_all_sent(item: UploadItem) -> bool:
    """Whether every byte has gone but the library's answer has not come: nothing more can be measured."""
    return item.state is UploadState.SENDING and 0 < item.size_bytes <= item.sent_bytes


def progress_permille(item: UploadItem) -> int | None:
    """How far the row's present step is, 0 to 1000; `None` where there is nothing to measure."""
    if item.state is UploadState.SENDING and item.size_bytes > 0 and not _is_handed_over(item):
        return None if is_all_sent(item) else item.sent_bytes * 1000 // item.size_bytes
    if item.state is UploadState.PREPARING:
        return item.prepared_permille
    if item.state is UploadState.INDEXING:
        return item.index_permille
    return None


def state_words(item: UploadItem, pace: Pace = _NO_PACE) -> str:
    """The row's state: "waits", "sending 62 % · 14 MB/s · 6 min left", "indexing 40 %", "failed: …"."""
    cause = localised(item.cause)
    if item.state is UploadState.WAITING:
        return waiting_words(cause)
    if item.state is UploadState.FAILED:
        return _("failed: {cause}").format(cause=plain_line(cause)) if cause else _("failed")
    if item.state is UploadState.KNOWN and cause:
        return _("not sent: {cause}").format(cause=_small(cause))
    if item.state in _PLAIN:
        return f"{_PLAIN[item.state]}: {_small(cause)}" if cause else _PLAIN[item.state]
    if item.state is UploadState.SENDING and not cause:
        return _sending(item, pace)
    words = _AT_WORK[item.state]
    permille = progress_permille(item)
    if permille is not None:
        return f"{words} {permille // 10} %"
    return f"{words}: {_small(cause)}" if cause else f"{words}…"


def _sending(item: UploadItem, pace: Pace) -> str:
    if _is_handed_over(item):
        return _("handing over…")
    if is_all_sent(item):
        return _("sent, waits for the answer")
    permille = progress_permille(item)
    if permille is None:
        return _("sending…")
    return " · ".join([f"{_AT_WORK[item.state]} {permille // 10} %", *pace_words(pace)])


def pace_words(pace: Pace) -> list[str]:
    """The rate and the time left, or for how long it stalls; nothing while nothing is known."""
    if pace.still_s:
        return [_("stalled for {seconds} s").format(seconds=number(pace.still_s))]
    words = [rate_words(pace.bytes_s)] if pace.bytes_s else []
    return [*words, left_words(pace.left_s)] if pace.left_s is not None else words


def _is_handed_over(item: UploadItem) -> bool:
    """Videos for this computer's own library are indexed where they are; no byte of them is sent."""
    return item.library_id == LOCAL_ID and item.kind is MediaKind.VIDEO


def waiting_words(cause: str) -> str:
    """What something waits for, as one line: "waits", "waits 42 s: …", "waits: the server cannot be reached"."""
    if not cause:
        return _("waits")
    if cause.lower().startswith(_("waits")):
        return _small(cause)
    return _("waits: {cause}").format(cause=plain_line(cause))


def _small(cause: str) -> str:
    """The cause as the end of a sentence that has begun already."""
    return plain_line(begun(cause))


def summary_words(counts: Mapping[UploadState, int]) -> str:
    """All rows in one line: "12 of 40 searchable · 1 failed"; "" when there are none."""
    total = sum(counts.values())
    if not total:
        return ""
    searchable = number(counts.get(UploadState.SEARCHABLE, 0))
    words = [_("{some} of {all} searchable").format(some=searchable, all=number(total))]
    if failed := counts.get(UploadState.FAILED):
        words.append(failed_words(failed))
    if ready := counts.get(UploadState.READY):
        words.append(ngettext("{count} not started", "{count} not started", ready))
    return " · ".join(words)


def failed_words(count: int) -> str:
    """ "3 failed"."""
    return ngettext("{count} failed", "{count} failed", count)


def course_words(left_bytes: int, pace: Pace) -> str:
    """What is still to be sent: "3.1 GB to go · 14 MB/s · 6 min left"; "" when that is nothing."""
    if not left_bytes:
        return ""
    return " · ".join([_("{size} to go").format(size=size_words(left_bytes)), *pace_words(pace)])
