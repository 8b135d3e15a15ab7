"""Rows go from the drop to searchable, survive what can happen on the way, and never stop one another."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_search.core.errors import (
    AppError,
    EngineUnavailable,
    KeyRejected,
    NetworkError,
    NotTrusted,
    RateLimited,
    RequestRejected,
    ServerError,
    Unreachable,
)
from desktop_search.core.footage import FootageDetails, VideoRecord
from desktop_search.core.listing import ListFilters
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import UploadState
from tests.clips import Scene, make_picture
from tests.fakes.library import EVERYTHING, FakeLibrary
from tests.unit.transfers.conftest import QueueBench

Footage = Callable[[str], Path]
SERVER = "https://search.example"  # elsewhere, and free


def test_a_video_of_this_computer_becomes_searchable_in_place(
    bench: QueueBench, library: FakeLibrary, footage: Footage
) -> None:
    bench.add(footage("boat.mp4"))
    with bench.running():
        bench.wait_until_settled()
    assert bench.states_reported("boat.mp4") == ["sending", "indexing", "searchable"]
    assert library.urls == [footage("boat.mp4").as_uri()]
    assert "upload_video" not in library.calls  # nothing is copied


@pytest.mark.parametrize(
    "name", ["ümläut 🎬.mp4", "line\nbreak.mp4", "100% #1?&=+.mp4", "quote'\"`$HOME.mp4", " spaces .mp4", "a;b.mp4"]
)
def test_any_name_arrives(bench: QueueBench, library: FakeLibrary, footage: Footage, name: str) -> None:
    bench.add(footage(name))
    with bench.running():
        bench.wait_until_settled()
    assert bench.states() == {name: "searchable"}
    assert [video.name for video in library.videos.values()] == [name]


def test_a_name_that_is_no_unicode_arrives(bench: QueueBench, library: FakeLibrary, footage: Footage) -> None:
    name = os.fsdecode(b"caf\xe9.mp4")
    bench.add(footage(name))
    with bench.running():
        bench.wait_until_settled()
    assert bench.states() == {name: "searchable"}


def test_a_video_for_the_cloud_is_streamed_with_its_details(
    bench: QueueBench, library: FakeLibrary, footage: Footage
) -> None:
    details = FootageDetails(
        "field-work", ("harbour",), "FX6", datetime(2026, 3, 14, tzinfo=UTC), latitude=1.5, longitude=2.5
    )
    path = footage("boat.mp4")
    bench.add(path, library_id=SERVER, details=details)
    with bench.running():
        bench.wait_until_settled()
    (video_no,) = library.videos
    assert library.files[video_no] == path.read_bytes()
    assert library.details[video_no] == details
    sent = [item.sent_bytes for item in bench.reports if item.state is UploadState.SENDING]
    assert sent == sorted(sent)
    assert sent[-1] == path.stat().st_size


def test_pictures_are_searchable_once_they_arrived(bench: QueueBench, library: FakeLibrary, tmp_path: Path) -> None:
    taken = datetime(2026, 3, 14, 9, 20, tzinfo=UTC)
    bench.add(make_picture(tmp_path / "boat.jpg", Scene(1, "navy"), camera=("Canon", "EOS R5"), taken=taken))
    with bench.running():
        bench.wait_until_settled()
    (item,) = bench.queue.items()
    assert (item.state, library.images[item.remote_id]) == (UploadState.SEARCHABLE, "boat.jpg")
    assert (library.details[item.remote_id].camera, library.details[item.remote_id].taken) == ("Canon EOS R5", taken)


def test_the_progress_of_indexing_is_told(bench: QueueBench, library: FakeLibrary, footage: Footage) -> None:
    library.ready_after = 4
    bench.add(footage("boat.mp4"))
    with bench.running():
        bench.wait_until_settled()
    told = [item.index_permille for item in bench.reports if item.index_permille is not None]
    assert told == [250, 500, 750, 1000]


def test_one_bad_file_does_not_stop_the_rest(bench: QueueBench, library: FakeLibrary, footage: Footage) -> None:
    bench.add(footage("1.mp4"), footage("2.mp4"), footage("3.mp4"), footage("4.mp4"))
    (footage("1.mp4")).unlink()
    os.truncate(footage("2.mp4"), 3000)
    library.fail_next["upload_url"] = [RequestRejected("That cannot be.")]
    with bench.running():
        bench.wait_until_settled()
        bench.add(footage("5.mp4"))
        bench.wait_until_settled()
    causes = {item.path.name: item.cause for item in bench.queue.items()}
    assert "not there" in causes["1.mp4"]
    assert "ends too early" in causes["2.mp4"]
    refused, other = sorted(("3.mp4", "4.mp4"), key=causes.__getitem__, reverse=True)  # they go side by side
    assert (causes[refused], causes[other]) == ("That cannot be.", "")
    assert bench.states()[other] == bench.states()["5.mp4"] == "searchable"


def test_a_failed_indexing_can_be_retried_and_leaves_no_second_video(
    bench: QueueBench, library: FakeLibrary, footage: Footage
) -> None:
    library.indexing_failures["boat.mp4"] = "Out of memory."
    (item,) = bench.add(footage("boat.mp4")).added
    with bench.running():
        bench.wait_until_settled()
        assert [row.cause for row in bench.queue.items()] == ["Out of memory."]
        library.indexing_failures.clear()
        bench.queue.retry([item.item_id])
        bench.wait_until_settled()
    assert bench.states() == {"boat.mp4": "searchable"}
    assert len(library.videos) == 1


def test_retry_takes_failed_rows_alone(bench: QueueBench, footage: Footage) -> None:
    (item,) = bench.add(footage("boat.mp4")).added
    assert bench.queue.retry([item.item_id, 999]) == ()


@pytest.mark.parametrize(
    "error",
    [
        RateLimited("Too many.", retry_after_s=0.3),
        Unreachable("Nobody there.", retry_after_s=0.3),
        NetworkError("Broken.", retry_after_s=0.3),
        ServerError("Ill.", retry_after_s=0.3),
    ],
)
def test_trouble_on_the_way_is_waited_for(
    bench: QueueBench, library: FakeLibrary, footage: Footage, error: AppError
) -> None:
    library.fail_next["upload_video"] = [error]
    bench.add(footage("boat.mp4"), footage("ball.mp4"), library_id=SERVER)
    with bench.running():
        bench.wait_until_settled()
    assert bench.states_reported("boat.mp4") == ["sending", "waiting", "sending", "indexing", "searchable"]
    assert any("1 s" in item.cause for item in bench.reports if item.state is UploadState.WAITING)
    assert bench.states() == {"ball.mp4": "searchable", "boat.mp4": "searchable"}
    assert len(library.videos) == 2


def test_a_certificate_that_is_not_trusted_is_waited_for_without_haste(
    bench: QueueBench, library: FakeLibrary, footage: Footage
) -> None:
    library.fail_next["upload_video"] = [NotTrusted("Not secure.")]
    bench.add(footage("boat.mp4"), library_id=SERVER)
    with bench.running():
        bench.wait_for(lambda: any(item.cause for item in bench.queue.items()))
        (waiting,) = bench.queue.items()
        assert (waiting.state, waiting.cause) == (UploadState.WAITING, "Not secure. Tries again in 30 s.")
        bench.queue.retry([])  # the user has logged in to the network
        bench.wait_until_settled()
    assert bench.states() == {"boat.mp4": "searchable"}


def test_an_engine_that_does_not_start_yet_is_waited_for(
    bench: QueueBench, library: FakeLibrary, footage: Footage
) -> None:
    library.fail_next["clients"] = [EngineUnavailable("It ended.", retry_after_s=0.1)] * 2
    bench.add(footage("boat.mp4"))
    with bench.running():
        bench.wait_until_settled()
    assert bench.states() == {"boat.mp4": "searchable"}


def test_a_library_that_waits_does_not_hold_up_another(
    bench: QueueBench, library: FakeLibrary, footage: Footage
) -> None:
    library.fail_next["upload_video"] = [RateLimited("Too many.", retry_after_s=3600)]
    bench.add(footage("cloud.mp4"), library_id=SERVER)
    bench.add(footage("here.mp4"))
    with bench.running():
        bench.wait_for(lambda: bench.states()["here.mp4"] == "searchable")
        bench.wait_for(lambda: any(item.cause for item in bench.queue.items()))
        assert bench.states()["cloud.mp4"] == "waiting"
        (waiting,) = [item for item in bench.queue.items() if item.cause]
        assert "3600 s" in waiting.cause
        bench.queue.retry([])  # the user does not want to wait
        bench.wait_until_settled()
    assert bench.states() == {"cloud.mp4": "searchable", "here.mp4": "searchable"}


class SilentLibrary(FakeLibrary):
    """Takes what it is sent, and never answers when it is asked for a video."""

    def list_videos(
        self, namespace: str, page: int, size: int, /, *, filters: ListFilters = EVERYTHING, token: CancelToken
    ) -> tuple[tuple[VideoRecord, ...], int]:
        self.calls.append("silent")
        token.wait(3600)
        return (), 0


def test_a_silent_library_does_not_hold_up_another(library: FakeLibrary, footage: Footage, tmp_path: Path) -> None:
    silent = SilentLibrary()
    bench = QueueBench(tmp_path / "two.db", lambda name, _token: library if name == "local" else silent)
    bench.add(footage("asked.mp4"), library_id=SERVER)
    with bench.running():
        bench.wait_for(lambda: "silent" in silent.calls)
        silent.gate.clear()
        bench.add(footage("sent.mp4"), library_id=SERVER)
        bench.wait_for(lambda: bench.states()["sent.mp4"] == "sending")
        bench.add(footage("here.mp4"))
        bench.wait_for(lambda: bench.states()["here.mp4"] == "searchable")
        assert bench.states() == {"asked.mp4": "indexing", "sent.mp4": "sending", "here.mp4": "searchable"}
    assert bench.states()["sent.mp4"] == "waiting"  # sent again at the next start
    bench.catalog.close()


def test_a_server_that_fails_on_one_file_for_ever_goes_on_with_the_next(
    bench: QueueBench, library: FakeLibrary, footage: Footage
) -> None:
    library.fail_next["upload_video"] = [ServerError("Ill.", retry_after_s=0) for _ in range(6)]
    bench.add(footage("boat.mp4"), footage("ball.mp4"), library_id=SERVER)
    with bench.running():
        bench.wait_until_settled()
    assert bench.states() == {"boat.mp4": "failed", "ball.mp4": "searchable"}


def test_a_rejected_key_is_tried_once_and_all_rows_say_so(
    bench: QueueBench, library: FakeLibrary, footage: Footage
) -> None:
    library.fail_next["upload_video"] = [KeyRejected("The key is not accepted.", hint="Enter it again.")]
    bench.add(footage("boat.mp4"), footage("ball.mp4"), library_id=SERVER)
    with bench.running():
        bench.wait_until_settled()
        assert {item.cause for item in bench.queue.items()} == {"The key is not accepted. Enter it again."}
        assert library.calls.count("upload_video") == 1
        bench.queue.retry([item.item_id for item in bench.queue.items()])
        bench.wait_until_settled()
    assert set(bench.states().values()) == {"searchable"}


def test_a_row_that_is_being_sent_can_be_removed(bench: QueueBench, library: FakeLibrary, footage: Footage) -> None:
    library.gate.clear()
    (boat, _) = bench.add(footage("boat.mp4"), footage("swan.mp4"), library_id=SERVER).added
    with bench.running():
        assert library.waiting_at_gate.wait(10)
        bench.queue.remove([boat.item_id])
        library.gate.set()
        bench.wait_until_settled()
    assert bench.states() == {"swan.mp4": "searchable"}
    assert [video.name for video in library.videos.values()] == ["swan.mp4"]


def test_what_the_library_lost_is_said(bench: QueueBench, library: FakeLibrary, footage: Footage) -> None:
    library.ready_after = 1_000_000
    bench.add(footage("boat.mp4"))
    with bench.running():
        bench.wait_for(lambda: bench.states() == {"boat.mp4": "indexing"})
        library.videos.clear()
        bench.wait_until_settled()
    assert "no longer has" in bench.queue.items()[0].cause


def test_trouble_while_polling_is_said_and_passes(bench: QueueBench, library: FakeLibrary, footage: Footage) -> None:
    library.fail_next["list_videos"] = [NetworkError("The line broke.", retry_after_s=0.2)]
    bench.add(footage("boat.mp4"))
    with bench.running():
        bench.wait_until_settled()
    assert any("The line broke." in item.cause for item in bench.reports)
    assert [(item.state, item.cause) for item in bench.queue.items()] == [(UploadState.SEARCHABLE, "")]


def test_rows_are_asked_for_together(bench: QueueBench, library: FakeLibrary, footage: Footage) -> None:
    library.ready_after = 1_000_000
    bench.add(*(footage(f"{number:02}.mp4") for number in range(12)), library_id=SERVER)
    with bench.running():
        bench.wait_for(lambda: set(bench.states().values()) == {"indexing"})
    library.ready_after = 1
    library.calls.clear()
    with bench.running():
        bench.wait_until_settled()
    assert library.calls.count("list_videos") <= 3  # one round asks for all twelve
    assert "metadata" not in library.calls


def test_a_server_that_lists_something_else_is_asked_for_each_video(
    bench: QueueBench, library: FakeLibrary, footage: Footage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "list_videos", lambda *_, **__: ((VideoRecord("VI1", "another"),), 1))
    bench.add(footage("boat.mp4"), library_id=SERVER)
    with bench.running():
        bench.wait_until_settled()
    assert bench.states() == {"boat.mp4": "searchable"}


def test_many_rows_all_get_their_turn(bench: QueueBench, library: FakeLibrary, footage: Footage) -> None:
    library.ready_after = 3
    bench.add(*(footage(f"{number:02}.mp4") for number in range(30)))
    with bench.running():
        bench.wait_until_settled()
    assert set(bench.states().values()) == {"searchable"}
    assert len(bench.states()) == 30
