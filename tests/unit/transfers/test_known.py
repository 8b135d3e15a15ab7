"""The same footage is not sent twice to the same library, whatever it is called; unless the user insists."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.core.footage import FootageDetails
from desktop_search.core.library import CLOUD_ID
from desktop_search.core.transfer_settings import TransferSettings
from desktop_search.core.uploads import UploadState
from tests.clips import Scene, make_picture
from tests.fakes.library import FakeLibrary
from tests.unit.transfers.conftest import QueueBench

Footage = Callable[[str], Path]
SERVER = "https://search.example"


def copy_of(path: Path, name: str) -> Path:
    return Path(shutil.copy(path, path.with_name(name)))


def send(bench: QueueBench, *paths: Path, library_id: str = SERVER, namespace: str = "default") -> None:
    bench.add(*paths, library_id=library_id, details=FootageDetails(namespace))
    with bench.running():
        bench.wait_until_settled()


def test_renamed_footage_is_recognised_and_says_what_it_is(
    bench: QueueBench, library: FakeLibrary, footage: Footage
) -> None:
    path = footage("boat.mp4")
    send(bench, path)
    bench.queue.clear_done()
    send(bench, copy_of(path, "renamed.mp4"))
    (row,) = bench.queue.items()
    assert row.state is UploadState.KNOWN
    assert row.cause.startswith("The library has the same footage as “boat.mp4”, sent on ")
    assert library.calls.count("upload_video") == 1


def test_of_two_copies_in_one_drop_one_is_sent(bench: QueueBench, library: FakeLibrary, footage: Footage) -> None:
    bench.settings = TransferSettings(at_once=4)
    path = footage("boat.mp4")
    send(bench, path, copy_of(path, "copy.mp4"), copy_of(path, "third.mp4"), footage("other.mp4"))
    assert sorted(bench.states().values()) == ["known", "known", "searchable", "searchable"]
    assert library.calls.count("upload_video") == 2


def test_the_second_copy_is_sent_when_the_first_one_fails(
    bench: QueueBench, library: FakeLibrary, footage: Footage
) -> None:
    path = footage("boat.mp4")
    other = copy_of(path, "copy.mp4")
    library.indexing_failures["boat.mp4"] = "Out of memory."
    bench.add(path, library_id=SERVER)
    with bench.running():
        bench.wait_until_settled()
    send(bench, other)
    assert bench.states() == {"boat.mp4": "failed", "copy.mp4": "searchable"}


def test_the_user_may_insist(bench: QueueBench, library: FakeLibrary, footage: Footage) -> None:
    path = footage("boat.mp4")
    send(bench, path, copy_of(path, "copy.mp4"))
    (known,) = [row for row in bench.queue.items() if row.state is UploadState.KNOWN]
    with bench.running():
        bench.queue.insist([known.item_id])
        bench.wait_until_settled()
    assert set(bench.states().values()) == {"searchable"}
    assert len(library.videos) == 2


def test_what_is_gone_from_the_library_is_sent_again(bench: QueueBench, library: FakeLibrary, footage: Footage) -> None:
    path = footage("boat.mp4")
    send(bench, path)
    bench.queue.clear_done()
    library.videos.clear()
    send(bench, path)
    assert bench.states() == {"boat.mp4": "searchable"}
    assert library.calls.count("upload_video") == 2


def test_another_library_and_another_namespace_are_another_matter(
    bench: QueueBench, library: FakeLibrary, footage: Footage
) -> None:
    path = footage("boat.mp4")
    send(bench, path)
    bench.queue.clear_done()
    send(bench, path, namespace="field-work")
    bench.queue.clear_done()
    send(bench, path, library_id="https://other.example")
    assert bench.states() == {"boat.mp4": "searchable"}
    assert library.calls.count("upload_video") == 3


def test_the_new_place_of_moved_footage_is_remembered(bench: QueueBench, footage: Footage, tmp_path: Path) -> None:
    path = footage("boat.mp4")
    send(bench, path)
    (row,) = bench.queue.items()
    bench.queue.clear_done()
    moved = path.rename(tmp_path / "moved.mp4")
    send(bench, moved)
    assert bench.states() == {"moved.mp4": "known"}
    assert LocalFilesTable(bench.catalog).path_of(SERVER, row.remote_id) == moved


def test_this_computer_is_given_the_new_place_of_moved_footage(
    bench: QueueBench, library: FakeLibrary, footage: Footage, tmp_path: Path
) -> None:
    path = footage("boat.mp4")
    send(bench, path, library_id="local")
    bench.queue.clear_done()
    moved = path.rename(tmp_path / "moved.mp4")
    send(bench, moved, library_id="local")
    assert bench.states() == {"moved.mp4": "searchable"}
    assert library.urls[-1] == moved.as_uri()
    copy = copy_of(moved, "copy.mp4")
    send(bench, copy, library_id="local")
    assert bench.states()["copy.mp4"] == "known"


def test_a_row_that_is_not_started_says_that_its_footage_was_sent_before(
    bench: QueueBench, library: FakeLibrary, footage: Footage
) -> None:
    path = footage("boat.mp4")
    send(bench, path, library_id=CLOUD_ID)
    with bench.running():
        bench.queue.start(None)
        bench.wait_until_settled()
    assert bench.queue.clear_done()
    copy, fresh = bench.add(copy_of(path, "copy.mp4"), footage("new.mp4"), library_id=CLOUD_ID).added
    assert (copy.state, fresh.state, fresh.cause) == (UploadState.READY, UploadState.READY, "")
    assert copy.cause.startswith("Was sent before as “boat.mp4”")
    with bench.running():
        bench.queue.start(None)
        bench.wait_until_settled()
    assert bench.states() == {"copy.mp4": "known", "new.mp4": "searchable"}
    assert len(bench.queue.clear_done()) == 2  # both are in the library
    assert library.calls.count("upload_video") == 2


def test_pictures_are_recognised_too(bench: QueueBench, library: FakeLibrary, tmp_path: Path) -> None:
    picture = make_picture(tmp_path / "boat.png", Scene(1, "navy"))
    send(bench, picture)
    bench.queue.clear_done()
    send(bench, copy_of(picture, "copy.png"))
    assert bench.states() == {"copy.png": "known"}
    send(bench, copy_of(picture, "third.png"), namespace="field-work")
    assert bench.states()["third.png"] == "searchable"
    assert library.calls.count("upload_images") == 2
