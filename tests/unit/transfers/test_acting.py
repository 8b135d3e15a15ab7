"""What the user does to rows at work: requests end at once, nothing goes before it was started, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop_search.core.calls import CallKind
from desktop_search.core.errors import Cancelled
from desktop_search.core.library import CLOUD_ID
from desktop_search.core.transfer_settings import TransferSettings
from desktop_search.core.uploads import Priority, UploadState
from tests.clips import Scene, make_picture
from tests.fakes.library import FakeLibrary
from tests.unit.transfers.conftest import QueueBench

Footage = Callable[[str], Path]
SERVER = "https://search.example"


def test_nothing_goes_to_a_library_that_costs_money_before_it_was_started(
    bench: QueueBench, library: FakeLibrary, footage: Footage
) -> None:
    first, second = bench.add(footage("a.mp4"), footage("b.mp4"), library_id=CLOUD_ID).added
    assert {first.state, second.state} == {UploadState.READY}
    with bench.running():
        bench.add(footage("here.mp4"))
        bench.wait_for(lambda: bench.states()["here.mp4"] == "searchable")
        bench.queue.pause([second.item_id])
        bench.queue.resume(None)
        bench.queue.retry([first.item_id, second.item_id])
        assert bench.states() == {"a.mp4": "ready", "b.mp4": "ready", "here.mp4": "searchable"}
        assert "upload_video" not in library.calls
        bench.queue.start([first.item_id])
        bench.wait_until_settled()
    assert bench.states() == {"a.mp4": "searchable", "b.mp4": "ready", "here.mp4": "searchable"}


@pytest.mark.parametrize("act", ["pause", "cancel", "remove"])
def test_a_request_ends_at_once_when_its_row_is_halted(
    bench: QueueBench, library: FakeLibrary, footage: Footage, act: str
) -> None:
    library.gate.clear()
    boat, _ = bench.add(footage("boat.mp4"), footage("swan.mp4"), library_id=SERVER).added
    with bench.running():
        assert library.waiting_at_gate.wait(10)
        library.waiting_at_gate.clear()
        getattr(bench.queue, act)([boat.item_id])
        assert library.waiting_at_gate.wait(10)  # the next one has its turn, while the gate is still shut
        library.gate.set()
        bench.wait_until_settled()
        expected = {"pause": "paused", "cancel": "cancelled", "remove": None}[act]
        assert bench.states().get("boat.mp4") == expected
        assert [video.name for video in library.videos.values()] == ["swan.mp4"]
        if act == "pause":
            assert bench.reports[-1].path.name == "swan.mp4"
            bench.queue.resume(None)
            bench.wait_until_settled()
            assert bench.states() == {"boat.mp4": "searchable", "swan.mp4": "searchable"}
            assert len(library.videos) == 2


def test_another_window_halts_a_request_too(
    bench: QueueBench, library: FakeLibrary, footage: Footage, tmp_path: Path
) -> None:
    other = QueueBench(tmp_path / "catalog.db", library.clients)
    library.gate.clear()
    (boat,) = bench.add(footage("boat.mp4"), library_id=SERVER).added
    with closing(other.catalog), bench.running():
        assert library.waiting_at_gate.wait(10)
        other.queue.pause([boat.item_id])
        library.gate.set()  # its last bytes leave, which is when the row is looked at
        bench.wait_for(lambda: bench.reports[-1].state is UploadState.PAUSED)
    assert library.videos == {}


def test_what_has_arrived_although_it_was_halted_is_said_to_be_there(
    bench: QueueBench, library: FakeLibrary, footage: Footage
) -> None:
    (boat,) = bench.add(footage("boat.mp4")).added
    library.on_taken = lambda: bench.queue.cancel([boat.item_id])  # between its arrival and the answer
    with bench.running():
        bench.wait_until_settled()
    assert bench.states() == {"boat.mp4": "searchable"}


@pytest.mark.parametrize("library_id", ["local", SERVER])
def test_what_arrived_while_its_request_was_stopped_is_found_again(
    bench: QueueBench, library: FakeLibrary, footage: Footage, library_id: str
) -> None:
    path, weight = footage("boat.mp4"), 6_000_000
    path.write_bytes(path.read_bytes() + weight.to_bytes(4, "big") + b"free" + bytes(weight - 8))
    (boat,) = bench.add(path, library_id=library_id).added

    def stop() -> None:  # the library has it, and nobody waits for its answer any more
        bench.queue.pause([boat.item_id])
        raise Cancelled

    library.on_taken = stop
    with bench.running():
        bench.wait_for(lambda: bench.reports[-1:] != [] and bench.reports[-1].state is UploadState.PAUSED)
        library.on_taken = lambda: None
        bench.queue.resume(None)
        bench.wait_until_settled()
    assert bench.states() == {"boat.mp4": "searchable"}
    assert len(library.videos) == 1


def test_a_picture_that_was_halted_long_before_its_end_is_simply_sent_again(
    bench: QueueBench, library: FakeLibrary, tmp_path: Path
) -> None:
    picture = make_picture(tmp_path / "boat.bmp", Scene(1, "navy"), size=(1600, 1200))
    assert picture.stat().st_size > 5 << 20
    (boat,) = bench.add(picture).added
    library.on_receiving = lambda: bench.queue.pause([boat.item_id])
    with bench.running():
        bench.wait_for(lambda: bench.reports[-1:] != [] and bench.reports[-1].state is UploadState.PAUSED)
        library.on_receiving = lambda: None
        bench.queue.resume(None)
        bench.wait_until_settled()
    assert bench.states() == {"boat.bmp": "searchable"}


def test_halting_lasts_beyond_the_program(bench: QueueBench, library: FakeLibrary, footage: Footage) -> None:
    bench.add(footage("a.mp4"), footage("b.mp4"))
    bench.queue.pause(None)
    with bench.running():
        bench.add(footage("c.mp4"))
        bench.wait_for(lambda: bench.states()["c.mp4"] == "searchable")
    assert bench.states() == {"a.mp4": "paused", "b.mp4": "paused", "c.mp4": "searchable"}


def test_rows_go_by_priority_and_place(bench: QueueBench, library: FakeLibrary, footage: Footage) -> None:
    a, b, c, d = bench.add(*(footage(f"{name}.mp4") for name in "abcd"), library_id=SERVER).added
    bench.queue.set_priority([d.item_id], Priority.HIGH)
    bench.queue.set_priority([a.item_id], Priority.LOW)
    bench.queue.move([c.item_id], b.item_id)
    with bench.running():
        bench.wait_until_settled()
    assert [video.name for video in library.videos.values()] == ["d.mp4", "c.mp4", "b.mp4", "a.mp4"]


def test_so_many_are_sent_at_once_as_the_user_wants(bench: QueueBench, library: FakeLibrary, footage: Footage) -> None:
    bench.settings = TransferSettings(at_once=3)
    library.gate.clear()
    bench.add(*(footage(f"{number}.mp4") for number in range(5)), library_id=SERVER)
    with bench.running():
        bench.wait_for(lambda: library.calls.count("upload_video") == 3)
        assert sorted(bench.states().values()) == ["sending"] * 3 + ["waiting"] * 2
        library.gate.set()
        bench.wait_until_settled()
    assert set(bench.states().values()) == {"searchable"}
    assert len(library.videos) == 5


def test_an_account_with_limits_is_asked_for_its_turn_and_others_go_on(
    library: FakeLibrary, footage: Footage, tmp_path: Path
) -> None:
    slow = FakeLibrary()
    slow.waits_s[CallKind.UPLOAD] = 42.0
    bench = QueueBench(tmp_path / "two.db", lambda name, _token: slow if name == CLOUD_ID else library)
    with closing(bench.catalog), bench.running():
        (boat,) = bench.add(footage("boat.mp4"), library_id=CLOUD_ID).added
        bench.queue.start(None)
        bench.wait_for(lambda: any(item.cause for item in bench.reports))
        (row,) = bench.queue.items()
        assert (row.state, row.cause) == (UploadState.WAITING, "Waits 42 s: the library takes one upload per minute.")
        bench.add(footage("here.mp4"))
        bench.wait_for(lambda: bench.states()["here.mp4"] == "searchable")
        assert "upload_video" not in slow.calls
        bench.wait_for(lambda: bench.reports[-1].cause.startswith("Waits 40 s"))  # the number is true
        assert bench.queue.items()[0].cause == bench.reports[-1].cause
        slow.waits_s.clear()
        bench.queue.retry([boat.item_id])
        bench.wait_until_settled()
    assert len(slow.videos) == 1


def test_two_uploads_never_wait_for_the_same_turn(bench: QueueBench, library: FakeLibrary, footage: Footage) -> None:
    """The second is begun when bytes of the first have left, and only then knows whether it has to wait."""
    bench.settings = TransferSettings(at_once=4)
    library.gate.clear()
    bench.add(*(footage(f"{number}.mp4") for number in range(3)), library_id=CLOUD_ID)

    def under_limits() -> None:
        library.waits_s[CallKind.UPLOAD] = 60.0

    library.on_receiving = under_limits  # as a limiter does once a call has passed it
    with bench.running():
        bench.queue.start(None)
        bench.wait_for(lambda: any(item.cause for item in bench.reports))
        assert sorted(bench.states().values()) == ["sending", "waiting", "waiting"]
        assert library.calls.count("upload_video") == 1
        library.waits_s.clear()
        library.on_receiving = lambda: None
        library.gate.set()
        bench.queue.retry(())
        bench.wait_until_settled()
    assert len(library.videos) == 3


def test_pictures_with_the_same_details_go_together_and_a_bad_one_fails_alone(
    bench: QueueBench, library: FakeLibrary, tmp_path: Path
) -> None:
    names = [f"{number}.png" for number in range(5)]
    for number, name in enumerate(names):
        make_picture(tmp_path / name, Scene(1, "navy"), size=(64 + number, 48))
    library.refused = {"2.png"}
    bench.add(*(tmp_path / name for name in names))
    with bench.running():
        bench.wait_until_settled()
    assert {name: state for name, state in bench.states().items() if state != "searchable"} == {"2.png": "failed"}
    assert sorted(library.images.values()) == ["0.png", "1.png", "3.png", "4.png"]
    assert library.calls.count("upload_images") == 6  # all together, then each alone
    library.refused = set()
    with bench.running():
        bench.queue.retry(None)
        bench.wait_until_settled()
    assert len(library.images) == 5
