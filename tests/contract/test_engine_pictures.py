"""Search by picture, and still images."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image

from tests.clips import clip_frame
from tests.contract.conftest import Harbour
from tests.contract.engine_child import Answer, EngineChild


def _jpeg(colour: str = "red", size: tuple[int, int] = (320, 180), kind: str = "JPEG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, kind)
    return file.getvalue()


def _frame(harbour: Harbour, scene: int) -> bytes:
    file = io.BytesIO()
    clip_frame(harbour.clip, harbour.clip.starts[scene]).save(file, "PNG")
    return file.getvalue()


def _similar(engine: EngineChild, picture: bytes, *fields: tuple[str, str], name: str = "q.png") -> Answer:
    return engine.post_parts("/search_similar_images", [("file", (name, picture, "image/png")), *fields])


def test_a_frame_finds_its_moment(harbour: Harbour) -> None:
    hits = _similar(harbour.engine, _frame(harbour, 1)).data
    hit = hits[0]
    assert hit["videoNo"] == harbour.video_no
    assert hit["score"] >= 0.85
    assert abs(hit["startMs"] - harbour.clip.start_ms(1)) <= 1
    assert hit["startTime"] == "4"
    assert "endTime" not in hit
    assert [each["score"] for each in hits] == sorted((each["score"] for each in hits), reverse=True)


def test_similarity_is_the_floor(harbour: Harbour) -> None:
    picture = _frame(harbour, 1)
    everything = _similar(harbour.engine, picture, ("similarity", "0")).data
    strict = _similar(harbour.engine, picture, ("similarity", "0.95")).data
    assert {hit["videoNo"] for hit in everything} == {harbour.video_no, harbour.silent_no}
    assert strict == [hit for hit in everything if hit["score"] >= 0.95]


def test_another_namespace_has_no_frames(harbour: Harbour) -> None:
    assert _similar(harbour.engine, _frame(harbour, 1), ("unique_id", "other"), ("similarity", "0")).data == []


@pytest.mark.parametrize(
    "fields", [[("similarity", "1.1")], [("similarity", "-0.1")], [("similarity", "x")], [("unique_id", "")]]
)
def test_a_search_by_picture_refuses(harbour: Harbour, fields: list[tuple[str, str]]) -> None:
    assert _similar(harbour.engine, _jpeg(), *fields).refusal[0] in ("0001", "0003")


@pytest.mark.parametrize(
    "part",
    [
        ("q.tiff", _jpeg(), "image/tiff"),
        ("q.png", _jpeg(), "application/octet-stream"),
        ("q.png", b"", "image/png"),
        ("q.png", b"no picture", "image/png"),
        ("q.png", _jpeg()[:200], "image/png"),
        ("q.png", b"\0" * (21 << 20), "image/png"),
    ],
    ids=["suffix", "type", "empty", "nonsense", "truncated", "large"],
)
def test_a_bad_picture_is_refused_readably(harbour: Harbour, part: tuple[str, bytes, str]) -> None:
    for path, field in (("/search_similar_images", "file"), ("/upload_img", "files")):
        code, message = harbour.engine.post_parts(path, [(field, part), ("unique_id", "bad")]).refusal
        assert code == "0001"
        assert "Traceback" not in message
    assert harbour.engine.search("q", search_type="BY_IMAGE", unique_id="bad")["item"] == []
    assert list((harbour.engine.data_dir / "incoming").iterdir()) == []


def _upload(engine: EngineChild, *fields: tuple[str, str], names: tuple[str, ...] = ("pier.jpg",)) -> list[int]:
    parts: list[tuple[str, Any]] = [("files", (name, _jpeg(), "image/jpeg")) for name in names]
    data = engine.post_parts("/upload_img", [*parts, *fields]).data
    assert all(set(each) == {"id"} and isinstance(each["id"], int) for each in data)
    return [each["id"] for each in data]


def test_an_image_is_searchable_once_it_is_accepted(engine: EngineChild) -> None:
    details = [
        ("tags[0]", "sea"),
        ("tags[1]", "pier"),
        ("camera_model", "X100"),
        ("datetime_taken", "2026-03-14 09:20:00"),
        ("latitude", "57.7"),
        ("longitude", "11.97"),
    ]
    ids = _upload(engine, *details, names=("pier.jpg", "ボート 'x'.PNG"))
    assert ids[0] < ids[1]
    data = engine.search("red", search_type="BY_IMAGE")
    assert (data["current_page"], data["total_count"]) == (0, 2)
    assert {item["id"] for item in data["item"]} == set(ids)
    item = next(each for each in data["item"] if each["id"] == ids[0])
    assert item["name"] == "pier.jpg"
    assert item["datetime_taken"] == 1773480000000
    assert (item["camera_model"], item["latitude"], item["longitude"]) == ("X100", 57.7, 11.97)
    assert 0 < item["score"] <= 1


def test_the_address_of_an_image_works_without_the_key(engine: EngineChild) -> None:
    _upload(engine)
    item = engine.search("red", search_type="BY_IMAGE")["item"][0]
    address = urlsplit(item["img_url"])
    assert f"{address.scheme}://{address.netloc}" == engine.url
    path = f"{address.path}?{address.query}"
    answer = engine.send("GET", path, headers={"Authorization": ""})
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.body == _jpeg()
    assert engine.get("/download", bucket=item["bucket"], blob=item["blob"]).body == _jpeg()
    expires = address.query.partition("&")[0].partition("=")[2]
    for changed in (
        path[:-1] + ("0" if path[-1] != "0" else "1"),
        path.replace(expires, str(int(expires) + 1)),
        path.replace(str(item["id"]), str(item["id"] + 1)),
        address.path,
    ):
        assert engine.send("GET", changed, headers={"Authorization": ""}).refusal[0] == "0001"


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, True),
        ({"tag": "sea"}, True),
        ({"tag": "api"}, True),
        ({"tag": "land"}, False),
        ({"camera_tag": "X100"}, True),
        ({"camera_tag": "X"}, False),
        ({"datetime_taken": "2026-03-14 09:20:00"}, True),
        ({"datetime_taken": "2026-03-14 09:20:01"}, False),
        ({"latitude": 57.7, "longitude": 11.97}, True),
        ({"latitude": 57.7, "longitude": 12.97}, False),
        ({"unique_id": "other"}, False),
        ({"filtering_level": "low"}, True),
    ],
)
def test_filters_of_images(image_engine: EngineChild, fields: dict[str, Any], found: bool) -> None:
    data = image_engine.search("red", search_type="BY_IMAGE", **fields)
    assert [item["name"] for item in data["item"]] == (["pier.jpg"] if found else [])
    assert data["total_count"] == len(data["item"])


@pytest.fixture(scope="module")
def image_engine(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with EngineChild(Path(tmp_path_factory.mktemp("images")) / "data") as child:
        details = [("tags", "sea"), ("camera_model", "X100"), ("datetime_taken", "2026-03-14 09:20:00")]
        _upload(child, *details, ("latitude", "57.7"), ("longitude", "11.97"))
        yield child


def test_one_bad_image_rejects_the_whole_request(engine: EngineChild) -> None:
    for bad in (("bad.txt", b"x", "image/jpeg"), ("bad.jpg", b"no picture", "image/jpeg")):
        parts = [("files", ("good.jpg", _jpeg(), "image/jpeg")), ("files", bad)]
        assert engine.post_parts("/upload_img", parts).refusal[0] == "0001"
    assert engine.search("red", search_type="BY_IMAGE")["item"] == []
    assert list((engine.data_dir / "images").iterdir()) == []


def test_images_take_fifty_tags(engine: EngineChild) -> None:
    _upload(engine, *[("tags", f"t{number}") for number in range(50)])
    parts = [("files", ("a.jpg", _jpeg(), "image/jpeg")), *[("tags", f"t{number}") for number in range(51)]]
    assert engine.post_parts("/upload_img", parts).refusal[0] == "0001"
