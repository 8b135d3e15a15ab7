"""A library that costs money: told before, started by hand, counted, logged, and stopped by the budget."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.errors import BudgetReached
from desktop_search.core.query import SearchQuery
from desktop_search.core.transfer_settings import PriceTable
from desktop_search.core.uploads import UploadState
from desktop_search.settings.folders import Folders
from tests.clips import Clip
from tests.contract.engine_child import EngineChild
from tests.e2e.acting import drop, type_query
from tests.e2e.conftest import active_window, items, wait_until_done
from tests.e2e.paid import KEY, stand_in

pytestmark = pytest.mark.display


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EngineChild]:
    with EngineChild(tmp_path / "server", key=KEY) as made:
        yield made


def test_nothing_is_sent_before_it_was_started_and_then_it_is_counted_and_logged(
    server: EngineChild, profile: Folders, qtbot: QtBot, footage: Clip, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(server, profile, monkeypatch)
    with active_window(profile, qtbot) as program:
        qtbot.waitUntil(lambda: not program.switch.library.is_local, timeout=20_000)
        strip = program.forecast_strip
        drop(program.uploads_pane, footage.path)
        qtbot.waitUntil(lambda: strip.isVisible(), timeout=20_000)
        assert "1 file" in strip.text
        assert items(program)[0].state is UploadState.READY
        assert _page(program) == "Nothing was sent yet"
        assert server.post_json("/list_videos", {}).data["videos"] == []
        qtbot.mouseClick(strip.start, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: _page(program) != "Nothing was sent yet", timeout=20_000)
        wait_until_done(qtbot, program, 1)
        assert items(program)[0].state is UploadState.SEARCHABLE, items(program)[0].cause
        qtbot.waitUntil(lambda: not strip.isVisible())
        assert type_query(program, qtbot, "green")

        program.commands.action("file.transfer-log").trigger()
        log = program.account.log.dialog
        assert log is not None
        qtbot.waitUntil(lambda: log.words == "1 line")
        log.close()
        services = program.services
        (line,) = services.transfer_log.entries(services.transfer_log.ids())
        assert (line.path, line.remote_id) == (footage.path, items(program)[0].remote_id)
        assert line.cost == pytest.approx(7_000 / 60_000 * 0.015, rel=0.05)
        usage = {row.endpoint: row for row in services.usage.month(services.usage.months()[0])}
        done = {endpoint: row.calls - row.failed for endpoint, row in usage.items()}
        assert done["/upload"] == 1
        assert done["/search"] >= 1  # one query may be several searches of the service
        assert usage["/upload"].sent_bytes > footage.path.stat().st_size
        assert usage["/upload"].cost == line.cost
        assert usage["/search"].cost == pytest.approx(done["/search"] * 0.0001)


def test_the_budget_holds_uploads_and_searches_until_it_is_raised_in_the_window(
    server: EngineChild, profile: Folders, qtbot: QtBot, footage: Clip, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = stand_in(server, profile, monkeypatch)
    change(limits={}, budget_month=0.05, prices=PriceTable(index_per_1000_min=1000))  # less than the footage costs
    with active_window(profile, qtbot) as program:
        qtbot.waitUntil(lambda: not program.switch.library.is_local, timeout=20_000)
        strip = program.forecast_strip
        drop(program.uploads_pane, footage.path)
        qtbot.waitUntil(lambda: "This passes the budget" in strip.text, timeout=20_000)
        qtbot.mouseClick(strip.start, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: "The budget is reached" in items(program)[0].cause, timeout=20_000)
        assert items(program)[0].state is UploadState.WAITING
        assert server.post_json("/list_videos", {}).data["videos"] == []

        program.services.usage.spend("memories.ai", "/search", 0.05)
        qtbot.waitUntil(lambda: any("budget is spent" in notice.text for notice in program.notices.notices))
        with qtbot.waitSignal(program.search.failed, timeout=20_000) as told:
            program.search_pane.run_query(SearchQuery("green"))
        assert isinstance(told.args[0], BudgetReached)
        said = [label.text() for label in program.results.findChildren(QLabel) if label.isVisible()]
        assert any("Raise it under File → Usage and costs" in text for text in said), said

        program.commands.action("file.usage").trigger()
        qtbot.waitUntil(lambda: program.account.usage.dialog is not None)
        dialog = program.account.usage.dialog
        assert dialog is not None
        dialog.choose_prices()
        qtbot.waitUntil(lambda: dialog.prices.budget.value() > 0)
        dialog.prices.budget.selectAll()
        qtbot.keyClicks(dialog.prices.budget, "20")
        qtbot.keyClick(dialog.prices.budget, Qt.Key.Key_Return)
        wait_until_done(qtbot, program, 1)  # by itself
        assert items(program)[0].state is UploadState.SEARCHABLE, items(program)[0].cause
        assert type_query(program, qtbot, "green")
        dialog.close()


def _page(program: Composition) -> str:
    """What stands in the middle while nothing has been asked."""
    return next(
        (
            label.text()
            for label in program.results.findChildren(QLabel)
            if label.property("role") == "heading" and label.isVisible()
        ),
        "",
    )
