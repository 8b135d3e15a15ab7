"""The calls behind the library's page, answered alike by the engine over HTTP and by the stand-in of the tests."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import pytest

from desktop_search.api.client import VisualSearchClient
from desktop_search.core.errors import NotFound
from desktop_search.core.footage import FootageDetails, Readiness
from desktop_search.core.listing import ListFilters
from desktop_search.core.token import CancelToken
from desktop_search.services.library_items import Lister
from desktop_search.transfers.ports import LibraryClient
from tests.fakes.library import FakeLibrary
from tests.support.waiting import wait_until


class Both(Lister, LibraryClient, Protocol):
    """A library that lists and takes files."""


@pytest.fixture(params=["engine", "stand-in"])
def library(request: pytest.FixtureRequest, client: VisualSearchClient) -> Both:
    return (
        client
        if request.param == "engine"
        else FakeLibrary(indexing_failures={"0.mp4": "no video", "1.mp4": "", "2.mp4": ""})
    )


def test_videos_are_listed_by_pages_asked_for_by_id_and_deleted_once(library: Both, tmp_path: Path) -> None:
    token = CancelToken()
    ids = []
    for number, namespace in enumerate(("b-roll ☂", "b-roll ☂", "default")):
        path = tmp_path / f"{number}.mp4"
        path.write_bytes(b"no video" * (100 + number))
        ids.append(library.upload_video(path, FootageDetails(namespace), token=token, on_sent=lambda _sent: None))
    assert {"b-roll ☂", "default"} <= set(library.list_unique_ids(token=token))
    first, total = library.list_videos("b-roll ☂", 1, 1, token=token)
    second, _total = library.list_videos("b-roll ☂", 2, 1, token=token)
    beyond, _total = library.list_videos("b-roll ☂", 3, 1, token=token)
    assert ([record.video_no for record in (*first, *second)], total, beyond) == ([ids[1], ids[0]], 2, ())

    def failed() -> bool:
        record = library.metadata(ids[0], "b-roll ☂", token=token)
        return record is not None and record.readiness is Readiness.FAILED

    wait_until(failed, "the file has failed")
    asked = ListFilters(video_nos=(ids[0], ids[2]))
    found, _total = library.list_videos("b-roll ☂", 1, 200, filters=asked, token=token)
    assert [(record.video_no, record.namespace, bool(record.cause)) for record in found] == [(ids[0], "b-roll ☂", True)]
    assert library.metadata(ids[0], "default", token=token) is None
    for _time in range(2):  # what is gone already is no error
        library.delete_videos([ids[0], "VI1"], "b-roll ☂", token=token)
    assert library.metadata(ids[0], "b-roll ☂", token=token) is None
    with pytest.raises(NotFound):
        library.download_video(
            ids[0], "b-roll ☂", tmp_path / "gone.mp4", token=token, on_received=lambda _received, _total: None
        )
