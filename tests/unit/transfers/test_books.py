"""What the queue sends is in the log and the ledger with the row itself; the budget holds rows and fails none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from desktop_search.catalog.transfer_log import TransferLogTable
from desktop_search.core.errors import BudgetReached, RequestRejected, ServerError
from desktop_search.core.footage import VideoRecord
from desktop_search.core.imports import ImportWish
from desktop_search.core.transfer_log import LogEntry, SentAs
from desktop_search.core.transfer_settings import TransferSettings
from desktop_search.core.uploads import UploadItem, UploadState
from desktop_search.services.books import AccountBooks
from desktop_search.services.usage import UsageLedger
from desktop_search.transfers.preparing import Preparer
from desktop_search.transfers.upload_queue import UploadQueue
from tests.fakes.library import FakeLibrary
from tests.unit.transfers.conftest import QueueBench

Footage = Callable[[str], Path]
OWN = "https://search.example"


class Kept(QueueBench):
    """A queue with books, and an allowance that the test sets."""

    def __init__(self, file: Path, library: FakeLibrary) -> None:
        super().__init__(file, library.clients)
        self.allowed = True
        ledger = UsageLedger(self.catalog, TransferSettings)
        self.books = AccountBooks(self.catalog, ledger, TransferSettings, lambda _: False)
        self.queue = UploadQueue(
            self.catalog,
            library.clients,
            is_paid=lambda _: False,
            proxies=Preparer(file.with_name("proxies")),
            settings=lambda: self.settings,
            books=self,
            poll_local_s=0.02,
            poll_remote_s=0.02,
            settled_s=0.0,
        )

    def afford(self, item: UploadItem, /) -> None:
        if not self.allowed:
            raise BudgetReached("The budget is reached.", hint="Raise it.")

    def arrived(self, item: UploadItem, began_ms: int | None, /) -> None:
        self.books.arrived(item, began_ms)

    def imported(self, wish: ImportWish, brought: Sequence[VideoRecord], /) -> None:
        raise AssertionError("nothing is imported here")

    def log(self) -> tuple[LogEntry, ...]:
        table = TransferLogTable(self.catalog)
        return table.entries(table.ids())


@pytest.fixture
def kept(tmp_path: Path, library: FakeLibrary) -> Iterator[Kept]:
    made = Kept(tmp_path / "kept.db", library)
    yield made
    made.catalog.close()


def test_what_arrived_is_in_the_log_and_stays_there_without_its_row(kept: Kept, footage: Footage) -> None:
    path = footage("boat.mp4")
    kept.add(path, library_id=OWN)
    with kept.running():
        kept.wait_until_settled()
    (row,), (line,) = kept.queue.items(), kept.log()
    assert (line.path, line.remote_id, line.size_bytes) == (path, row.remote_id, path.stat().st_size)
    assert (line.library_id, line.sent_as, len(line.fingerprint) > 8) == (OWN, SentAs.AS_IS, True)
    assert line.began_ms is not None
    assert row.added_ms <= line.began_ms <= line.ended_ms
    kept.queue.remove([row.item_id])
    assert kept.log() == (line,)


def test_an_arrival_whose_answer_was_lost_is_logged_once(kept: Kept, library: FakeLibrary, footage: Footage) -> None:
    library.lose_answer = [ServerError("The answer was damaged.", retry_after_s=0.01)]
    kept.add(footage("boat.mp4"), library_id=OWN)
    with kept.running():
        kept.wait_until_settled()
    assert library.calls.count("upload_video") == 1
    assert len(kept.log()) == 1


def test_what_failed_is_not_in_the_log(kept: Kept, library: FakeLibrary, footage: Footage) -> None:
    library.fail_next["upload_video"] = [RequestRejected("No.")]
    kept.add(footage("boat.mp4"), library_id=OWN)
    with kept.running():
        kept.wait_until_settled()
    assert kept.queue.items()[0].state is UploadState.FAILED
    assert kept.log() == ()


def test_rows_wait_with_the_cause_while_the_budget_is_reached(
    kept: Kept, library: FakeLibrary, footage: Footage
) -> None:
    kept.allowed = False
    kept.add(footage("a.mp4"), footage("b.mp4"), library_id=OWN)
    with kept.running():
        kept.wait_for(lambda: any(item.cause for item in kept.reports))
        assert {item.state for item in kept.queue.items()} == {UploadState.WAITING}
        assert kept.queue.items()[0].cause == "The budget is reached. Raise it."
        assert "upload_video" not in library.calls
        kept.allowed = True
        kept.queue.retry(())
        kept.wait_until_settled()
    assert {item.state for item in kept.queue.items()} == {UploadState.SEARCHABLE}
    assert {item.cause for item in kept.queue.items()} == {""}
