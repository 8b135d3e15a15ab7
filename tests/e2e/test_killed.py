"""The window is killed as hard as can be: the engine and its workers end with it, and the next run goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.uploads import UploadState
from desktop_search.settings.folders import Folders
from tests.clips import Scene, make_clip
from tests.e2e.acting import type_query
from tests.e2e.conftest import active_window, items, wait_until_done
from tests.support.waiting import wait_until

pytestmark = pytest.mark.display


def descendants(pid: int) -> set[int]:
    """The processes below `pid`."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        children = {int(word) for thread in threads for word in (thread / "children").read_text().split()}
    except OSError:  # it has ended
        return set()
    return children | {below for child in children for below in descendants(child)}


def is_running(pid: int) -> bool:
    """Whether the process is there and no zombie."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def states(profile: Folders) -> list[UploadState]:
    if not profile.catalog_file.exists():
        return []
    catalog = Catalog(profile.catalog_file)
    try:
        return [item.state for item in UploadsTable(catalog).all()]
    finally:
        catalog.close()


@pytest.fixture
def footage_files(tmp_path: Path) -> list[Path]:
    """Enough to be at work for a while."""
    scenes = [Scene(15, "red"), Scene(15, "green"), Scene(15, "blue")]
    return [make_clip(tmp_path / f"take {number}.mp4", scenes, clip_id=number).path for number in (1, 2, 3)]


@pytest.fixture
def started(profile: Folders, footage_files: list[Path]) -> Iterator[subprocess.Popen[bytes]]:
    """The program as a user starts it, with footage on its command line."""
    command = [sys.executable, "-m", "desktop_search", "--profile-dir", str(profile.data.parent)]
    process = subprocess.Popen([*command, *map(str, footage_files)], stderr=subprocess.DEVNULL)
    yield process
    process.kill()
    process.wait(30)


def test_nothing_outlives_a_killed_window_and_the_queue_goes_on(
    started: subprocess.Popen[bytes], profile: Folders, footage_files: list[Path], qtbot: QtBot
) -> None:
    wait_until(lambda: UploadState.INDEXING in states(profile), "a file is being indexed", 60)
    wait_until(lambda: len(descendants(started.pid)) >= 2, "the engine has a worker", 60)
    family = descendants(started.pid)
    os.kill(started.pid, signal.SIGKILL)
    started.wait(30)
    wait_until(lambda: not any(is_running(pid) for pid in family), "the engine and its workers have ended", 30)

    with active_window(profile, qtbot) as program:
        wait_until_done(qtbot, program, len(footage_files))
        assert {item.state for item in items(program)} == {UploadState.SEARCHABLE}
        assert len({item.remote_id for item in items(program)}) == len(footage_files)
        assert {hit.name for hit in type_query(program, qtbot, "green")} == {path.stem for path in footage_files}
        assert not program.notices.notices
