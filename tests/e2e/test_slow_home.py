"""A profile on a drive that answers late and shares no memory, as on a network: the window works and never waits."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_search.settings.folders import Folders
from tests.clips import Clip
from tests.e2e.acting import drop, type_query
from tests.e2e.conftest import active_window, items, wait_until_done
from tests.e2e.test_never_blocks import next_hit
from tests.support.slow_drive import SlowDrive, slow_drive, why_not

pytestmark = [
    pytest.mark.display,
    pytest.mark.slow,
    pytest.mark.skipif(bool(why_not()), reason=why_not()),
]
LATE_MS = 2


def waited_for(drive: SlowDrive, begun: int) -> list[str]:
    """What this thread, the window's, has asked of the drive since."""
    return [what for thread, what in drive.asked()[begun:] if thread == threading.get_native_id()]


def test_the_window_never_waits_for_the_drive(qtbot: QtBot, tmp_path: Path, footage: Clip) -> None:
    with slow_drive(tmp_path / "far", LATE_MS) as drive:
        with closing(sqlite3.connect(drive.place / "any.db")) as database:
            database.execute("PRAGMA journal_mode=WAL")  # what is done on other disks cannot be done on this one
            with pytest.raises(sqlite3.OperationalError):
                database.execute("CREATE TABLE kept (name)")
        profile = Folders.for_user(drive.place)
        profile.create()
        with active_window(profile, qtbot) as program:
            begun = len(drive.asked())
            drop(program.uploads_pane, footage.path)
            wait_until_done(qtbot, program, 1)
            type_query(program, qtbot, "green")
            next_hit(program, qtbot, 0)
            program.commands.run("results.select")
            qtbot.waitUntil(lambda: len(program.selects.tab.model.selects) == 1, timeout=20_000)
            assert waited_for(drive, begun) == []
        with active_window(profile, qtbot) as program:
            qtbot.waitUntil(lambda: len(items(program)) == 1, timeout=20_000)
            assert program.notices.notices == []
