"""The documented rate limits, on demand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.engine_child import Answer, EngineChild
from tests.support.waiting import wait_until

REFUSAL = ("0429", "Request has exceeded the limit.")


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[EngineChild]:
    with EngineChild(tmp_path / "data", "--limits", "documented") as child:
        yield child


def _search(engine: EngineChild) -> Answer:
    return engine.post_json("/search", {"search_param": "boat"})


def test_a_second_search_within_a_second_is_refused_and_a_later_one_answered(limited: EngineChild) -> None:
    answers = [_search(limited) for _ in range(10)]
    refused = [answer for answer in answers if answer.envelope["code"] != "0000"]
    assert answers[0].data == []
    assert refused
    for answer in refused:
        assert (answer.refusal, answer.status) == (REFUSAL, 200)
        assert answer.headers["Retry-After"] == "1"
    wait_until(lambda: _search(limited).envelope["code"] == "0000", "another search is let through", 10)


def test_all_searches_share_a_limit_and_other_calls_have_their_own(limited: EngineChild) -> None:
    def codes() -> list[str]:
        return [
            limited.get("/search_audio_transcripts", query="boat").envelope["code"],
            _search(limited).envelope["code"],
        ]

    wait_until(lambda: codes() == ["0000", "0429"], "one search uses up the limit of the other", 20)
    assert limited.get("/list_unique_ids").envelope["code"] == "0000"
    assert [limited.get("/get_metadata", video_no="VI1").envelope["code"] for _ in range(9)] == ["0000"] * 9


def test_uploads_are_one_a_minute_and_a_refused_one_gets_to_read_it(limited: EngineChild) -> None:
    parts = [("file", ("a.mp4", b"not a video" * 2_000_000, "video/mp4"))]
    assert limited.post_parts("/upload", parts).envelope["code"] == "0000"
    answer = limited.post_parts("/upload", parts)
    assert answer.refusal == REFUSAL
    assert 50 <= int(answer.headers["Retry-After"]) <= 60


def test_both_downloads_share_twelve_a_minute(limited: EngineChild) -> None:
    paths = [f"/serve/api/{version}/download?bucket=b&blob=c" for version in ("v1", "v2")] * 6
    assert {limited.get(path).refusal for path in paths} == {("0001", "Resource does not exist")}
    assert {limited.get(path).refusal for path in paths} == {REFUSAL}


def test_a_wrong_key_does_not_use_up_the_limit(limited: EngineChild) -> None:
    assert limited.send("POST", "/search", b"{}", {"Authorization": "sk-wrong"}).refusal[0] == "0401"
    assert _search(limited).data == []


def test_there_are_none_unless_asked_for(engine: EngineChild) -> None:
    assert [_search(engine).envelope["code"] for _ in range(10)] == ["0000"] * 10


def test_imports_are_one_a_minute_and_tasks_and_public_searches_one_a_second(limited: EngineChild) -> None:
    assert limited.post_json("/scraper_url", {}).refusal[0] == "0001"
    for path in ("/scraper_url", "/scraper", "/scraper_tag", "/scraper_url_public", "/scraper_tag_public"):
        assert limited.post_json(path, {}).refusal == REFUSAL
    codes = [limited.get("/get_video_ids_by_task_id", task_id="x").envelope["code"] for _ in range(9)]
    assert (codes[0], "0429" in codes) == ("0000", True)
    codes = [limited.get("/search_public_audio_transcripts", query="x").envelope["code"] for _ in range(9)]
    assert (codes[0], "0429" in codes) == ("0000", True)
