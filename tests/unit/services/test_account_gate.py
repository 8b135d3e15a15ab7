"""Every call to an account is counted once; what costs is refused at the budget before it waits or is made."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.calls import CallKind, CallRecord, OpenGate
from desktop_search.core.errors import BudgetReached
from desktop_search.core.library import CLOUD_ID, CLOUD_URL, MEMORIES_AI, THIS_COMPUTER, Library
from desktop_search.core.token import CancelToken
from desktop_search.core.transfer_settings import TransferSettings
from desktop_search.core.uploads import MediaKind, UploadItem
from desktop_search.services.account_gate import AccountGates
from desktop_search.services.usage import UsageLedger

OWN = Library("https://own.example", "own.example", "https://own.example")
SEARCH = CallRecord(CallKind.SEARCH, "/search", 10, 20, "0000")
TODAY = datetime.now(UTC).date()


class Office:
    def __init__(self, catalog: Catalog) -> None:
        self.settings = TransferSettings(limits={})
        self.ledger = UsageLedger(catalog, lambda: self.settings, today=lambda: TODAY)
        self.catalog = catalog
        self.gates = AccountGates(lambda: self.settings, self.ledger, catalog)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(Catalog(tmp_path / "catalog.db")) as catalog:
        yield Office(catalog)


def test_calls_of_one_account_are_counted_together_whatever_its_name(office: Office) -> None:
    office.gates.gate_of(MEMORIES_AI).left(SEARCH)
    office.gates.gate_of(Library(CLOUD_URL, "api.memories.ai", CLOUD_URL)).left(SEARCH)
    office.gates.gate_of(OWN).left(SEARCH)
    rows = office.ledger.month(TODAY)
    assert [(row.library_id, row.calls, round(row.cost, 6)) for row in rows] == [
        (OWN.library_id, 1, 0),
        (MEMORIES_AI.library_id, 2, 0.0002),
    ]


def test_this_computer_is_neither_limited_nor_counted(office: Office) -> None:
    gate = office.gates.gate_of(THIS_COMPUTER)
    assert isinstance(gate, OpenGate)
    gate.left(SEARCH)
    assert office.ledger.month(TODAY) == ()


@pytest.mark.parametrize(
    ("library_id", "ago_s", "waits"),
    [(CLOUD_ID, 0, True), (CLOUD_ID, -7200, True), (CLOUD_ID, 120, False), (OWN.library_id, 0, False)],
    ids=["just now", "by a clock that was set back", "before", "to another library"],
)
def test_what_an_earlier_run_has_sent_counts(office: Office, library_id: str, ago_s: int, waits: bool) -> None:
    office.settings = TransferSettings()
    begun_ms = time.time_ns() // 1_000_000 - ago_s * 1000
    row = UploadItem(0, library_id, Path("/card/a.mp4"), MediaKind.VIDEO, begun_ms=begun_ms)
    UploadsTable(office.catalog).add([row])
    gate = office.gates.gate_of(MEMORIES_AI)
    assert (gate.wait_s(CallKind.UPLOAD) > 0) is waits
    assert gate.wait_s(CallKind.SEARCH) == 0


def test_the_budget_stops_paid_accounts_alone(office: Office) -> None:
    office.settings = TransferSettings(limits={}, budget_month=0.0001)
    paid, own, token = office.gates.gate_of(MEMORIES_AI), office.gates.gate_of(OWN), CancelToken()
    paid.enter(CallKind.SEARCH, token)
    paid.left(SEARCH)
    for kind in (CallKind.SEARCH, CallKind.UPLOAD, CallKind.IMPORT):
        with pytest.raises(BudgetReached):
            paid.enter(kind, token)
        own.enter(kind, token)
    paid.enter(CallKind.LIST, token)
    office.settings = TransferSettings(limits={}, budget_month=1)
    paid.enter(CallKind.SEARCH, token)


def test_limits_are_kept_behind_the_count(office: Office) -> None:
    office.settings = TransferSettings()
    paid = office.gates.gate_of(MEMORIES_AI)
    assert paid.wait_s(CallKind.UPLOAD) == 0
    paid.enter(CallKind.UPLOAD, CancelToken())
    assert paid.wait_s(CallKind.UPLOAD) > 30


def test_a_server_of_ones_own_has_the_limits_that_it_shows(office: Office) -> None:
    office.settings = TransferSettings()
    own = office.gates.gate_of(OWN)
    for _ in range(3):
        own.enter(CallKind.UPLOAD, CancelToken())
        assert own.wait_s(CallKind.UPLOAD) == 0
    own.left(CallRecord(CallKind.UPLOAD, "/upload", 10, 20, "0429", retry_after_s=60))
    assert own.wait_s(CallKind.UPLOAD) > 30
    assert own.wait_s(CallKind.SEARCH) == 0
