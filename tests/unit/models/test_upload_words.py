from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_search.core.library import LOCAL_ID
from desktop_search.core.uploads import MediaKind, UploadItem, UploadState
from desktop_search.models.transfer_pace import Pace
from desktop_search.models.upload_words import (
    course_words,
    plain_name,
    progress_permille,
    row_name,
    state_words,
    summary_words,
    tool_tip,
)

ROW = UploadItem(1, "memories.ai", Path("/footage/harbour.mp4"), MediaKind.VIDEO)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "waits"),
        ({"cause": "Waits 42 s: the library is busy."}, "waits 42 s: the library is busy."),
        ({"cause": "No answer. Tries again in 5 s."}, "waits: No answer. Tries again in 5 s."),
        ({"state": UploadState.SENDING, "size_bytes": 8_000_000_000, "sent_bytes": 4_960_000_000}, "sending 62 %"),
        ({"state": UploadState.SENDING}, "sending…"),
        ({"state": UploadState.SENDING, "size_bytes": 9, "sent_bytes": 9}, "sent, waits for the answer"),
        ({"state": UploadState.SENDING, "size_bytes": 1000, "sent_bytes": 999}, "sending 99 %"),
        ({"state": UploadState.SENDING, "library_id": LOCAL_ID, "size_bytes": 9}, "handing over…"),
        ({"state": UploadState.READY}, "not started"),
        (
            {"state": UploadState.READY, "cause": "The month's budget is spent."},
            "not started: the month's budget is spent.",
        ),
        ({"state": UploadState.PREPARING}, "making a proxy…"),
        ({"state": UploadState.PREPARING, "prepared_permille": 345, "cause": "x"}, "making a proxy 34 %"),
        ({"state": UploadState.PAUSED}, "paused"),
        ({"state": UploadState.CANCELLED}, "cancelled"),
        ({"state": UploadState.KNOWN}, "in the library already"),
        ({"state": UploadState.KNOWN, "cause": "The library has it as b."}, "not sent: the library has it as b."),
        ({"state": UploadState.INDEXING, "index_permille": 409}, "indexing 40 %"),
        ({"state": UploadState.INDEXING}, "indexing…"),
        ({"state": UploadState.INDEXING, "cause": "No answer. Asks again."}, "indexing: no answer. Asks again."),
        ({"state": UploadState.SEARCHABLE}, "searchable"),
        ({"state": UploadState.FAILED, "cause": "The file\nis empty."}, "failed: The file�is empty."),
        ({"state": UploadState.FAILED}, "failed"),
    ],
)
def test_the_state_is_said_in_words(changes: dict[str, object], words: str) -> None:
    assert state_words(replace(ROW, **changes)) == words  # type: ignore[arg-type]


def test_a_bar_shows_only_where_something_is_measured_and_never_beyond_its_end() -> None:
    sending = replace(ROW, state=UploadState.SENDING, size_bytes=5_000_000_000, sent_bytes=4_999_999_999)
    assert progress_permille(sending) == 999
    assert progress_permille(replace(sending, sent_bytes=5_000_000_500)) is None  # it waits for the answer
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


def test_a_sending_row_says_its_rate_and_the_time_left_or_that_it_stalls() -> None:
    sending = replace(ROW, state=UploadState.SENDING, size_bytes=100, sent_bytes=62)
    assert state_words(sending, Pace(14e6, 350.0)) == "sending 62 % · 14 MB/s · 6 min left"
    assert state_words(sending, Pace(0.0, None, 12.4)) == "sending 62 % · stalled for 12 s"


def test_a_part_of_a_file_is_named_by_its_time() -> None:
    part = replace(ROW, part_start_ms=2_530_000, part_end_ms=5_060_000)
    assert row_name(part) == "harbour.mp4 (0:42:10–1:24:20)"
    assert row_name(replace(part, part_end_ms=None)) == "harbour.mp4 (0:42:10–end)"
    assert row_name(ROW) == "harbour.mp4"


def test_the_summary_counts_all_rows() -> None:
    counts = {UploadState.SEARCHABLE: 12, UploadState.FAILED: 1, UploadState.WAITING: 27}
    assert summary_words(counts) == "12 of 40 searchable · 1 failed"
    assert summary_words({UploadState.SEARCHABLE: 1200}) == "1,200 of 1,200 searchable"
    assert summary_words({}) == ""
    assert summary_words({UploadState.READY: 2}) == "0 of 2 searchable · 2 not started"


def test_what_is_still_to_be_sent_is_said_with_rate_and_time() -> None:
    assert course_words(3_100_000_000, Pace(14e6, 350.0)) == "3.1 GB to go · 14 MB/s · 6 min left"
    assert course_words(3_100_000_000, Pace()) == "3.1 GB to go"
    assert course_words(0, Pace()) == ""


def test_a_tool_tip_shows_markup_as_text() -> None:
    assert tool_tip("<b>a</b>\nb") == "<qt>&lt;b&gt;a&lt;/b&gt;<br>b</qt>"
