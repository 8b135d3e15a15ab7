"""What is dropped is taken or named with a reason; nothing is lost and nothing hangs."""

from __future__ import annotations

import os
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from desktop_search.core.errors import Cancelled
from desktop_search.core.footage import FootageDetails
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import MediaFacts
from desktop_search.transfers.adding import AddProgress
from tests.clips import Scene, make_picture
from tests.clips.fixtures import ClipCache
from tests.unit.transfers.conftest import QueueBench

Footage = Callable[[str], Path]


def reason(bench: QueueBench, path: Path, library_id: str = "local") -> str:
    result = bench.add(path, library_id=library_id)
    assert result.added == ()
    (skipped,) = result.skipped
    assert skipped.path == path
    return skipped.reason


def test_a_folder_is_opened_and_sorted(bench: QueueBench, footage: Footage) -> None:
    for name in ("b.mp4", "A.mp4", "day 2/c.mov.mp4"):
        footage(name)
    result = bench.add(footage("b.mp4").parent)
    assert [item.path.name for item in result.added] == ["A.mp4", "b.mp4", "c.mov.mp4"]
    assert result.skipped == ()
    assert [item.item_id for item in bench.queue.items()] == [item.item_id for item in result.added]


def test_what_is_not_taken_has_a_reason(bench: QueueBench, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "empty.mp4").touch()
    (tmp_path / "dangling.mp4").symlink_to(tmp_path / "nowhere")
    (tmp_path / "circle.mp4").symlink_to(tmp_path / "circle.mp4")
    os.mkfifo(tmp_path / "pipe.mp4")
    assert "not there" in reason(bench, tmp_path / "missing.mp4")
    assert "Not a kind of file" in reason(bench, tmp_path / "notes.txt")
    assert "empty" in reason(bench, tmp_path / "empty.mp4")
    assert "leads nowhere" in reason(bench, tmp_path / "dangling.mp4")
    assert "circle" in reason(bench, tmp_path / "circle.mp4")
    assert "pipe" in reason(bench, tmp_path / "pipe.mp4")


def test_programs_in_typescript_are_no_footage(bench: QueueBench, clips: ClipCache, tmp_path: Path) -> None:
    (tmp_path / "index.ts").write_text("export const answer = 42;")
    assert "not a video" in reason(bench, tmp_path / "index.ts")
    (item,) = bench.add(clips.get("clip.ts", [Scene(1, "purple")], size=(320, 180)).path).added
    assert item.state.value == "waiting"


def test_damaged_footage_becomes_a_failed_row_with_its_cause(bench: QueueBench, footage: Footage) -> None:
    os.truncate(footage("cut.mp4"), 3000)
    footage("text.mp4").write_text("this is a letter" * 10)
    footage("boat.jpg")
    added = {item.path.name: item for item in bench.add(footage("good.mp4").parent).added}
    assert {name: item.state.value for name, item in added.items()} == {
        "boat.jpg": "failed",
        "cut.mp4": "failed",
        "good.mp4": "waiting",
        "text.mp4": "failed",
    }
    assert "ends too early" in added["cut.mp4"].cause
    assert "not a video" in added["text.mp4"].cause
    assert "not a picture" in added["boat.jpg"].cause


def test_the_size_limit_of_pictures(bench: QueueBench, tmp_path: Path) -> None:
    large = tmp_path / "large.png"
    with large.open("wb") as file:
        file.truncate(20_000_001)
    assert "larger than 20 MB" in reason(bench, large)


def test_what_a_library_does_not_take_gets_a_proxy(bench: QueueBench, clips: ClipCache) -> None:
    path = clips.get("old.mov", [Scene(1, "purple")], size=(320, 180), codec="mpeg4", timecode="01:00:00:00").path
    (item,) = bench.add(path, library_id="memories.ai").added
    assert item.proxy_reason == "MPEG-4 Part 2: memories.ai takes H.264, H.265 and VP9, so an H.264 proxy is sent."
    facts = MediaFacts("MOV", "mpeg4", "", 1000, 320, 180, Fraction(25), "01:00:00:00")
    assert item.facts == facts
    (here,) = bench.add(path).added  # this computer indexes it in place
    assert (here.state.value, here.proxy_reason, here.facts) == ("waiting", "", facts)


def test_the_same_file_is_taken_once(bench: QueueBench, footage: Footage, tmp_path: Path) -> None:
    path = footage("boat.mp4")
    (tmp_path / "link.mp4").symlink_to(path)
    first = bench.add(path, path, tmp_path / "link.mp4", path.parent)
    assert [item.path for item in first.added] == [path]
    assert {skipped.reason for skipped in first.skipped} == {"The same file is in this selection already."}
    assert "in the list already" in reason(bench, path)
    assert len(bench.add(path, library_id="memories.ai").added) == 1  # another library is another matter


def test_a_failed_row_gives_way_to_the_file_added_again(bench: QueueBench, footage: Footage) -> None:
    path = footage("boat.mp4")
    whole = path.read_bytes()
    path.write_bytes(whole[:3000])
    (failed,) = bench.add(path).added
    assert failed.state.value == "failed"
    path.write_bytes(whole)
    (item,) = bench.add(path).added
    assert item.item_id != failed.item_id
    assert bench.states() == {"boat.mp4": "waiting"}


def test_details_that_a_library_would_refuse(bench: QueueBench, footage: Footage, tmp_path: Path) -> None:
    tags = FootageDetails(tags=tuple(f"tag{number}" for number in range(30)))
    picture = make_picture(tmp_path / "boat.png", Scene(1, "navy"))
    result = bench.add(footage("boat.mp4"), picture, details=tags)
    assert [item.path for item in result.added] == [picture]  # pictures may have 50
    assert [skipped.reason for skipped in result.skipped] == ["At most 20 tags."]


def test_what_the_camera_wrote_fills_the_details(bench: QueueBench, clips: ClipCache) -> None:
    tags = {"make": "Sony", "model": "FX6", "creation_time": "2026-03-14T09:20:00Z"}
    path = clips.get("fx6.mkv", [Scene(1, "purple")], size=(320, 180), metadata=tags).path
    (item,) = bench.add(path, details=FootageDetails("field-work", camera="mine")).added
    assert (item.details.namespace, item.details.camera) == ("field-work", "mine")
    assert item.details.taken is not None
    assert item.details.taken.isoformat() == "2026-03-14T09:20:00+00:00"


def test_progress_is_counted_and_cancelling_keeps_what_was_taken(bench: QueueBench, footage: Footage) -> None:
    for number in range(120):
        footage(f"{number:03}.mp4")
    token = CancelToken()
    told: list[AddProgress] = []

    def report(progress: AddProgress) -> None:
        told.append(progress)
        token.cancel()

    with pytest.raises(Cancelled):
        bench.queue.add([footage("000.mp4").parent], "local", FootageDetails(), token, report)
    assert 0 < told[-1].added < 120
    assert len(bench.queue.items()) == told[-1].added
