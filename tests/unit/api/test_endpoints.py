"""The client has a method for every row of the contract's index (§4), and none sends anything else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_search.api import endpoints
from desktop_search.api.client import VisualSearchClient
from desktop_search.core.errors import AppError
from desktop_search.core.footage import FootageDetails
from desktop_search.core.hits import BlobRef
from desktop_search.core.query import Scope, SearchQuery
from desktop_search.core.token import CancelToken
from tests.support.fault_server import envelope, gives
from tests.unit.api.conftest import Connect

JSON, FORM, MULTIPART, NOTHING = "application/json", "application/x-www-form-urlencoded", "multipart/form-data", ""
Call = Callable[[VisualSearchClient, Path], object]
DETAILS = FootageDetails()


def _kept(client: VisualSearchClient, target: Path, blob: BlobRef | None) -> None:
    options: dict[str, Any] = {"token": CancelToken(), "on_received": lambda *_: None}
    if blob is None:
        client.download_video("VI1", "default", target / "x.mp4", **options)
    else:
        client.download_blob(blob, target / "x.mp4", **options)


def _sent(client: VisualSearchClient, folder: Path, *, image: bool) -> None:
    options: dict[str, Any] = {"token": CancelToken(), "on_sent": lambda _: None}
    if image:
        client.upload_images([folder / "a.jpg"], DETAILS, **options)
    else:
        client.upload_video(folder / "a.mp4", DETAILS, **options)


# Method, path and encoding as the contract has them (§2, §4), and the client's way there.
INDEX: dict[tuple[str, str], tuple[str, Call]] = {
    ("POST", "/upload"): (MULTIPART, lambda c, f: _sent(c, f, image=False)),
    ("POST", "/upload_url"): (FORM, lambda c, f: c.upload_url("https://example.org/a.mp4", DETAILS)),
    ("POST", "/upload_img"): (MULTIPART, lambda c, f: _sent(c, f, image=True)),
    ("POST", "/scraper_url"): (JSON, lambda c, f: c.imports.posts(["https://example.org/1"])),
    ("POST", "/scraper"): (JSON, lambda c, f: c.imports.creator("https://example.org/@a")),
    ("POST", "/scraper_tag"): (JSON, lambda c, f: c.imports.hashtags(["fog"])),
    ("POST", "/scraper_url_public"): (JSON, lambda c, f: c.imports.posts(["https://example.org/1"], public=True)),
    ("POST", "/scraper_public"): (JSON, lambda c, f: c.imports.creator("https://example.org/@a", public=True)),
    ("POST", "/scraper_tag_public"): (JSON, lambda c, f: c.imports.hashtags(["fog"], public=True)),
    ("POST", "/search"): (JSON, lambda c, f: c.search(SearchQuery("boat"))),
    ("POST", "/search_similar_images"): (MULTIPART, lambda c, f: c.search(SearchQuery(picture=f / "a.jpg"))),
    ("POST", "/search_clips_by_image"): (
        MULTIPART,
        lambda c, f: c.search_inside(f / "a.jpg", "boat", "VI1", "default"),
    ),
    ("GET", "/search_audio_transcripts"): (NOTHING, lambda c, f: c.search(SearchQuery('"cast off"', Scope.SAID))),
    ("POST", "/search_public"): (JSON, lambda c, f: c.public.search("boat")),
    ("POST", "/search_public_similar_images"): (MULTIPART, lambda c, f: c.public.search_picture(f / "a.jpg")),
    ("GET", "/search_public_audio_transcripts"): (NOTHING, lambda c, f: c.public.search_phrase("cast off")),
    ("POST", "/list_videos"): (JSON, lambda c, f: c.list_videos("default")),
    ("GET", "/get_metadata"): (NOTHING, lambda c, f: c.metadata("VI1", "default")),
    ("GET", "/get_video_ids_by_task_id"): (NOTHING, lambda c, f: c.imports.task("a-b")),
    ("GET", "/get_audio_transcription"): (NOTHING, lambda c, f: c.transcript("VI1", "default")),
    ("GET", "/get_video_caption"): (NOTHING, lambda c, f: c.captions("VI1", "default")),
    ("POST", "/download"): (JSON, lambda c, f: _kept(c, f, None)),
    ("GET", "/download"): (NOTHING, lambda c, f: _kept(c, f, BlobRef("a", "b"))),
    ("POST", "/delete_videos"): (JSON, lambda c, f: c.delete_videos(["VI1"], "default")),
    ("GET", "/list_unique_ids"): (NOTHING, lambda c, f: c.list_unique_ids()),
    ("GET", "/folders"): (NOTHING, lambda c, f: c.folders.list()),
    ("POST", "/folders/create"): (FORM, lambda c, f: c.folders.create("a")),
    ("POST", "/folders/rename"): (FORM, lambda c, f: c.folders.rename("7", "b")),
    ("POST", "/folders/delete"): (FORM, lambda c, f: c.folders.delete("7")),
    ("GET", "/folders/videos"): (NOTHING, lambda c, f: c.folders.videos("7")),
    ("POST", "/folders/move"): (JSON, lambda c, f: c.folders.move(["VI1"], "-1")),
}
BODIES: dict[str, Any] = {
    "/upload_img": [{"id": 1}],
    "/folders/create": {"folder_id": 7, "folder_name": "a"},
    "/folders/rename": {"folder_id": "7", "folder_name": "b"},
    "/get_metadata": None,
}
ROWS = pytest.mark.parametrize("row", INDEX, ids=" ".join)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.mp4", "a.jpg"):
        (tmp_path / name).write_bytes(b"x")
    return tmp_path


@ROWS
def test_every_row_of_the_index_has_a_method(connect: Connect, folder: Path, row: tuple[str, str]) -> None:
    encoding, call = INDEX[row]
    answer = BODIES.get(row[1], {"videoNo": "VI1", "taskId": "a-b"})
    good = gives(b"film", content_type="video/mp4") if row[1] == "/download" else envelope(answer)
    server, client = connect(good)
    call(client, folder)
    (seen,) = server.seen
    assert (seen.method, seen.path) == row
    assert (seen.headers["Content-Type"] or "").partition(";")[0] == encoding


@ROWS
def test_a_refusal_has_a_text_and_a_busy_library_a_time(connect: Connect, folder: Path, row: tuple[str, str]) -> None:
    busy, refused = envelope(None, "0429", "Request has exceeded the limit.", Retry_After="7"), envelope(None, "0003")
    _, client = connect(busy, refused)
    told = []
    for _ in range(2):
        with pytest.raises(AppError) as caught:
            INDEX[row][1](client, folder)
        told.append((caught.value.retryable, caught.value.retry_after_s))
        assert caught.value.message.endswith((".", "”."))
    assert told == [(True, 7.0), (False, None)]


def test_the_index_is_whole() -> None:
    assert {(each.method, each.path) for each in endpoints.ALL} == set(INDEX)
    assert len(endpoints.ALL) == len(INDEX)
    assert all(each.section.split(".")[0] in {"5", "6", "7", "8", "9", "10"} for each in endpoints.ALL)


def test_what_creates_or_costs_something_is_never_repeated() -> None:
    once = {each.path for each in endpoints.ALL if not each.repeatable}
    assert once == {
        "/upload", "/upload_url", "/upload_img",
        "/scraper_url", "/scraper", "/scraper_tag", "/scraper_url_public", "/scraper_public", "/scraper_tag_public",
        "/folders/create", "/folders/rename", "/folders/delete",
    }  # fmt: skip
