from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_search.core.uploads import MediaKind, UploadItem, UploadState
from desktop_search.models.upload_words import plain_name, progress_permille, state_words, summary_words, tool_tip

ROW = UploadItem(1, "local", Path("/footage/harbour.mp4"), MediaKind.VIDEO)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "waits"),
        ({"cause": "Waits 42 s: the library is busy."}, "waits 42 s: the library is busy."),
        ({"cause": "No answer. Tries again in 5 s."}, "waits: No answer. Tries again in 5 s."),
        ({"state": UploadState.SENDING, "size_bytes": 8_000_000_000, "sent_bytes": 4_960_000_000}, "sending 62 %"),
        ({"state": UploadState.SENDING}, "sending…"),
        ({"state": UploadState.INDEXING, "index_permille": 409}, "indexing 40 %"),
        ({"state": UploadState.INDEXING}, "indexing…"),
        ({"state": UploadState.INDEXING, "cause": "No answer. Asks again."}, "indexing: No answer. Asks again."),
        ({"state": UploadState.SEARCHABLE}, "searchable"),
        ({"state": UploadState.FAILED, "cause": "The file\nis empty."}, "failed: The file�is empty."),
        ({"state": UploadState.FAILED}, "failed"),
    ],
)
def test_the_state_is_said_in_words(changes: dict[str, object], words: str) -> None:
    assert state_words(replace(ROW, **changes)) == words  # type: ignore[arg-type]


def test_a_bar_shows_only_where_something_is_measured_and_never_beyond_its_end() -> None:
    sending = replace(ROW, state=UploadState.SENDING, size_bytes=5_000_000_000, sent_bytes=5_000_000_500)
    assert progress_permille(sending) == 1000
    assert progress_permille(ROW) is None
    assert progress_permille(replace(ROW, state=UploadState.SEARCHABLE, size_bytes=5, sent_bytes=5)) is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\nb.mp4", "a�b.mp4"),
        ("photo\u202egpj.exe", "photo�gpj.exe"),
        ("bad\udcff.mov", "bad�.mov"),
        ("é # 100 %.mp4", "é # 100 %.mp4"),
    ],
)
def test_names_stay_on_one_line_and_read_as_they_are(name: str, shown: str) -> None:
    assert plain_name(Path("/footage") / name) == shown


def test_the_summary_counts_all_rows() -> None:
    counts = {UploadState.SEARCHABLE: 12, UploadState.FAILED: 1, UploadState.WAITING: 27}
    assert summary_words(counts) == "12 of 40 searchable · 1 failed"
    assert summary_words({UploadState.SEARCHABLE: 1200}) == "1,200 of 1,200 searchable"
    assert summary_words({}) == ""


def test_a_tool_tip_shows_markup_as_text() -> None:
    assert tool_tip("<b>a</b>\nb") == "<qt>&lt;b&gt;a&lt;/b&gt;<br>b</qt>"
