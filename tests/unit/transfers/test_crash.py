"""A killed program forgets nothing and sends nothing twice."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.uploads import UploadState
from tests.support.waiting import wait_until

Footage = Callable[[str], Path]
DEADLINE_S = 60.0


class Machine:
    """What outlives the program: the catalog, the library, the footage."""

    def __init__(self, folder: Path) -> None:
        self.catalog_file, self.library = folder / "catalog.db", folder / "library"
        self.library.mkdir()

    def start(self, *paths: Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.unit.transfers.queue_child"]
        arguments = [str(self.catalog_file), str(self.library), *map(str, paths)]
        return subprocess.Popen([*command, *arguments], cwd=Path(__file__).parents[3])

    def states(self) -> list[str]:
        if not self.catalog_file.exists():
            return []
        with closing(Catalog(self.catalog_file)) as catalog:
            assert catalog.notice == ""
            return [item.state.value for item in UploadsTable(catalog).all()]

    def arrived(self) -> list[str]:
        return sorted(file.read_text().split(" ", 1)[1] for file in self.library.glob("VI*"))


def kill(child: subprocess.Popen[bytes]) -> None:
    child.kill()  # SIGKILL: no handler, no clean-up
    child.wait()


def test_killed_after_the_library_took_the_file_and_before_it_answered(tmp_path: Path, footage: Footage) -> None:
    machine = Machine(tmp_path)
    (machine.library / "hang").touch()
    names = ["a.mp4", "b.mp4", "c.mp4"]
    child = machine.start(*(footage(name) for name in names))
    wait_until(lambda: machine.arrived() == ["a.mp4", "b.mp4"], "they arrived", DEADLINE_S)  # two at a time
    kill(child)
    assert machine.states() == ["sending", "sending", "waiting"]
    (machine.library / "hang").unlink()
    child = machine.start()
    try:
        wait_until(lambda: machine.states() == ["searchable"] * 3, "all are searchable", DEADLINE_S)
    finally:
        kill(child)
    assert machine.arrived() == names


@pytest.mark.slow
def test_killed_again_and_again_at_any_moment(tmp_path: Path, footage: Footage) -> None:
    machine = Machine(tmp_path)
    names = [f"{number:02}.mp4" for number in range(30)]
    paths = [footage(name) for name in names]
    child = machine.start(*paths)
    wait_until(lambda: len(machine.states()) == len(names), "they are in the catalog", DEADLINE_S)
    for arrived in (3, 8, 14, 21):
        wait_until(lambda arrived=arrived: len(machine.arrived()) >= arrived, "they arrived", DEADLINE_S)  # type: ignore[misc]
        kill(child)
        assert len(machine.states()) == len(names)
        assert set(machine.states()) <= {state.value for state in UploadState} - {"failed"}
        child = machine.start()
    try:
        wait_until(lambda: machine.states() == ["searchable"] * len(names), "all are searchable", DEADLINE_S)
    finally:
        kill(child)
    assert machine.arrived() == names
