"""Imports from platforms: real yt-dlp against a platform on the loopback."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import EngineChild
from tests.support.platform import Platform
from tests.support.receiver import Receiver
from tests.support.waiting import wait_until

CLOSED = "127.0.0.1:11"  # nobody listens there
TASK_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}_[0-9a-f]{32}")


@pytest.fixture(scope="module")
def platform(clips: ClipCache) -> Iterator[Platform]:
    names = ("dawn", "noon", "dusk", "night")
    feeds = {
        "/@harbourmaster": list(names),
        "/tag/fog": ["dusk", "night", "dawn"],
        "/@nobody": [],
        "/@elsewhere": ["dawn", "http://127.0.0.1:80/a.mp4"],
    }
    with Platform(dict.fromkeys(names, clips.silent().path), feeds) as served:
        yield served


@pytest.fixture
def importing(tmp_path: Path, platform: Platform) -> Iterator[EngineChild]:
    with _engine(tmp_path / "data", platform) as child:
        yield child


def _engine(data_dir: Path, platform: Platform, *more: str) -> EngineChild:
    return EngineChild(
        data_dir,
        "--scraper-hosts",
        f"{platform.place}=TIKTOK",
        "--scraper-hosts",
        f"{CLOSED}=YOUTUBE",
        "--allow-private-callbacks",
        *more,
    )


def _task(engine: EngineChild, path: str, **fields: Any) -> str:
    data = engine.post_json(path, fields).data
    assert set(data) == {"taskId"}
    assert TASK_ID.fullmatch(data["taskId"])
    return str(data["taskId"])


def _ended(engine: EngineChild, task_id: str, **scope: str) -> dict[str, Any]:
    def answer() -> dict[str, Any]:
        found: dict[str, Any] = engine.get("/get_video_ids_by_task_id", task_id=task_id, **scope).data
        return found

    wait_until(lambda: answer()["taskStatus"] != "RUNNING", f"{task_id} has ended", 120)
    return answer()


def test_posts_are_imported_into_their_namespace(importing: EngineChild, platform: Platform) -> None:
    addresses = [platform.post("dawn"), platform.post("missing")]
    task_id = _task(
        importing, "/scraper_url", video_urls=addresses, tiktok_post_urls=[platform.post("noon")], unique_id="sea"
    )
    data = _ended(importing, task_id, unique_id="sea")
    assert data["taskStatus"] == "DONE"
    ((failure, cause),) = [tuple(each.values()) for each in data["failures"]]
    assert failure == platform.post("missing")
    assert "404" in cause
    first, second = data["videos"]
    assert (first["video_name"], second["video_name"]) == ("dawn", "noon")
    assert first["video_url"] == platform.post("dawn")
    assert first["video_no"].startswith("VI")
    record = importing.wait_indexed(first["video_no"], "sea")
    assert record["status"] == "PARSE"
    assert "video_url" not in record
    (listed,) = importing.post_json("/list_videos", {"unique_id": "sea", "video_name": "dawn"}).data["videos"]
    assert listed["video_url"] == platform.post("dawn")
    again = importing.get("/get_video_ids_by_task_id", task_id=task_id, unique_id="sea").data["videos"][0]
    assert (again["fps"], again["width"], again["height"]) == (record["fps"], 320, 180)
    elsewhere = importing.get("/get_video_ids_by_task_id", task_id=task_id).data
    assert elsewhere == {"videos": []}


def test_creators_and_hashtags_bring_as_many_as_asked(importing: EngineChild, platform: Platform) -> None:
    def names(path: str, **fields: Any) -> list[str]:
        data = _ended(importing, _task(importing, path, **fields))
        return [each["video_name"] for each in data["videos"]]

    profile = f"{platform.url}/@harbourmaster"
    assert names("/scraper", username=profile, scraper_cnt=2) == ["dawn", "noon"]
    assert names("/scraper_tag", hash_tags=["#fog"]) == ["dusk", "night"]
    assert names("/scraper", username=profile) == ["dawn", "noon", "dusk", "night"]


def test_a_post_is_fetched_once_for_all_libraries(importing: EngineChild, platform: Platform) -> None:
    (private,) = _ended(importing, _task(importing, "/scraper_url", video_urls=[platform.post("dusk")]))["videos"]
    importing.wait_indexed(private["video_no"])
    before = platform.fetched("dusk")
    (again,) = _ended(importing, _task(importing, "/scraper_url", video_urls=[platform.post("dusk")]))["videos"]
    assert again["video_no"] == private["video_no"]
    looks = platform.fetched("dusk") - before
    public_task = _task(importing, "/scraper_url_public", video_urls=[platform.post("dusk")], unique_id="")
    (public,) = _ended(importing, public_task, unique_id="whatever")["videos"]
    assert public["video_no"].startswith("PI-")
    assert platform.fetched("dusk") - before == 2 * looks  # it was looked at, not fetched
    assert importing.post_json("/list_videos", {}).data["total_count"] == 1
    wait_until(lambda: bool(_public(importing, "dusk")), "the public one is indexed", 60)
    assert importing.post_json("/delete_videos", [private["video_no"]]).data is None
    place = {"bucket": public["bucket"], "blob": public["blob"]}
    assert importing.get("/download", **place).body == importing.post_json("/download", public).body


def _public(engine: EngineChild, words: str) -> list[Any]:
    found: list[Any] = engine.post_json("/search_public", {"search_param": words}).data
    return found


def test_callbacks_tell_how_it_goes(importing: EngineChild, platform: Platform) -> None:
    with Receiver() as receiver:
        wanted = {"video_urls": [platform.post("dawn")], "callback": f"{receiver.url}/a"}
        task_id = _task(importing, "/scraper_url", **wanted)
        wait_until(lambda: len(receiver.heard) >= 2, "both callbacks arrive", 120)
        (video,) = _ended(importing, task_id)["videos"]
        heard = {each.json["status"]: each.json for each in receiver.heard}
        assert heard["SUCCEEDED"] == {
            "taskId": task_id,
            "status": "SUCCEEDED",
            "message": "Video has been downloaded: 1 of 1.",
        }
        assert heard["INDEXING_SUCCEEDED"] == {
            "taskId": task_id,
            "videoId": video["video_no"],
            "status": "INDEXING_SUCCEEDED",
            "message": "Video indexing succeed",
        }
        again = _task(importing, "/scraper_url", **wanted)
        wait_until(lambda: len(receiver.heard) >= 4, "both callbacks of the known post arrive", 120)
        assert {each.json["taskId"] for each in receiver.heard[2:]} == {again}
        assert {each.json["status"] for each in receiver.heard[2:]} == set(heard)
        lost = _task(importing, "/scraper", username=f"{platform.url}/@nobody", callback_url=f"{receiver.url}/b")
        wait_until(lambda: len(receiver.heard) >= 5, "the failure arrives", 120)
        assert receiver.heard[-1].json["status"] == "FAILED"
        assert receiver.heard[-1].json["taskId"] == lost
        told = importing.get("/get_video_ids_by_task_id", task_id=lost).data["failures"]
        assert told == [{"video_url": f"{platform.url}/@nobody", "cause": "There are no posts at this address."}]


def test_without_a_connection_the_task_fails_and_the_engine_lives_on(importing: EngineChild) -> None:
    address = f"http://{CLOSED}/watch?v=abc123DEF45"
    data = _ended(importing, _task(importing, "/scraper_url", video_urls=[address], quality=720))
    assert data["taskStatus"] == "FAILED"
    assert data["videos"] == []
    assert data["failures"][0]["video_url"] == address
    cause = data["failures"][0]["cause"]
    assert cause.startswith("The post could not be fetched: ")
    assert "refused" in cause
    assert importing.post_json("/list_videos", {}).data["total_count"] == 0
    assert "Traceback" not in importing.log


def test_a_folder_goes_although_something_was_imported_into_it(importing: EngineChild, platform: Platform) -> None:
    folder_id = importing.post_form("/folders/create", [("name", "sea")]).data["folder_id"]
    wanted = {"video_urls": [platform.post("missing")], "folder_id": folder_id, "unique_id": "ignored"}
    task_id = _task(importing, "/scraper_url", **wanted)
    assert _ended(importing, task_id, unique_id="sea")["taskStatus"] == "FAILED"
    assert importing.post_form("/folders/delete", [("folder_id", folder_id)]).data is None
    assert _ended(importing, task_id)["taskStatus"] == "FAILED"  # it went to the default


def test_a_list_leads_to_its_platform_alone(importing: EngineChild, platform: Platform) -> None:
    data = _ended(importing, _task(importing, "/scraper", username=f"{platform.url}/@elsewhere"))
    assert [each["video_name"] for each in data["videos"]] == ["dawn"]
    assert [each["cause"] for each in data["failures"]] == ["The address is not one of the platform's."]


def test_a_post_leads_nowhere_inside(importing: EngineChild, platform: Platform) -> None:
    data = _ended(importing, _task(importing, "/scraper_url", video_urls=[platform.post("inside")]))
    assert data["taskStatus"] == "FAILED"
    assert "not a public address" in data["failures"][0]["cause"]


def test_an_import_goes_on_after_a_restart(tmp_path: Path, platform: Platform) -> None:
    with _engine(tmp_path / "data", platform) as first:
        task_id = _task(first, "/scraper_url", video_urls=[platform.post("endless"), platform.post("noon")])
        platform.wait_for_endless()
        first.process.kill()
    (tmp_path / "data" / "incoming" / "left.mp4").write_bytes(b"half")
    with _engine(tmp_path / "data", platform, "--allow-private-imports") as second:
        platform.let_go()
        data = _ended(second, task_id)
        assert [each["video_name"] for each in data["videos"]] == ["noon"]
        assert len(data["failures"]) == 1
        assert list((second.data_dir / "incoming").iterdir()) == []


@pytest.fixture(scope="module")
def refusing(tmp_path_factory: pytest.TempPathFactory, platform: Platform) -> Iterator[EngineChild]:
    with _engine(tmp_path_factory.mktemp("refusing") / "data", platform) as child:
        yield child


_TIKTOK = "https://www.tiktok.com/@a/video/1"


@pytest.mark.parametrize("twin", ["", "_public"])
@pytest.mark.parametrize(
    ("path", "fields", "code"),
    [
        ("/scraper_url", {}, "0001"),
        ("/scraper_url", {"video_urls": [], "tiktok_post_urls": [" "]}, "0001"),
        ("/scraper_url", {"video_urls": _TIKTOK}, "0003"),
        (
            "/scraper_url",
            {"video_urls": [f"{_TIKTOK}{n}" for n in range(30)], "tiktok_post_urls": [_TIKTOK] * 21},
            "0001",
        ),
        ("/scraper_url", {"video_urls": [_TIKTOK, "https://youtu.be/abc"]}, "0001"),
        ("/scraper_url", {"video_urls": [_TIKTOK], "quality": "500"}, "0003"),
        ("/scraper_url", {"video_urls": [_TIKTOK], "quality": 260}, "0003"),
        ("/scraper_url", {"video_urls": [_TIKTOK], "callback_url": "ftp://a/b"}, "0001"),
        ("/scraper_url", {"video_urls": ["http://127.0.0.1:9/a.mp4"]}, "0001"),
        ("/scraper_url", {"video_urls": ["http://tiktok.com.evil.example/a"]}, "0001"),
        ("/scraper_url", {"video_urls": ["http://tiktok.com@evil.example/a"]}, "0001"),
        ("/scraper_url", {"video_urls": ["https://www.tiktok.com:8080/@a/video/1"]}, "0001"),
        ("/scraper_url", {"video_urls": ["file:///etc/passwd"]}, "0001"),
        ("/scraper", {}, "0001"),
        ("/scraper", {"username": "harbourmaster"}, "0001"),
        ("/scraper", {"username": "https://www.tiktok.com/@a", "scraper_cnt": 0}, "0001"),
        ("/scraper", {"username": "https://www.tiktok.com/@a", "scraper_cnt": 101}, "0001"),
        ("/scraper", {"username": "https://www.tiktok.com/@a", "scraper_cnt": "4"}, "0003"),
        ("/scraper_tag", {"hash_tags": []}, "0001"),
        ("/scraper_tag", {"hash_tags": ["fog", "#"]}, "0001"),
        ("/scraper_tag", {"hash_tags": ["two words"]}, "0001"),
    ],
)
def test_fields_are_checked(refusing: EngineChild, path: str, fields: dict[str, Any], code: str, twin: str) -> None:
    assert refusing.post_json(path + twin, fields).refusal[0] == code


def test_a_private_import_says_where_to(refusing: EngineChild) -> None:
    def code(**fields: Any) -> str:
        return str(refusing.post_json("/scraper_url", {"video_urls": [_TIKTOK], **fields}).envelope["code"])

    assert code(unique_id=" ") == code(folder_id=-2) == code(folder_id=77) == "0001"
    assert code(folder_id="x") == "0003"


def test_a_task_is_known_to_its_account_alone(importing: EngineChild, platform: Platform) -> None:
    command = [sys.executable, "-m", "desktop_search", "engine", "keys", "add", "anna", "--data-dir"]
    added = subprocess.run([*command, str(importing.data_dir)], check=True, capture_output=True, text=True)
    task_id = _task(importing, "/scraper_url_public", video_urls=[platform.post("dawn")])
    assert _ended(importing, task_id)["videos"]
    headers = {"Authorization": added.stdout.strip()}
    path = f"/get_video_ids_by_task_id?task_id={task_id}"
    assert importing.send("GET", path, headers=headers).data == {"videos": []}


def test_an_unknown_task_brought_nothing(refusing: EngineChild) -> None:
    assert refusing.get("/get_video_ids_by_task_id", task_id="never").data == {"videos": []}
    assert refusing.get("/get_video_ids_by_task_id").refusal[0] == "0001"


def test_lenient_takes_a_form_and_multipart(tmp_path: Path, platform: Platform) -> None:
    with _engine(tmp_path / "data", platform, "--lenient") as engine:
        address = platform.post("dawn")
        parts = [("video_urls", address), ("quality", "720")]
        forms = [
            engine.post_parts("/scraper_url", parts),
            engine.post_form("/scraper_url", [("video_urls[0]", address)]),
        ]
        forms.append(engine.post_json("/scraper_url", {"video_urls": address}))
        for answer in forms:
            (video,) = _ended(engine, answer.data["taskId"])["videos"]
            assert video["video_name"] == "dawn"
