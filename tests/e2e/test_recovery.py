"""The engine is killed, files of the profile are damaged, the disk is full: the window stays, says it, and goes on."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.bootstrap.window import open_window
from desktop_search.core.query import SearchQuery
from desktop_search.core.uploads import UploadState
from desktop_search.settings.folders import Folders
from tests.clips import Clip, Scene, make_clip
from tests.clips.fixtures import ClipCache
from tests.e2e.acting import drop, type_query
from tests.e2e.conftest import items, wait_until_done
from tests.support.logs import ExpectedLogs

pytestmark = pytest.mark.display


def engine_pid(program: Composition) -> int:
    pid = program.services.engine.pid
    assert pid is not None
    return pid


def is_running(pid: int) -> bool:
    """Whether the process is there and no zombie."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def test_the_engine_killed_while_it_indexes_is_started_again(
    program: Composition, qtbot: QtBot, tmp_path: Path
) -> None:
    film = make_clip(tmp_path / "long.mp4", [Scene(20, "red"), Scene(20, "green")], size=(640, 360))
    drop(program.uploads_pane, film.path)
    qtbot.waitUntil(lambda: any(item.state is UploadState.INDEXING for item in items(program)), timeout=60_000)
    killed = engine_pid(program)
    os.kill(killed, signal.SIGKILL)
    qtbot.waitUntil(lambda: not is_running(killed))
    wait_until_done(qtbot, program, 1)
    assert items(program)[0].state is UploadState.SEARCHABLE, items(program)[0].cause
    assert engine_pid(program) != killed
    assert type_query(program, qtbot, "green")
    assert not program.notices.notices


def test_the_engine_killed_before_and_while_it_searches_is_started_again(
    program: Composition, qtbot: QtBot, footage: Clip
) -> None:
    drop(program.uploads_pane, footage.path)
    wait_until_done(qtbot, program, 1)
    os.kill(engine_pid(program), signal.SIGKILL)
    assert type_query(program, qtbot, "green")
    stopped = engine_pid(program)
    os.kill(stopped, signal.SIGSTOP)  # holds the search in the engine until the engine is gone
    with qtbot.waitSignal(program.search.answered, timeout=30_000):
        program.search_pane.run_query(SearchQuery("red"))
        os.kill(stopped, signal.SIGKILL)
    assert program.results.hits()
    assert not program.notices.notices


def test_a_damaged_catalog_is_set_aside_and_said(profile: Folders, qtbot: QtBot, footage: Clip) -> None:
    profile.catalog_file.write_bytes(b"SQLite format 3\0" + os.urandom(9000))
    with open_window(profile) as program:
        assert "damaged" in program.notices.notices[0].text
        drop(program.uploads_pane, footage.path)
        wait_until_done(qtbot, program, 1)
    assert profile.catalog_file.with_name("catalog.db.damaged-1").exists()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe\0", b"[1, 2]", b'{"theme": 7, "volume": "loud", "window_layout": 1}']
)
def test_damaged_preferences_do_not_keep_the_window_from_opening(
    profile: Folders, qtbot: QtBot, content: bytes, expected_logs: ExpectedLogs
) -> None:
    profile.preferences_file.write_bytes(content)
    damaged = not content.startswith(b'{"')
    if damaged:
        expected_logs.expect("preferences damaged")
    with open_window(profile) as program:
        said = [notice.text for notice in program.notices.notices]
        assert ("The preferences were damaged" in " ".join(said)) is damaged
        qtbot.waitUntil(lambda: program.services.engine.is_running, timeout=30_000)


def test_nonsense_in_the_preferences_is_not_obeyed(profile: Folders, qtbot: QtBot) -> None:
    profile.preferences_file.write_text(
        '{"theme": "pink", "library_id": "ftp://nowhere", "custom_server": "not an address", "volume": 5000,'
        ' "window_layout": "AAAA //// %%%%"}'
    )
    with open_window(profile) as program:
        qtbot.waitUntil(lambda: bool(program.notices.notices), timeout=20_000)
        assert program.switch.library.is_local
        assert program.player_pane.volume == 100
        qtbot.waitUntil(lambda: program.services.engine.is_running, timeout=30_000)


class SmallDisk:
    """A disk of 3 MB where one may be mounted; elsewhere a catalog that may not grow, which SQLite calls full too."""

    def __init__(self, place: Path) -> None:
        self.place = place
        mounting = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)]
        self._is_mounted = subprocess.run(mounting, capture_output=True, check=False).returncode == 0

    def fill(self, program: Composition) -> None:
        if not self._is_mounted:
            program.services.catalog._writer.execute("PRAGMA max_page_count = 1")
            return
        handle = os.open(self.place / "filler", os.O_WRONLY | os.O_CREAT)
        with suppress(OSError):
            while os.write(handle, bytes(1024)):
                pass
        os.close(handle)

    def free(self, program: Composition) -> None:
        (self.place / "filler").unlink(missing_ok=True)
        program.services.catalog._writer.execute("PRAGMA max_page_count = 1000000")

    def close(self) -> None:
        if self._is_mounted:
            subprocess.run(["umount", "-l", str(self.place)], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    (tmp_path / "disk").mkdir()
    made = SmallDisk(tmp_path / "disk")
    yield made
    made.close()


def test_a_full_disk_is_said_and_what_was_in_the_list_stays(
    disk: SmallDisk, qtbot: QtBot, footage: Clip, clips: ClipCache, tmp_path: Path
) -> None:
    folders = Folders.for_user(disk.place / "profile")
    folders.create()
    deep = tmp_path.joinpath(*["a folder far down " * 10] * 15)  # a name that fills a page of the catalog
    deep.mkdir(parents=True)
    more = [shutil.copy(clip.path, deep) for clip in (clips.silent(), clips.harbour())]
    with open_window(folders) as program:
        drop(program.uploads_pane, footage.path)
        wait_until_done(qtbot, program, 1)
        disk.fill(program)
        drop(program.uploads_pane, *map(Path, more))
        qtbot.waitUntil(lambda: bool(program.notices.notices), timeout=30_000)
        assert "full" in program.notices.notices[0].text
        assert "Free some space" in program.notices.notices[0].text
        assert type_query(program, qtbot, "green")
        disk.free(program)
        drop(program.uploads_pane, *map(Path, more))
        wait_until_done(qtbot, program, 3)
        assert {item.state for item in items(program)} == {UploadState.SEARCHABLE}
