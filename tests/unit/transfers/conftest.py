"""A catalog, a library in memory, and the queue's two jobs running on threads of their own."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_search.api.client import VisualSearchClient
from desktop_search.catalog.database import Catalog
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.footage import FootageDetails
from desktop_search.core.library import CLOUD_ID
from desktop_search.core.token import CancelToken
from desktop_search.core.transfer_settings import TransferSettings
from desktop_search.core.uploads import UploadItem, UploadState
from desktop_search.services.engine_process import EngineProcess
from desktop_search.transfers.adding import AddResult
from desktop_search.transfers.ports import Clients
from desktop_search.transfers.preparing import Preparer
from desktop_search.transfers.upload_queue import UploadQueue
from tests.clips.fixtures import ClipCache
from tests.fakes.library import FakeLibrary
from tests.support.queue_work import at_work


class QueueBench:
    """A queue over a catalog file, and what its jobs reported, in order."""

    def __init__(self, file: Path, clients: Clients, proxies: Preparer | None = None, settled_s: float = 0.0) -> None:
        self.catalog = Catalog(file)
        self.settings = TransferSettings(at_once=1)
        self.queue = UploadQueue(
            self.catalog,
            clients,
            is_paid=lambda library_id: library_id == CLOUD_ID,
            settings=lambda: self.settings,
            proxies=proxies or Preparer(file.with_name("proxies")),
            poll_local_s=0.02,
            poll_remote_s=0.02,
            settled_s=settled_s,
        )
        self.reports: list[UploadItem] = []
        self.jobs: list[Future[None]] = []
        self.deadline_s = 20.0
        self._news = threading.Condition()

    def add(self, *paths: Path, library_id: str = "local", details: FootageDetails = FootageDetails()) -> AddResult:
        return self.queue.add(paths, library_id, details, CancelToken(), lambda _: None)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Both jobs at work for the length of the block; an error of theirs is raised at its end."""
        with at_work(self.queue, self.heard) as self.jobs:
            yield

    def heard(self, item: UploadItem) -> None:
        with self._news:
            stored = {row.item_id: row for row in self.queue.items()}.get(item.item_id)
            # What is reported is on the disk already.
            assert stored is None or stored.state is item.state or item.state is UploadState.SENDING
            self.reports.append(item)
            self._news.notify_all()

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Looks at every report, and now and then: what others do is not reported here."""
        end_s = time.monotonic() + self.deadline_s
        with self._news:
            while not condition():
                self._news.wait(0.1)
                if time.monotonic() < end_s:
                    continue
                ended = [job.exception() for job in self.jobs if job.done()]
                raise AssertionError(f"it did not happen; jobs that ended: {ended}; rows: {self.queue.items()}")

    def wait_until_settled(self) -> None:
        """Until nothing more will happen by itself."""
        at_work = {UploadState.WAITING, UploadState.PREPARING, UploadState.SENDING, UploadState.INDEXING}
        settled = set(UploadState) - at_work
        self.wait_for(lambda: all(item.state in settled for item in self.queue.items()))

    def mark_maybe_sent(self, item: UploadItem) -> None:
        """As a crash leaves it: all of it was sent, the answer was never seen."""
        UploadsTable(self.catalog).update(replace(item, maybe_sent=True).moved_to(UploadState.SENDING))

    def states(self) -> dict[str, str]:
        return {item.path.name: item.state.value for item in self.queue.items()}

    def states_reported(self, name: str) -> list[str]:
        seen = [item.state.value for item in self.reports if item.path.name == name]
        return [state for index, state in enumerate(seen) if index == 0 or seen[index - 1] != state]


class LocalEngine:
    """Gives out clients of one engine process, which it starts (again) when it is needed."""

    def __init__(self, folder: Path) -> None:
        self.process = EngineProcess(folder / "engine", folder / "engine.log")
        self._clients: dict[str, VisualSearchClient] = {}

    def clients(self, library_id: str, token: CancelToken) -> VisualSearchClient:
        url, key = self.process.start(token)
        if url not in self._clients:
            self._clients[url] = VisualSearchClient(url, key)
        return self._clients[url]

    def close(self) -> None:
        for client in self._clients.values():
            client.close()
        self.process.stop()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[LocalEngine]:
    made = LocalEngine(tmp_path)
    yield made
    made.close()


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def bench(tmp_path: Path, library: FakeLibrary) -> Iterator[QueueBench]:
    made = QueueBench(tmp_path / "catalog.db", library.clients)
    yield made
    made.catalog.close()


@pytest.fixture
def footage(tmp_path: Path, clips: ClipCache) -> Callable[[str], Path]:
    """Small real videos under any name, below one folder; each has a content of its own."""
    folder = tmp_path / "footage"
    folder.mkdir()

    def make(name: str) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        mark = b"free" + os.fsencode(name)  # a box that players pass over
        path.write_bytes(clips.silent().path.read_bytes() + (len(mark) + 4).to_bytes(4, "big") + mark)
        return path

    return make
