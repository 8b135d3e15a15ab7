"""A library that costs money: told before, started by hand, counted, logged, and stopped by the budget."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

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
        assert server.post_json("/list_videos", {}).data["videos"] == []
        qtbot.mouseClick(strip.start, Qt.MouseButton.LeftButton)
        wait_until_done(qtbot, program, 1)
        assert items(program)[0].state is UploadState.SEARCHABLE, items(program)[0].cause
        qtbot.waitUntil(lambda: not strip.isVisible())
        assert type_query(program, qtbot, "green")

        services = program.services
        (line,) = services.transfer_log.entries(services.transfer_log.ids())
        assert (line.path, line.remote_id) == (footage.path, items(program)[0].remote_id)
        assert line.cost == pytest.approx(7_000 / 60_000 * 0.015, rel=0.05)
        usage = {row.endpoint: row for row in services.usage.month(services.usage.months()[0])}
        assert (usage["/upload"].calls, usage["/search"].calls) == (1, 1)
        assert usage["/upload"].sent_bytes > footage.path.stat().st_size
        assert usage["/upload"].cost == line.cost
        assert usage["/search"].cost == pytest.approx(0.0001)
