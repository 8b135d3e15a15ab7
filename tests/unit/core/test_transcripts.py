"""Transcripts as files: what other programs read must be exact, and nothing in the words may break it."""

from __future__ import annotations

import csv
import io
from fractions import Fraction

import pytest

from desktop_search.core.footage import TranscriptLine
from desktop_search.core.timecode import Timebase
from desktop_search.core.transcripts import as_csv, as_srt, as_txt, as_vtt, line_at, with_timecode

LINES = (
    TranscriptLine(1000, 3500, "Cast off on the left."),
    TranscriptLine(3_661_040, 3_661_040, '=Slowly now, "Jan" <b>-->'),
)
BASE = Timebase(Fraction(25), start_frame=10 * 3600 * 25)


def test_subrip() -> None:
    assert as_srt(LINES, "a.mp4", BASE) == (
        "1\n00:00:01,000 --> 00:00:03,500\nCast off on the left.\n\n"
        '2\n01:01:01,040 --> 01:01:02,040\n=Slowly now, "Jan" <b>-->\n'
    )


def test_webvtt_keeps_words_from_being_markup() -> None:
    text = as_vtt(LINES, "a.mp4", BASE)
    assert text.startswith("WEBVTT\n\n00:00:01.000 --> 00:00:03.500\nCast off on the left.\n\n")
    assert text.endswith('=Slowly now, "Jan" &lt;b>--&gt;\n')


def test_text_has_timecode_at_the_clip_s_own_start() -> None:
    assert as_txt(LINES, "a.mp4", BASE).splitlines()[2] == "10:00:01:00  Cast off on the left."
    assert with_timecode(LINES[0], "a.mp4", BASE) == "a.mp4\t10:00:01:00\tCast off on the left."


def test_table_reads_back_and_holds_no_formula() -> None:
    rows = list(csv.reader(io.StringIO(as_csv(LINES, "a.mp4", BASE))))
    assert rows[1] == ["a.mp4", "10:00:01:00", "10:00:03:12", "1000", "3500", "Cast off on the left."]
    assert rows[2][5] == '\'=Slowly now, "Jan" <b>-->'


@pytest.mark.parametrize(("at_ms", "row"), [(0, None), (1000, 0), (3600, 0), (3_661_040, 1), (9_000_000, 1)])
def test_the_line_that_is_said(at_ms: int, row: int | None) -> None:
    assert line_at(LINES, at_ms) == row
