"""A window with a real catalog behind it, for the dialogs about the account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.transfer_log import TransferLogTable
from desktop_search.core.transfer_log import LogEntry, SentAs
from desktop_search.core.uploads import MediaKind
from desktop_search.jobs.runner import JobRunner
from desktop_search.ui.style.theme import Theme, apply_theme
from tests.support.focus import wait_exposed

LINE = LogEntry(
    entry_id=0,
    library_id="memories.ai",
    path=Path("/Volumes/Card/A0001.mp4"),
    kind=MediaKind.VIDEO,
    sent_as=SentAs.AS_IS,
    size_bytes=240_000_000,
    fingerprint="f00dfeedf00dfeed",
    remote_id="VI687954832241201152",
    began_ms=1_795_267_000_000,
    ended_ms=1_795_267_020_000,
    cost=0.0171,
)


@dataclass
class Office:
    """A catalog, a runner, and the window that dialogs stand before."""

    qtbot: QtBot
    window: QWidget
    catalog: Catalog
    runner: JobRunner

    def log(self, *lines: LogEntry) -> None:
        with self.catalog.writing():
            for line in lines:
                TransferLogTable(self.catalog).add(line)


def numbered(count: int) -> list[LogEntry]:
    return [replace(LINE, path=Path(f"/Volumes/Card/A{number:06}.mp4")) for number in range(count)]


@pytest.fixture
def office(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Office]:
    apply_theme(qapp, Theme.DARK)
    window, runner, catalog = QWidget(), JobRunner(), Catalog(tmp_path / "catalog.db")
    qtbot.addWidget(window)
    window.show()
    wait_exposed(qtbot, window)
    yield Office(qtbot, window, catalog, runner)
    assert runner.shut_down() == []
    catalog.close()
