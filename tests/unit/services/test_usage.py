"""Calls are counted by day and endpoint, outlive what they must, and end at the budget."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.transfer_log import TransferLogTable
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.catalog.usage import UsageTable
from desktop_search.core.calls import CallKind, CallRecord
from desktop_search.core.errors import AppError, BudgetReached, Cancelled, CatalogProblem
from desktop_search.core.footage import VideoRecord
from desktop_search.core.imports import ImportKind, ImportWish
from desktop_search.core.token import CancelToken
from desktop_search.core.transfer_settings import TransferSettings
from desktop_search.core.uploads import MediaFacts, MediaKind, UploadItem, UploadState
from desktop_search.core.usage import BudgetLevel, BudgetState, DayUsage
from desktop_search.services.books import AccountBooks
from desktop_search.services.usage import UsageLedger

CLOUD = "memories.ai"
SEARCH = CallRecord(CallKind.SEARCH, "/search", 100, 2_000, "0000")
ROW = UploadItem(
    1, CLOUD, Path("/a.mp4"), MediaKind.VIDEO, size_bytes=10, facts=MediaFacts(duration_ms=60_000_000)
)  # 1,000 minutes, $15


class Account:
    """A ledger over a catalog file, whose day and settings can be changed."""

    def __init__(self, file: Path) -> None:
        self.file, self.catalog = file, Catalog(file)
        self.settings, self.day = TransferSettings(), date(2026, 11, 30)
        self.ledger = UsageLedger(self.catalog, lambda: self.settings, today=lambda: self.day)
        self.books = AccountBooks(self.catalog, self.ledger, lambda: self.settings, lambda library: library == CLOUD)

    def set_budget(self, dollars: float) -> None:
        self.settings = replace(self.settings, budget_month=dollars)

    def on_disk(self) -> tuple[DayUsage, ...]:
        """What another program finds in the file."""
        with closing(Catalog(self.file)) as other:
            return UsageTable(other).month(self.day)


@pytest.fixture
def account(tmp_path: Path) -> Iterator[Account]:
    made = Account(tmp_path / "catalog.db")
    yield made
    made.catalog.close()


def test_calls_add_up_by_library_day_and_endpoint(account: Account) -> None:
    for code in ("0000", "0000", "0429"):
        account.ledger.count(CLOUD, replace(SEARCH, code=code), is_paid=True)
    account.ledger.count("https://own.example", SEARCH, is_paid=False)
    account.day = date(2026, 12, 1)
    account.ledger.count(CLOUD, SEARCH, is_paid=True)
    november = account.ledger.month(date(2026, 11, 9))
    assert [(row.library_id, row.calls, row.failed) for row in november] == [
        ("https://own.example", 1, 0),
        (CLOUD, 3, 1),
    ]
    assert (november[1].sent_bytes, november[1].received_bytes) == (300, 6_000)
    assert november[0].cost == 0
    assert november[1].cost == pytest.approx(0.0002)
    assert len(account.ledger.month(account.day)) == 1
    assert account.ledger.months() == (date(2026, 12, 1), date(2026, 11, 1))
    assert account.ledger.month(date(2026, 10, 1)) == ()


def test_a_search_costs_no_write_of_its_own_but_an_upload_does(account: Account) -> None:
    account.ledger.count(CLOUD, SEARCH, is_paid=True)
    assert account.on_disk() == ()
    account.ledger.count(CLOUD, replace(SEARCH, kind=CallKind.UPLOAD, endpoint="/upload"), is_paid=True)
    assert {row.endpoint for row in account.on_disk()} == {"/search", "/upload"}


def test_the_running_ledger_writes_and_tells_how_the_budget_stands(account: Account) -> None:
    account.set_budget(0.0002)
    token, news = CancelToken(), threading.Semaphore(0)
    told: list[BudgetState] = []

    def tell(state: BudgetState) -> None:
        told.append(state)
        news.release()

    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(account.ledger.run, token, tell)
        assert news.acquire(timeout=20)
        account.ledger.count(CLOUD, SEARCH, is_paid=True)
        assert news.acquire(timeout=20)
        assert account.on_disk()[0].calls == 1
        account.set_budget(5)
        account.ledger.look_again()
        assert news.acquire(timeout=20)
        token.cancel()
    with suppress(Cancelled):
        job.result()
    assert [(round(state.spent, 6), state.budget) for state in told] == [(0, 0.0002), (0.0001, 0.0002), (0.0001, 5)]


def test_what_cannot_be_written_is_kept_and_told_once(tmp_path: Path) -> None:
    account = Account(tmp_path / "catalog.db")
    account.ledger.count(CLOUD, SEARCH, is_paid=True)
    with account.catalog.writing() as connection:
        connection.execute("ALTER TABLE usage_days RENAME TO away")
    with pytest.raises(CatalogProblem):
        account.ledger.flush()
    account.ledger.count(CLOUD, replace(SEARCH, kind=CallKind.UPLOAD), is_paid=True)  # never raises
    token, told = CancelToken(), []

    def tell(news: object) -> None:
        told.append(news)
        if isinstance(news, AppError):
            with account.catalog.writing() as connection:
                connection.execute("ALTER TABLE away RENAME TO usage_days")
            account.ledger.look_again()
        else:
            token.cancel()

    with pytest.raises(Cancelled):
        account.ledger.run(token, tell)
    assert [type(news) for news in told] == [CatalogProblem, BudgetState]
    assert account.on_disk()[0].calls == 2
    account.catalog.close()


def test_calls_that_cost_end_at_the_budget_before_they_are_made(account: Account) -> None:
    account.ledger.check(CallKind.SEARCH)
    account.set_budget(15)
    account.books.afford(ROW)
    account.books.arrived(ROW, 5)
    with pytest.raises(BudgetReached, match=r"\$15\.00 of the \$15\.00 .* Raise it .* or wait until 1 December\."):
        account.ledger.check(CallKind.SEARCH)
    for kind in (CallKind.UPLOAD, CallKind.IMPORT, CallKind.TRANSCRIPT, CallKind.DOWNLOAD):
        with pytest.raises(BudgetReached):
            account.ledger.check(kind)
    for kind in (CallKind.LIST, CallKind.TASK, CallKind.DELETE):
        account.ledger.check(kind)
    account.set_budget(20)
    account.ledger.check(CallKind.SEARCH)
    with pytest.raises(BudgetReached, match=r"would cost about \$15\.00"):
        account.books.afford(ROW)
    account.books.afford(replace(ROW, library_id="local"))
    account.day = date(2026, 12, 1)
    account.books.afford(ROW)


def test_rows_that_leave_side_by_side_count_before_they_have_arrived(account: Account) -> None:
    account.set_budget(40)
    sending = replace(ROW, item_id=0, state=UploadState.SENDING)
    (row, *_) = UploadsTable(account.catalog).add(
        [
            replace(sending, maybe_sent=True),
            sending,  # it is only being looked at
            replace(sending, maybe_sent=True, library_id="local"),
        ]
    )
    account.books.afford(replace(ROW, item_id=77))  # 15 on its way, and 15
    account.set_budget(29)
    account.books.afford(row)  # its own cost counts once
    with pytest.raises(BudgetReached):
        account.books.afford(replace(ROW, item_id=77))


def test_searches_that_are_not_written_yet_count(account: Account) -> None:
    account.set_budget(0.0001)
    account.ledger.count(CLOUD, SEARCH, is_paid=True)
    with pytest.raises(BudgetReached):
        account.ledger.check(CallKind.SEARCH)


def test_an_arrival_is_logged_and_charged_in_the_transaction_of_the_row(account: Account) -> None:
    log = TransferLogTable(account.catalog)
    with pytest.raises(ZeroDivisionError), account.catalog.writing():  # noqa: PT012 - what is undone comes first
        account.books.arrived(ROW, 5)
        raise ZeroDivisionError
    assert (log.ids(), account.ledger.budget().spent) == ((), 0)
    account.books.arrived(ROW, 5)
    account.books.arrived(replace(ROW, library_id="local"), None)
    local, cloud = log.entries(log.ids())
    assert (cloud.began_ms, cloud.cost, local.cost) == (5, 15, 0)
    assert account.on_disk() == (DayUsage(CLOUD, account.day, "/upload", cost=15),)


def test_what_was_counted_last_is_written_at_the_end(account: Account) -> None:
    account.ledger.count(CLOUD, SEARCH, is_paid=True)
    account.ledger.close()
    assert account.on_disk()[0].calls == 1


def record(number: int, **known: int) -> VideoRecord:
    return VideoRecord(f"VI{number}", "post", "PARSE", **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wish", "endpoint", "cost"),
    [
        (ImportWish(CLOUD, ImportKind.VIDEO, ("https://youtube.example/a.mp4",)), "/upload_url", 0.015),
        (ImportWish(CLOUD, ImportKind.POSTS, ("https://www.tiktok.com/@a/video/1",)), "/scraper_url", 0.019),
        (ImportWish(CLOUD, ImportKind.POSTS, ("https://youtu.be/a",)), "/scraper_url", 0.015 + 2.2),
        (ImportWish(CLOUD, ImportKind.CREATOR, ("https://www.youtube.com/@a",), True), "/scraper_public", 0.015 + 2.2),
        (ImportWish(CLOUD, ImportKind.TAGS, ("fog",), True), "/scraper_tag_public", 0.019),
    ],
)
def test_what_an_import_brought_is_charged_by_its_kind(
    account: Account, wish: ImportWish, endpoint: str, cost: float
) -> None:
    account.books.imported(wish, [record(1, duration_ms=60_000, size_bytes=1_000_000_000), record(2)])
    account.books.imported(replace(wish, library_id="https://own.example"), [record(1, duration_ms=60_000)])
    (row,) = account.on_disk()
    assert (row.endpoint, row.calls) == (endpoint, 0)
    assert row.cost == pytest.approx(cost)


def test_a_budget_that_stops_nothing_lets_calls_through_and_still_tells(account: Account) -> None:
    account.set_budget(0.0001)
    account.settings = replace(account.settings, budget_stops=False)
    account.ledger.spend("memories.ai", "/upload", 1.0)
    account.ledger.check(CallKind.UPLOAD, 5.0)
    state = account.ledger.budget()
    assert (state.level, state.holds_back) == (BudgetLevel.REACHED, False)
