"""What was reported outlives a power cut: the files that are on the disk then hold it, and the queue goes on."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.uploads import UploadItem, UploadState
from tests.fakes.library import FakeLibrary
from tests.support.synced_disk import SQLITE, SyncedDisk
from tests.unit.transfers.conftest import QueueBench

Footage = Callable[[str], Path]
SERVER = "https://search.example"
NAMES = ["a.mp4", "b.mp4", "c.mp4"]
pytestmark = pytest.mark.skipif(SQLITE is None, reason="SQLite is built into this Python, and cannot be watched")
_ORDER = [UploadState.WAITING, UploadState.SENDING, UploadState.INDEXING, UploadState.SEARCHABLE]


@dataclass
class Cut:
    """The catalog's files at one moment, what was reported last, and what the library had by then."""

    file: Path
    item: UploadItem
    in_library: set[str]


class CutBench(QueueBench):
    """Takes the disk away at every report."""

    def __init__(self, file: Path, library: FakeLibrary, disk: SyncedDisk) -> None:
        super().__init__(file, library.clients)
        self.file, self.library, self.disk = file, library, disk
        self.cuts: list[Cut] = []

    def heard(self, item: UploadItem) -> None:
        with self.catalog.writing():  # nobody writes, and one report is seen to after the other
            folder = self.file.parent / f"cut {len(self.cuts)}"
            folder.mkdir()
            left = self.disk.copy(self.file, folder)
            self.cuts.append(Cut(left, item, {video.name for video in self.library.videos.values()}))
        super().heard(item)


@pytest.fixture
def cuts(tmp_path: Path, library: FakeLibrary, footage: Footage) -> list[Cut]:
    disk = SyncedDisk()
    with disk.watching():
        bench = CutBench(tmp_path / "catalog.db", library, disk)
        with closing(bench.catalog):
            bench.add(*(footage(name) for name in NAMES), library_id=SERVER)
            with bench.running():
                bench.wait_until_settled()
    return bench.cuts


def test_what_was_reported_is_there_after_a_power_cut(cuts: list[Cut]) -> None:
    assert len(cuts) >= 9
    for cut in cuts:
        with cut.file.with_name("catalog.db-wal").open("ab") as log:
            log.write(os.urandom(5000))  # what was being written when the power went
        with closing(Catalog(cut.file)) as catalog:
            assert catalog.notice == ""
            row = UploadsTable(catalog).get(cut.item.item_id)
            assert row is not None
            assert _ORDER.index(row.state) >= _ORDER.index(cut.item.state)


def test_after_a_power_cut_the_queue_goes_on_and_sends_nothing_twice(cuts: list[Cut], library: FakeLibrary) -> None:
    videos = dict(library.videos)
    for cut in cuts[::2]:
        library.videos = {number: video for number, video in videos.items() if video.name in cut.in_library}
        bench = QueueBench(cut.file, library.clients)
        with closing(bench.catalog):
            with bench.running():
                bench.wait_until_settled()
            assert set(bench.states().values()) == {"searchable"}
            assert sorted(video.name for video in library.videos.values()) == NAMES
