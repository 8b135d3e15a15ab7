"""Row, line of the log and cost are on the disk together, whenever the program is killed."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.transfer_log import TransferLogTable
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.catalog.usage import UsageTable
from desktop_search.core.uploads import UploadState
from desktop_search.services.usage import today

KILLS = 6


@pytest.mark.slow
def test_no_arrival_is_without_its_line_and_its_cost(tmp_path: Path) -> None:
    file = tmp_path / "catalog.db"
    said = 0
    for number in range(KILLS):
        command = [sys.executable, "-m", "tests.unit.services.books_child", str(file)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[3])
        assert child.stdout is not None
        for _ in range(3 + 7 * number):
            assert child.stdout.readline() == b"arrived\n"
        child.kill()  # SIGKILL, wherever it is now
        said += 3 + 7 * number
        child.stdout.close()
        child.wait()
        with closing(Catalog(file)) as catalog:
            assert catalog.notice == ""
            arrived = len(UploadsTable(catalog).in_state(UploadState.INDEXING))
            assert arrived >= said
            assert len(TransferLogTable(catalog).ids()) == arrived
            assert UsageTable(catalog).spent(today()) == pytest.approx(arrived * 0.015)
