"""Files whose answer was lost, or that the library has already, are not sent twice."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop_search.core.errors import (
    KeyRejected,
    NetworkError,
)
from desktop_search.core.uploads import UploadState
from tests.clips import Scene, make_picture
from tests.fakes.library import FakeLibrary
from tests.support.waiting import wait_until
from tests.unit.transfers.conftest import QueueBench

Footage = Callable[[str], Path]
SERVER = "https://search.example"  # elsewhere, and free


def test_a_lost_answer_does_not_send_a_video_twice(bench: QueueBench, library: FakeLibrary, footage: Footage) -> None:
    library.lose_answer = [NetworkError("The line broke.", retry_after_s=0.1)]
    bench.add(footage("boat.mp4"), library_id=SERVER)
    with bench.running():
        bench.wait_until_settled()
    assert bench.states() == {"boat.mp4": "searchable"}
    assert (len(library.videos), library.calls.count("upload_video")) == (1, 1)


@pytest.mark.parametrize("given_up", ["failed", "cancelled", "removed"])
def test_a_file_whose_answer_was_lost_is_looked_up_when_it_is_added_again(
    bench: QueueBench, library: FakeLibrary, footage: Footage, given_up: str
) -> None:
    library.lose_answer = [NetworkError("The line broke.", retry_after_s=0.1)]
    library.fail_next["list_videos"] = [KeyRejected("The key is not accepted.")]  # where it is looked up
    (item,) = bench.add(footage("boat.mp4"), library_id=SERVER).added
    with bench.running():
        bench.wait_until_settled()
    assert bench.states() == {"boat.mp4": "failed"}
    if given_up == "cancelled":
        bench.queue.retry(None)
        bench.queue.cancel(None)
    elif given_up == "removed":
        bench.queue.remove([item.item_id])
    assert len(bench.add(footage("boat.mp4"), library_id=SERVER).added) == 1
    with bench.running():
        bench.wait_until_settled()
    assert bench.states() == {"boat.mp4": "searchable"}
    assert library.calls.count("upload_video") == 1


def test_an_answer_that_comes_after_its_row_was_removed_leaves_no_doubt(
    bench: QueueBench, library: FakeLibrary, footage: Footage
) -> None:
    (item,) = bench.add(footage("boat.mp4"), library_id=SERVER).added
    library.on_taken = lambda: bench.queue.remove([item.item_id])
    with bench.running():
        wait_until(lambda: not bench.queue.items() and library.videos != {}, "it has arrived")
    (again,) = bench.add(footage("boat.mp4"), library_id=SERVER).added
    assert not again.maybe_sent
    with bench.running():
        bench.wait_until_settled()
    assert bench.states() == {"boat.mp4": "known"}


def test_a_lost_answer_does_not_send_a_picture_twice_unasked(
    bench: QueueBench, library: FakeLibrary, tmp_path: Path
) -> None:
    library.lose_answer = [NetworkError("The line broke.", retry_after_s=0.1)]
    (item,) = bench.add(make_picture(tmp_path / "boat.png", Scene(1, "navy"))).added
    with bench.running():
        bench.wait_until_settled()
        (failed,) = bench.queue.items()
        assert (failed.state, library.calls.count("upload_images")) == (UploadState.FAILED, 1)
        assert "may have arrived" in failed.cause
        bench.queue.retry([item.item_id])
        bench.wait_until_settled()
    assert bench.states() == {"boat.png": "searchable"}


def test_a_file_that_the_library_has_is_not_sent_again(
    bench: QueueBench, library: FakeLibrary, footage: Footage
) -> None:
    path = footage("boat.mp4")
    bench.add(path)
    with bench.running():
        bench.wait_until_settled()
        assert bench.queue.clear_done()
        bench.add(path)
        bench.wait_until_settled()
    assert bench.states() == {"boat.mp4": "known"}
    assert library.calls.count("upload_url") == 1


def test_a_rejected_key_does_not_make_a_row_forget_that_it_may_have_arrived(
    bench: QueueBench, library: FakeLibrary, footage: Footage
) -> None:
    library.lose_answer = [NetworkError("The line broke.", retry_after_s=0.1)]
    library.fail_next["list_videos"] = [KeyRejected("The key is not accepted.")]  # where it is looked up
    bench.add(footage("boat.mp4"), library_id=SERVER)
    with bench.running():
        bench.wait_until_settled()
        assert bench.states() == {"boat.mp4": "failed"}
        bench.queue.retry(None)
        bench.wait_until_settled()
    assert bench.states() == {"boat.mp4": "searchable"}
    assert library.calls.count("upload_video") == 1


def test_two_windows_with_one_list_send_each_file_once(
    bench: QueueBench, library: FakeLibrary, footage: Footage, tmp_path: Path
) -> None:
    other = QueueBench(tmp_path / "catalog.db", library.clients)
    library.gate.clear()
    bench.add(*(footage(f"{number}.mp4") for number in range(5)))
    with closing(other.catalog), bench.running():
        assert library.waiting_at_gate.wait(10)
        with other.running():
            library.gate.set()
            bench.wait_until_settled()
    assert set(bench.states().values()) == {"searchable"}
    assert library.calls.count("upload_url") == 5
