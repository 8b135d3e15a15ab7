"""The client's folders, typed filters of lists, and choices for one upload, answered by the engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop_search.api.client import VisualSearchClient
from desktop_search.core.errors import NotFound, RequestRejected
from desktop_search.core.footage import FootageDetails, Readiness
from desktop_search.core.listing import DEFAULT_FOLDER, ListFilters
from desktop_search.core.token import CancelToken
from desktop_search.core.upload_options import UploadOptions
from tests.clips.fixtures import ClipCache
from tests.contract.conftest import Harbour
from tests.contract.engine_child import EngineChild
from tests.support.receiver import Receiver
from tests.support.waiting import wait_until

TAKEN = datetime(2026, 3, 14, 9, 20)  # noqa: DTZ001 - wall time in UTC, as the contract has it


def _failing(client: VisualSearchClient, folder: Path, name: str, namespace: str) -> str:
    """A file that cannot be indexed, which is quickly known; its number."""
    path = folder / name
    path.write_bytes(b"no video" * 100)
    video_no = client.upload_video(path, FootageDetails(namespace), token=CancelToken(), on_sent=lambda _: None)

    def failed() -> bool:
        record = client.metadata(video_no, namespace)
        return record is not None and record.readiness is Readiness.FAILED

    wait_until(failed, f"{name} has failed")
    return video_no


def test_folders_are_made_filled_listed_renamed_and_deleted(client: VisualSearchClient, tmp_path: Path) -> None:
    first = _failing(client, tmp_path, "a.mp4", "default")
    second = _failing(client, tmp_path, "b.mp4", "default")
    made = client.folders.create("Straße ☂")
    assert (made.name, made.is_reserved) == ("Straße ☂", False)
    assert [folder.name for folder in client.folders.list()] == ["Default folder", "Straße ☂"]
    client.folders.move([first], made.folder_id)
    records, total = client.folders.videos(made.folder_id)
    assert ([each.video_no for each in records], total) == ([first], 1)
    assert [each.video_no for each in client.folders.videos(DEFAULT_FOLDER)[0]] == [second]
    assert [each.video_no for each in client.list_videos("Straße ☂")[0]] == [first]
    renamed = client.folders.rename(made.folder_id, "pier")
    assert (renamed.folder_id, renamed.name) == (made.folder_id, "pier")
    with pytest.raises(RequestRejected, match=r"\w"):
        client.folders.create("pier")
    client.folders.delete(made.folder_id)
    assert [folder.folder_id for folder in client.folders.list()] == [DEFAULT_FOLDER]
    with pytest.raises(RequestRejected, match=r"\w"):
        client.folders.rename(DEFAULT_FOLDER, "mine")


def test_pages_of_a_folder_and_of_a_list_hold_everything_once(client: VisualSearchClient, tmp_path: Path) -> None:
    sent = [_failing(client, tmp_path, f"{number}.mp4", "default") for number in range(3)]
    for pages in (
        [client.folders.videos(DEFAULT_FOLDER, page, 2) for page in (1, 2, 3)],
        [client.list_videos("default", page, 2) for page in (1, 2, 3)],
    ):
        assert [total for _, total in pages] == [3, 3, 3]
        assert [record.video_no for records, _ in pages for record in records] == sent[::-1]
    failed = ListFilters(readiness=Readiness.FAILED)
    assert client.list_videos("default", filters=failed)[1] == 3
    assert client.list_videos("default", filters=ListFilters(readiness=Readiness.SEARCHABLE)) == ((), 0)


# What the harbour clip passes, and what it does not.
FILTERS = {
    "name": (ListFilters(video_name="harbour"), ListFilters(video_name="harbou")),
    "tag": (ListFilters(tag="sea"), ListFilters(tag="city")),
    "camera": (ListFilters(camera="X100"), ListFilters(camera="Q2")),
    "time": (ListFilters(taken_after=TAKEN), ListFilters(taken_after=TAKEN + timedelta(seconds=1))),
    "place": (ListFilters(latitude=57.7, longitude=11.97), ListFilters(latitude=57.7, longitude=-11.97)),
    "state": (ListFilters(readiness=Readiness.SEARCHABLE), ListFilters(readiness=Readiness.FAILED)),
    "numbers": (ListFilters(), ListFilters(video_nos=("VI1",))),
}


@pytest.mark.parametrize("name", FILTERS)
def test_every_filter_of_the_list_holds(reader: VisualSearchClient, harbour: Harbour, name: str) -> None:
    passing, failing = (reader.list_videos("default", filters=filters)[0] for filters in FILTERS[name])
    assert harbour.video_no in {record.video_no for record in passing}
    assert harbour.video_no not in {record.video_no for record in failing}
    one = replace(FILTERS[name][0], video_nos=(harbour.video_no, "VI1"))
    records, total = reader.list_videos("default", filters=one)
    assert ([record.video_no for record in records], total) == ([harbour.video_no], 1)


def test_an_original_is_not_kept_when_that_was_asked(
    client: VisualSearchClient, clips: ClipCache, tmp_path: Path
) -> None:
    options = UploadOptions(keep_original=False, caption_prompt="Name the colours.")
    video_no = client.upload_video(
        clips.silent().path, FootageDetails(), token=CancelToken(), on_sent=lambda _: None, options=options
    )

    def searchable() -> bool:
        record = client.metadata(video_no, "default")
        return record is not None and record.readiness is Readiness.SEARCHABLE

    wait_until(searchable, "the clip is indexed", 120)
    with pytest.raises(NotFound):
        client.download_video(video_no, "default", tmp_path / "x.mp4", token=CancelToken(), on_received=lambda *_: None)


def test_a_callback_is_passed_on(clips: ClipCache, tmp_path: Path) -> None:
    with Receiver() as receiver, EngineChild(tmp_path / "data", "--allow-private-callbacks") as engine:
        client = VisualSearchClient(engine.url, engine.key)
        options = UploadOptions(callback=f"{receiver.url}/hook")
        video_no = client.upload_url(clips.silent().path.as_uri(), FootageDetails(), options=options)
        wait_until(lambda: bool(receiver.heard), "the callback has come", 120)
        assert receiver.heard[0].json == {"videoNo": video_no, "status": "PARSE"}
        client.close()
