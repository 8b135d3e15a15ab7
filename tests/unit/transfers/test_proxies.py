"""Rows that a library does not take as they are wait for a proxy, are sent in its shape, and leave nothing behind."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.errors import FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.core.transfer_settings import TransferSettings
from desktop_search.core.uploads import UploadItem, UploadState
from desktop_search.transfers.preparing import Part
from desktop_search.transfers.upload_queue import UploadQueue
from tests.fakes.library import FakeLibrary
from tests.unit.transfers.conftest import QueueBench

Footage = Callable[[str], Path]
SERVER = "https://search.example"
REASON = "ProRes: this library takes H.264, H.265 and VP9, so an H.264 proxy is sent."


class CopyingMaker:
    """Makes "proxies" by copying, in as many parts as it is told; keeps its folder as the real one does."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.parts, self.gate = folder, 1, threading.Event()
        self.gate.set()
        self.made: list[str] = []
        self.fail_next: list[FileProblem] = []
        self.waiting = threading.Event()

    def prepare(self, item: UploadItem, token: CancelToken, on_permille: Callable[[int], None], /) -> tuple[Part, ...]:
        on_permille(500)
        self.waiting.set()
        while not self.gate.wait(0.01):
            token.check()
        if self.fail_next:
            raise self.fail_next.pop()
        self.made.append(item.path.name)
        folder = self.folder / str(item.item_id)
        folder.mkdir(parents=True, exist_ok=True)
        if self.parts == 1:
            return (Part(Path(shutil.copy(item.path, folder / f"{item.path.stem}.mp4"))),)
        made = []
        for number in range(self.parts):
            target = folder / f"{item.path.stem} part {number + 1} of {self.parts}.mp4"
            target.write_bytes(item.path.read_bytes() + bytes(number))
            made.append(Part(target, number * 60_000, (number + 1) * 60_000))
        return tuple(made)

    def discard(self, path: Path, /) -> None:
        path.unlink(missing_ok=True)

    def tidy(self, kept: Collection[Path], /) -> None:
        for path in self.files():
            if path not in kept:
                path.unlink()

    def files(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file())


class ProxyBench(QueueBench):
    """A queue whose library takes nothing as it is."""

    def __init__(self, file: Path, library: FakeLibrary) -> None:
        super().__init__(file, library.clients)
        self.maker = CopyingMaker(file.with_name("proxies"))
        self.restart(library)

    def restart(self, library: FakeLibrary) -> None:
        self.queue = UploadQueue(
            self.catalog,
            library.clients,
            is_paid=lambda _: False,
            proxies=self.maker,
            settings=lambda: self.settings,
            poll_local_s=0.02,
            poll_remote_s=0.02,
            settled_s=0.0,
        )

    def add_foreign(self, *paths: Path) -> tuple[UploadItem, ...]:
        """Rows of footage that the library does not take."""
        rows = UploadsTable(self.catalog)
        added = self.add(*paths, library_id=SERVER).added
        return tuple(row for item in added if (row := rows.update(replace(item, proxy_reason=REASON))))


@pytest.fixture
def proxies(tmp_path: Path, library: FakeLibrary) -> Iterator[ProxyBench]:
    made = ProxyBench(tmp_path / "catalog.db", library)
    yield made
    made.catalog.close()


def test_the_proxy_is_made_sent_and_deleted(proxies: ProxyBench, library: FakeLibrary, footage: Footage) -> None:
    path = footage("boat.mov")
    proxies.add_foreign(path)
    with proxies.running():
        proxies.wait_until_settled()
    assert proxies.states_reported("boat.mov") == ["preparing", "waiting", "sending", "indexing", "searchable"]
    assert 500 in {item.prepared_permille for item in proxies.reports}
    assert [video.name for video in library.videos.values()] == ["boat.mp4"]
    (row,) = proxies.queue.items()
    assert (row.proxy, row.proxy_reason) == (None, REASON)
    assert LocalFilesTable(proxies.catalog).path_of(SERVER, row.remote_id) == path
    assert proxies.maker.files() == []


def test_several_parts_become_rows_of_their_own(proxies: ProxyBench, library: FakeLibrary, footage: Footage) -> None:
    path = footage("long.mov")
    proxies.maker.parts = 3
    proxies.add_foreign(path, footage("next.mov"))
    with proxies.running():
        proxies.wait_until_settled()
    rows = [row for row in proxies.queue.items() if row.path == path]
    assert [(row.part_start_ms, row.part_end_ms) for row in rows] == [
        (0, 60_000),
        (60_000, 120_000),
        (120_000, 180_000),
    ]
    assert [row.path.name for row in proxies.queue.items()] == ["long.mov"] * 3 + ["next.mov"] * 3
    assert {row.state for row in rows} == {UploadState.SEARCHABLE}
    assert len({row.remote_id for row in rows}) == 3
    links = LocalFilesTable(proxies.catalog).twins(SERVER, rows[0].fingerprint)
    assert sorted((link.start_ms, link.path) for link in links) == [(0, path), (60_000, path), (120_000, path)]
    assert proxies.maker.files() == []
    proxies.queue.clear_done()  # and the parts are known again
    proxies.add_foreign(path)
    with proxies.running():
        proxies.wait_until_settled()
    assert {row.state for row in proxies.queue.items()} == {UploadState.KNOWN}
    assert len(library.videos) == 6


