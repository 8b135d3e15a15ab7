"""A user who does everything at once, while files are sent: in the end each file is in the library, and none twice."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_search.core.details_change import DetailsChange
from desktop_search.core.errors import NetworkError, RateLimited
from desktop_search.core.token import CancelToken
from desktop_search.core.transfer_settings import TransferSettings
from desktop_search.core.uploads import Priority, UploadState
from tests.fakes.library import FakeLibrary
from tests.unit.transfers.conftest import QueueBench

Footage = Callable[[str], Path]
SERVER = "https://search.example"
FILES, DEEDS = 12, 150


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_is_done_each_file_arrives_once(
    bench: QueueBench, library: FakeLibrary, footage: Footage, seed: int
) -> None:
    dice, pause, queue = random.Random(seed), CancelToken(), bench.queue
    bench.settings = TransferSettings(at_once=3)
    bench.deadline_s = 60.0
    library.ready_after = 3
    items = bench.add(*(footage(f"{number:02}.mp4") for number in range(FILES)), library_id=SERVER).added
    ids = [item.item_id for item in items]

    def some() -> list[int]:
        return dice.sample(ids, dice.randint(1, FILES))

    deeds: list[Callable[[], object]] = [
        lambda: queue.pause(some()),
        lambda: queue.pause(None),
        lambda: queue.resume(some()),
        lambda: queue.resume(None),
        lambda: queue.cancel(some()),
        lambda: queue.retry(some()),
        lambda: queue.insist(some()),
        lambda: queue.move(some(), dice.choice([*ids, None])),
        lambda: queue.set_priority(some(), dice.choice([*Priority])),
        lambda: queue.edit(some(), DetailsChange(camera=f"camera {dice.random()}")),
        lambda: library.lose_answer.append(NetworkError("The line broke.", retry_after_s=0.02)),
        lambda: library.fail_next.setdefault("upload_video", []).append(RateLimited("", retry_after_s=0.02)),
        queue.items,
    ]
    with bench.running():
        for _ in range(DEEDS):
            dice.choice(deeds)()
            pause.wait(dice.random() * 0.03)
        library.fail_next.clear()
        library.lose_answer.clear()
        queue.retry(ids)
        queue.resume(None)
        bench.wait_until_settled()
    assert {row.state for row in queue.items()} == {UploadState.SEARCHABLE}, bench.states()
    assert sorted(video.name for video in library.videos.values()) == [item.path.name for item in items]
    assert len({row.remote_id for row in queue.items()}) == FILES
