"""The program is killed at 50 points of a queue of 20 files, and ends with 20 videos in the library, none twice."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.uploads import UploadItem, UploadState
from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import KEY, EngineChild

FILES = 20
# Where it is killed, how often, and within how many times of that. Together they are all of a file's way: taken in,
# fingerprinted, noted as leaving, under way, answered, noted as arrived, looked up, indexed.
POINTS = {
    "before the commit": (9, 3),
    "after the commit": (9, 3),
    "before the fingerprint": (8, 1),
    "before the request": (8, 1),
    "bytes have left": (7, 1),
    "after the answer": (5, 1),
    "after a list": (4, 1),
}


class Program:
    """What is started and killed again and again, over one catalog and one folder of footage."""

    def __init__(self, engine: EngineChild, catalog_file: Path, footage: Path) -> None:
        self.catalog_file, self._engine = catalog_file, engine
        command = [sys.executable, "-m", "tests.contract.queue_kill_child", engine.url, KEY]
        self._process = subprocess.Popen(
            [*command, str(catalog_file), str(footage)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, point: str, number: int) -> int:
        """One life, up to that point; the exit code, negative for a signal."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{point} {number}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def rows(self) -> tuple[UploadItem, ...]:
        with closing(Catalog(self.catalog_file)) as catalog:
            assert catalog.notice == ""
            return UploadsTable(catalog).all()

    def videos(self) -> set[str]:
        """What the library has."""
        page = self._engine.post_json("/list_videos", {"size": 200}).data
        assert int(page["total_count"]) == len(page["videos"])
        return {str(video["video_no"]) for video in page["videos"]}

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        assert self._process.wait(30) == 0
        self._process.stdout.close()


@pytest.fixture
def program(tmp_path: Path, clips: ClipCache) -> Iterator[Program]:
    footage = tmp_path / "card"
    footage.mkdir()
    clip = clips.silent().path.read_bytes()
    for number in range(FILES):  # contents of their own, and names that a second folder has too
        path = footage / f"day {number % 2}" / f"C{number // 2:04}.mp4"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(clip + (12).to_bytes(4, "big") + b"free" + number.to_bytes(4, "big"))
    with EngineChild(tmp_path / "engine") as engine:
        made = Program(engine, tmp_path / "catalog.db", footage)
        yield made
        made.close()


@pytest.mark.slow
def test_killed_at_fifty_points_every_file_arrives_once(program: Program) -> None:
    dice = random.Random(20)
    points = [point for point, (often, _) in POINTS.items() for _ in range(often)]
    dice.shuffle(points)
    endings: Counter[int] = Counter()
    for point in points:
        endings[program.run(point, dice.randint(1, POINTS[point][1]))] += 1
    assert endings == {-signal.SIGKILL: 50}
    assert program.run("end", 0) == 0

    rows = program.rows()
    assert len(rows) == FILES
    assert {row.state for row in rows} == {UploadState.SEARCHABLE}, [row.cause for row in rows]
    assert len({row.remote_id for row in rows}) == FILES
    with closing(Catalog(program.catalog_file)) as catalog:
        assert LocalFilesTable(catalog).ids(rows[0].library_id) == {row.remote_id for row in rows}
    assert program.videos() == {row.remote_id for row in rows}