def test_what_is_known_gets_no_proxy(proxies: ProxyBench, footage: Footage) -> None:
    path = footage("boat.mov")
    proxies.add_foreign(path)
    with proxies.running():
        proxies.wait_until_settled()
        proxies.queue.clear_done()
        proxies.add_foreign(path)
        proxies.wait_until_settled()
    assert proxies.states() == {"boat.mov": "known"}
    assert proxies.maker.made == ["boat.mov"]


@pytest.mark.parametrize("act", ["pause", "cancel", "remove"])
def test_making_a_proxy_ends_when_its_row_is_halted(proxies: ProxyBench, footage: Footage, act: str) -> None:
    proxies.maker.gate.clear()
    boat, _ = proxies.add_foreign(footage("boat.mov"), footage("swan.mov"))
    with proxies.running():
        assert proxies.maker.waiting.wait(10)
        proxies.maker.waiting.clear()
        getattr(proxies.queue, act)([boat.item_id])
        assert proxies.maker.waiting.wait(10)  # the next one
        proxies.maker.gate.set()
        proxies.wait_until_settled()
    assert proxies.states().get("boat.mov") == {"pause": "paused", "cancel": "cancelled", "remove": None}[act]
    assert proxies.states()["swan.mov"] == "searchable"
    assert proxies.maker.files() == []


@pytest.mark.parametrize("act", ["cancel", "remove"])
def test_a_proxy_that_nobody_needs_is_deleted(
    proxies: ProxyBench, library: FakeLibrary, footage: Footage, act: str
) -> None:
    library.gate.clear()
    (boat,) = proxies.add_foreign(footage("boat.mov"))
    with proxies.running():
        assert library.waiting_at_gate.wait(10)
        assert len(proxies.maker.files()) == 1
        getattr(proxies.queue, act)([boat.item_id])
        assert proxies.maker.files() == []
    library.gate.set()
    if act == "cancel":
        with proxies.running():
            proxies.queue.retry([boat.item_id])
            proxies.wait_until_settled()
        assert proxies.maker.made == ["boat.mov"] * 2
        assert proxies.states() == {"boat.mov": "searchable"}


def test_a_part_whose_proxy_was_deleted_gets_its_own_again(
    proxies: ProxyBench, library: FakeLibrary, footage: Footage
) -> None:
    library.gate.clear()
    proxies.maker.parts = 2
    proxies.add_foreign(footage("long.mov"))
    with proxies.running():
        assert library.waiting_at_gate.wait(10)
        _, second = proxies.queue.items()
        proxies.queue.cancel([second.item_id])
        library.gate.set()
        proxies.wait_until_settled()
        proxies.queue.retry([second.item_id])
        proxies.wait_until_settled()
    assert [row.part_start_ms for row in proxies.queue.items()] == [0, 60_000]
    assert {row.state for row in proxies.queue.items()} == {UploadState.SEARCHABLE}
    assert len(library.videos) == 2
    assert proxies.maker.files() == []


def test_a_file_that_cannot_be_converted_fails_alone(proxies: ProxyBench, footage: Footage) -> None:
    proxies.maker.fail_next = [FileProblem("It cannot be decoded.")]
    proxies.add_foreign(footage("bad.mov"), footage("good.mov"))
    with proxies.running():
        proxies.wait_until_settled()
    assert proxies.states() == {"bad.mov": "failed", "good.mov": "searchable"}


def test_a_slow_line_does_not_fill_the_disk_with_proxies(
    proxies: ProxyBench, library: FakeLibrary, footage: Footage
) -> None:
    proxies.settings = TransferSettings(at_once=1)
    library.gate.clear()
    proxies.add_foreign(*(footage(f"{number}.mov") for number in range(6)))
    with proxies.running():
        assert library.waiting_at_gate.wait(10)
        proxies.wait_for(lambda: len(proxies.maker.files()) == 3)
        library.gate.set()
        proxies.wait_until_settled()
    assert set(proxies.states().values()) == {"searchable"}
    assert len(proxies.maker.made) == 6


def test_what_a_crash_left_is_swept_up_and_made_again(
    proxies: ProxyBench, library: FakeLibrary, footage: Footage
) -> None:
    (boat,) = proxies.add_foreign(footage("boat.mov"))
    leftover = proxies.maker.folder / "77" / "old.mp4"
    leftover.parent.mkdir(parents=True)
    leftover.write_bytes(b"left")
    gone = proxies.maker.folder / "1" / "boat.mp4"  # the catalog says it is made, and somebody deleted it
    UploadsTable(proxies.catalog).update(replace(boat, proxy=gone).moved_to(UploadState.PREPARING))
    with proxies.running():
        proxies.wait_until_settled()
    assert proxies.states() == {"boat.mov": "searchable"}
    assert proxies.maker.files() == []
