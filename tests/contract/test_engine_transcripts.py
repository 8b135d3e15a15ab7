"""What is said: exact phrases, and whole transcripts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.conftest import Harbour


def _lines(harbour: Harbour, phrase: str, **query: Any) -> list[dict[str, Any]]:
    return list(harbour.engine.get("/search_audio_transcripts", query=phrase, **query).data["videos"])


def test_finds_a_phrase_with_the_shape_of_the_contract(harbour: Harbour) -> None:
    data = harbour.engine.get("/search_audio_transcripts", query="leaving the HARBOR").data
    assert (data["current_page"], data["page_size"], data["total_count"]) == (1, 100, "1")
    row = data["videos"][0]
    assert row["videoNo"] == harbour.video_no
    assert row["startTime"] == "0"
    assert row["startMs"] == 500
    assert row["audio_ts"].strip() == "The boat is leaving the harbor at sunset."
    assert "endTime" not in row
    assert "score" not in row


@pytest.mark.parametrize("phrase", ["boat", "a", "ea", "100%", "green_field", 'naïve, "QUOTED"', "STRASSENFEST"])
def test_a_phrase_is_a_substring_whatever_its_case(harbour: Harbour, phrase: str) -> None:
    assert _lines(harbour, phrase)


@pytest.mark.parametrize("phrase", ["10_%", "boat%", "%", "_oat", "b*t", "sunset harbor", "\x00", "boat\x00"])
def test_signs_mean_themselves(harbour: Harbour, phrase: str) -> None:
    expected = 1 if phrase == "%" else 0
    assert len(_lines(harbour, phrase)) == expected


def test_pages(harbour: Harbour) -> None:
    everything = _lines(harbour, "e")
    assert [row["startMs"] for row in everything] == [500, 4500, 9000]
    assert _lines(harbour, "e", page=2, page_size=2) == everything[2:]
    assert _lines(harbour, "e", page=5) == []
    assert harbour.engine.get("/search_audio_transcripts", query="e", page_size=1).data["total_count"] == "3"


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"query": ""},
        {"query": "a", "page": 0},
        {"query": "a", "page": "x"},
        {"query": "a", "page_size": 0},
        {"query": "a", "page_size": 501},
        {"query": "a", "unique_id": ""},
    ],
)
def test_refuses(harbour: Harbour, query: dict[str, Any]) -> None:
    assert harbour.engine.get("/search_audio_transcripts", **query).refusal[0] in ("0001", "0003")


def test_a_transcript(harbour: Harbour) -> None:
    data = harbour.engine.get("/get_audio_transcription", video_no=harbour.video_no).data
    assert data["videoNo"] == harbour.video_no
    assert data["createTime"] == str(harbour.engine.metadata(harbour.video_no)["create_time"])
    rows = data["transcriptions"]
    assert [row["index"] for row in rows] == [0, 1, 2]
    assert (rows[1]["startTime"], rows[1]["endTime"]) == ("4", "8")
    assert (rows[1]["startMs"], rows[1]["endMs"]) == (4500, 7900)


def test_a_video_without_sound_has_none(harbour: Harbour) -> None:
    assert harbour.engine.get("/get_audio_transcription", video_no=harbour.silent_no).data is None
