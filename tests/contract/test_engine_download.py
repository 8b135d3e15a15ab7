"""`/download`: bytes, or an envelope that says why not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.contract.conftest import Harbour
from tests.contract.engine_child import Answer


def test_a_video_by_its_id(harbour: Harbour) -> None:
    answer = harbour.engine.post_json("/download", {"video_no": harbour.video_no, "unique_id": "default"})
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.body == harbour.clip.path.read_bytes()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "0001"),
        ({"video_no": ""}, "0001"),
        ({"video_no": "VI1"}, "0001"),
        ({"video_no": "../x"}, "0001"),
        ({"video_no": 1}, "0003"),
        ([], "0003"),
        ({"video_no": "VI1", "unique_id": ""}, "0001"),
    ],
)
def test_failures_are_envelopes(harbour: Harbour, body: Any, code: str) -> None:
    answer = harbour.engine.post_json("/download", body)
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.refusal[0] == code


@pytest.mark.parametrize("base", ["/serve/api/v1/download", "/serve/api/v2/download"])
def test_objects_by_bucket_and_blob(harbour: Harbour, base: str) -> None:
    record = harbour.engine.metadata(harbour.video_no)
    answer = harbour.engine.get(base, bucket=record["bucket"], blob=record["blob"])
    assert answer.body == harbour.clip.path.read_bytes()
    for hit in harbour.engine.search("blue green"):
        keyframe = harbour.engine.get(base, bucket=hit["keyframe_bucket"], blob=hit["keyframe_blob"])
        assert keyframe.headers["Content-Type"] == "image/jpeg"
        assert keyframe.body.startswith(b"\xff\xd8")


def _asked(harbour: Harbour, how: str, headers: dict[str, str]) -> Answer:
    """One of the two downloads of the harbour video, with headers."""
    if how == "POST":
        body = json.dumps({"video_no": harbour.video_no}).encode()
        return harbour.engine.send("POST", "/download", body, {"Content-Type": "application/json"} | headers)
    record = harbour.engine.metadata(harbour.video_no)
    return harbour.engine.send("GET", f"/download?bucket={record['bucket']}&blob={record['blob']}", headers=headers)


_RANGES: list[tuple[str, slice]] = [
    ("bytes=10-19", slice(10, 20)),
    ("bytes=0-0", slice(0, 1)),
    ("bytes=100-", slice(100, None)),
    ("bytes=-7", slice(-7, None)),
    ("bytes=-999999999999", slice(0, None)),
    ("bytes=5-999999999999", slice(5, None)),
    ("Bytes= 5 - 6 ", slice(5, 7)),
]


@pytest.mark.parametrize("how", ["GET", "POST"])
@pytest.mark.parametrize(("asked", "part"), _RANGES)
def test_one_range(harbour: Harbour, how: str, asked: str, part: slice) -> None:
    whole = harbour.clip.path.read_bytes()
    answer = _asked(harbour, how, {"Range": asked})
    assert answer.status == 206
    assert answer.body == whole[part]
    first, last, _ = part.indices(len(whole))
    assert answer.headers["Content-Range"] == f"bytes {first}-{last - 1}/{len(whole)}"
    assert answer.headers["Content-Length"] == str(last - first)
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize("how", ["GET", "POST"])
@pytest.mark.parametrize("asked", ["bytes=9-5", "bytes=0-1,4-5", "lines=0-1", "bytes", "bytes=a-b", "bytes=-", ""])
def test_what_is_not_one_range_gets_all(harbour: Harbour, how: str, asked: str) -> None:
    answer = _asked(harbour, how, {"Range": asked})
    assert answer.status == 200
    assert answer.body == harbour.clip.path.read_bytes()
    assert answer.headers["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("how", ["GET", "POST"])
@pytest.mark.parametrize("asked", ["bytes=SIZE-", "bytes=999999999999-", "bytes=-0", "bytes=SIZE-SIZE"])
def test_a_range_outside_is_refused(harbour: Harbour, how: str, asked: str) -> None:
    size = harbour.clip.path.stat().st_size
    answer = _asked(harbour, how, {"Range": asked.replace("SIZE", str(size))})
    assert answer.status == 416
    assert answer.headers["Content-Range"] == f"bytes */{size}"
    assert answer.refusal[0] == "0001"


def test_a_range_that_depends_on_the_file_gets_all(harbour: Harbour) -> None:
    answer = _asked(harbour, "GET", {"Range": "bytes=1-2", "If-Range": '"other"'})
    assert answer.status == 200
    assert answer.body == harbour.clip.path.read_bytes()


def test_missing_parameters_have_their_texts(harbour: Harbour) -> None:
    assert harbour.engine.get("/download").refusal == ("0001", "Bucket cannot be null or empty")
    assert harbour.engine.get("/download", bucket="x").refusal == ("0001", "Blob cannot be null or empty")


@pytest.mark.parametrize(
    ("bucket", "blob"),
    [
        ("desktop-video", "VI1.mp4"),
        ("desktop-video", "VIDEO.mov"),
        ("desktop-video", "../library.db"),
        ("desktop-keyframe", "VIDEO/../../engine.key"),
        ("desktop-keyframe", "VIDEO/keyframe-999999999.jpg"),
        ("desktop-keyframe", "VI1/keyframe-000000000.jpg"),
        ("desktop-image", "1.jpg"),
        ("desktop-image", "../library.db"),
        ("desktop-image", "9999999999999999999.jpg"),
        ("/", "etc/passwd"),
        ("mavi-resource", "VIDEO.mp4"),
        ("desktop-image", "\x00"),
    ],
)
def test_nothing_else_can_be_fetched(harbour: Harbour, bucket: str, blob: str) -> None:
    blob = blob.replace("VIDEO", harbour.video_no)
    assert harbour.engine.get("/download", bucket=bucket, blob=blob).refusal == ("0001", "Resource does not exist")


@pytest.mark.parametrize("path", ["/signed/1.jpg", "/signed/x?expires=1&signature=a", "/signed/..%2flibrary.db"])
def test_a_signed_address_needs_its_signature(harbour: Harbour, path: str) -> None:
    answer = harbour.engine.send("GET", path, headers={"Authorization": ""})
    assert answer.refusal[0] == "0001"
