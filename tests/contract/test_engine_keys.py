"""Keys for others: accounts that know nothing of each other."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import KEY, EngineChild

REFUSAL = ("0401", "The API key is missing or invalid.")


def _run(engine: EngineChild, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "desktop_search", "engine", "keys", *arguments]
    return subprocess.run([*command, "--data-dir", str(engine.data_dir)], capture_output=True, text=True, check=False)


def _add(engine: EngineChild, *arguments: str) -> str:
    ended = _run(engine, "add", *arguments)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


@contextmanager
def _with_key(engine: EngineChild, key: str) -> Iterator[EngineChild]:
    engine.key, before = key, engine.key
    yield engine
    engine.key = before


def _upload(engine: EngineChild, file: Path, namespace: str) -> str:
    parts = [("file", (file.name, file.read_bytes(), "video/mp4")), ("unique_id", namespace)]
    video_no = str(engine.post_parts("/upload", parts).data["videoNo"])
    assert engine.wait_indexed(video_no, namespace)["status"] == "PARSE"
    return video_no


def test_a_key_is_shown_once_and_kept_nowhere(engine: EngineChild) -> None:
    key = _add(engine, "edit-2")
    assert key.startswith("sk-local-")
    listed = _run(engine, "list").stdout
    prefix, name, account, created = listed.strip().split("\t")
    assert (name, account) == ("edit-2", "edit-2")
    assert key.startswith(prefix)
    assert len(created) == len("2026-03-14 09:20:00Z")
    secret = key.removeprefix(prefix).encode()
    assert all(secret not in file.read_bytes() for file in engine.data_dir.rglob("*") if file.is_file())


def test_a_key_works_and_ends_while_the_engine_runs(engine: EngineChild) -> None:
    key = _add(engine, "edit-2")
    with _with_key(engine, key):
        assert engine.get("/list_unique_ids").data == {"unique_ids": []}
        assert _run(engine, "revoke", "edit-2").returncode == 0
        answer = engine.get("/list_unique_ids")
        assert (answer.refusal, answer.status) == (REFUSAL, 401)
    assert engine.get("/list_unique_ids").data == {"unique_ids": []}
    assert "revoked" in _run(engine, "list").stdout
    assert _run(engine, "revoke", "edit-2").returncode == 2


def test_a_disabled_account_is_refused_with_all_its_keys_until_it_is_enabled(engine: EngineChild) -> None:
    keys = [_add(engine, "laptop", "--account", "anna"), _add(engine, "desk", "--account", "anna")]
    other = _add(engine, "ben")
    for name in ("anna", "desk"):  # the account itself, or one of its keys
        assert _run(engine, "disable", name).returncode == 0
        for key in keys:
            with _with_key(engine, key):
                answer = engine.get("/list_unique_ids")
                assert (answer.refusal, answer.status) == (("0403", "This account is disabled."), 200)
        for key in (other, KEY):
            with _with_key(engine, key):
                assert engine.get("/list_unique_ids").data == {"unique_ids": []}
        assert _run(engine, "list").stdout.count("account disabled") == 2
        assert _run(engine, "enable", "anna").returncode == 0
        with _with_key(engine, keys[0]):
            assert engine.get("/list_unique_ids").data == {"unique_ids": []}
    assert _run(engine, "disable", "nobody").returncode == 2
    assert engine.send("GET", "/list_unique_ids", headers={"Authorization": keys[0] + "x"}).refusal == REFUSAL


@pytest.mark.parametrize("ending", ["", "x", "-" + "A" * 43])
def test_keys_like_a_good_one_are_refused(engine: EngineChild, ending: str) -> None:
    prefix = _run(engine, "add", "edit-2").stdout[: len("sk-local-01234567")]
    assert engine.send("GET", "/list_unique_ids", headers={"Authorization": prefix + ending}).refusal == REFUSAL


def test_a_name_is_taken_until_its_key_is_revoked_and_an_account_may_have_several(engine: EngineChild) -> None:
    first = _add(engine, "laptop", "--account", "anna")
    taken = _run(engine, "add", "laptop")
    assert (taken.returncode, taken.stdout) == (2, "")
    assert "There is a key laptop already" in taken.stderr
    second = _add(engine, "desk", "--account", "anna")
    with _with_key(engine, first):
        engine.search("boat", unique_id="hers")
    assert _run(engine, "revoke", first[: len("sk-local-01234567")]).returncode == 0
    for key in (second, _add(engine, "laptop", "--account", "anna")):
        with _with_key(engine, key):
            assert engine.get("/list_unique_ids").data == {"unique_ids": ["hers"]}


@pytest.mark.parametrize("name", ["", "a b", "../x", "x" * 65, "\x1e"])
def test_names_that_are_refused(engine: EngineChild, name: str) -> None:
    assert _run(engine, "add", name).returncode == 2
    assert _run(engine, "add", "good", "--account", name).returncode == 2
    assert _run(engine, "list").stdout == ""


def test_accounts_know_nothing_of_each_other(engine: EngineChild, clips: ClipCache) -> None:
    keys = {"own": KEY, "anna": _add(engine, "anna"), "ben": _add(engine, "ben")}
    film = clips.silent().path
    videos, hits = {}, {}
    for who, key in keys.items():
        with _with_key(engine, key):
            videos[who] = _upload(engine, film, "rushes")
            (hits[who], *_) = engine.search("purple", unique_id="rushes")
    folders = {}
    for who, key in keys.items():
        with _with_key(engine, key):
            assert engine.get("/list_unique_ids").data["unique_ids"] == ["rushes"]
            listed = engine.get("/folders").data["folders"]
            assert [folder["folder_name"] for folder in listed] == ["Default folder", "rushes"]
            folders[who] = listed[1]["folder_id"]
            found = engine.post_json("/list_videos", {"unique_id": "rushes"}).data["videos"]
            assert [video["video_no"] for video in found] == [videos[who]]
            assert {hit["videoNo"] for hit in engine.search("purple", unique_id="rushes")} == {videos[who]}
    assert len(set(folders.values())) == 3
    for who, key in keys.items():
        for other in set(keys) - {who}:
            with _with_key(engine, key):
                _cannot_reach(engine, videos[other], folders[other], hits[other])
    for who, key in keys.items():
        with _with_key(engine, key):
            assert engine.metadata(videos[who], "rushes")["status"] == "PARSE"
            place = {"bucket": hits[who]["keyframe_bucket"], "blob": hits[who]["keyframe_blob"]}
            assert engine.get("/download", **place).headers["Content-Type"] == "image/jpeg"


def _cannot_reach(engine: EngineChild, video_no: str, folder_id: int, hit: dict[str, str]) -> None:
    assert engine.metadata(video_no, "rushes") == {}
    for scope in ({"unique_id": "\x1eanna\x1erushes"}, {"folder_id": folder_id}):
        assert engine.post_json("/list_videos", scope).refusal[0] == "0001"
        assert engine.post_json("/search", {"search_param": "purple", **scope}).refusal[0] == "0001"
    asked = {"video_no": video_no, "unique_id": "rushes"}
    assert engine.post_json("/download", asked).refusal == ("0001", "video not found")
    for kind in ("video", "keyframe"):
        place = {"bucket": hit[f"{kind}_bucket"], "blob": hit[f"{kind}_blob"]}
        assert engine.get("/download", **place).refusal == ("0001", "Resource does not exist")
    assert (
        engine.send(
            "POST", "/delete_videos?unique_id=rushes", f'["{video_no}"]'.encode(), {"Content-Type": "application/json"}
        ).data
        is None
    )
    assert engine.post_json("/folders/move", {"folder_id": -1, "video_nos": [video_no]}).data is None
    assert engine.post_json("/folders/move", {"folder_id": folder_id, "video_nos": [video_no]}).refusal[0] == "0001"
    for path in ("/folders/rename", "/folders/delete"):
        fields = [("folder_id", folder_id), ("new_name", "mine")]
        assert engine.post_form(path, fields).refusal == ("0001", "The folder does not exist.")


def test_images_are_kept_apart_and_their_signed_addresses_work(engine: EngineChild, png: bytes) -> None:
    key = _add(engine, "anna")
    with _with_key(engine, key):
        (sent,) = engine.post_parts("/upload_img", [("files", ("red.png", png, "image/png"))]).data
        (found,) = engine.search("red", search_type="BY_IMAGE")["item"]
        assert found["id"] == sent["id"]
        place = {"bucket": found["bucket"], "blob": found["blob"]}
        assert engine.get("/download", **place).body == png
        signed = found["img_url"].removeprefix(engine.url)
        assert engine.send("GET", signed, headers={"Authorization": ""}).body == png
    assert engine.search("red", search_type="BY_IMAGE")["item"] == []
    assert engine.get("/download", **place).refusal == ("0001", "Resource does not exist")


def test_files_of_this_computer_are_for_the_engines_own_key(engine: EngineChild, clips: ClipCache) -> None:
    with _with_key(engine, _add(engine, "anna")):
        answer = engine.post_form("/upload_url", [("url", clips.silent().path.as_uri())])
        assert answer.refusal[0] == "9009"


def test_keys_outlive_an_index_that_was_set_aside(tmp_path: Path) -> None:
    with EngineChild(tmp_path / "data") as first:
        key = _add(first, "anna")
    (tmp_path / "data" / "library.db").write_bytes(b"this is no database" * 1000)
    with EngineChild(tmp_path / "data") as second, _with_key(second, key):
        assert second.get("/list_unique_ids").data == {"unique_ids": []}


def test_limits_are_counted_by_account(tmp_path: Path) -> None:
    with EngineChild(tmp_path / "data", "--limits", "documented") as engine:
        keys = [_add(engine, "laptop", "--account", "anna"), _add(engine, "desk", "--account", "anna"), KEY]
        codes = []
        for key in keys:
            with _with_key(engine, key):
                parts = [("file", ("a.mp4", b"not a video", "video/mp4"))]
                codes.append(engine.post_parts("/upload", parts).envelope["code"])
    assert codes == ["0000", "0429", "0000"]


@pytest.fixture
def png() -> bytes:
    """A red picture."""
    file = BytesIO()
    Image.new("RGB", (320, 240), (220, 20, 20)).save(file, "PNG")
    return file.getvalue()
