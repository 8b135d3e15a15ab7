"""What a tool knows completes the rows of a drop, and never holds it up."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_search.core.footage import FootageDetails
from tests.clips import Scene
from tests.clips.fixtures import ClipCache
from tests.support.programs import write_program
from tests.unit.transfers.conftest import QueueBench

SAYS = {
    "Make": "Panasonic",
    "Model": "HC-X2000",
    "DateTimeOriginal": "2026:03:14 10:20:00+01:00",
    "GPSLatitude": 48.8577,
    "GPSLongitude": 2.295,
    "TimeCode": "01:02:03:04",
}


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where an ExifTool that knows everything about every file writes what it was asked; each call is a line."""
    folder, log = tmp_path / "bin", tmp_path / "asked"
    folder.mkdir()
    lines = (
        "import json, sys",
        "files = [each for each in sys.argv if each.endswith(('.mts', '.mkv'))]",
        f"open({str(log)!r}, 'a').write(' '.join(files) + '\\n')",
        f"print(json.dumps([{{'SourceFile': each}} | {SAYS!r} for each in files]))",
    )
    write_program(folder / "exiftool", "\n".join(lines))
    monkeypatch.setenv("PATH", str(folder))
    return log


def test_what_is_missing_is_asked_for_and_nothing_else(bench: QueueBench, clips: ClipCache, asked: Path) -> None:
    bare = clips.get("bare.mts", [Scene(1, "purple")], size=(320, 180)).path
    tags = {"make": "Sony", "model": "FX6", "creation_time": "2026-01-01T00:00:00Z"}
    known = clips.get("known.mkv", [Scene(1, "purple")], size=(320, 180), metadata=tags).path
    mine = FootageDetails(latitude=1.5, longitude=2.5)
    first, second = bench.add(bare, known, details=mine).added
    assert asked.read_text().split() == [str(bare)]
    assert first.details.taken is not None
    assert first.details.taken.isoformat() == "2026-03-14T09:20:00+00:00"
    assert (first.details.camera, first.details.latitude, first.details.longitude) == ("Panasonic HC-X2000", 1.5, 2.5)
    assert first.facts.start_timecode == "01:02:03:04"
    assert (second.details.camera, second.facts.start_timecode) == ("Sony FX6", "")


def test_a_tool_that_fails_is_not_asked_again_in_this_drop(
    bench: QueueBench, clips: ClipCache, asked: Path, tmp_path: Path
) -> None:
    write_program(tmp_path / "bin" / "exiftool", f"open({str(asked)!r}, 'a').write('asked\\n')\n")
    data = clips.get("bare.mts", [Scene(1, "purple")], size=(320, 180)).path.read_bytes()
    for number in range(60):
        (tmp_path / f"{number}.mts").write_bytes(data + bytes([number]))
    assert len(bench.add(tmp_path).added) == 60
    assert asked.read_text() == "asked\n"


def test_nonsense_is_not_taken_over(bench: QueueBench, clips: ClipCache, asked: Path, tmp_path: Path) -> None:
    program = tmp_path / "bin" / "exiftool"
    says = SAYS | {"GPSLatitude": 900, "TimeCode": "99:99:99:99", "DateTimeOriginal": "0000:00:00 00:00:00"}
    program.write_text(program.read_text().replace(repr(SAYS), repr(says)))
    path = clips.get("bare.mts", [Scene(1, "purple")], size=(320, 180)).path
    (row,) = bench.add(path).added
    assert (row.details.camera, row.details.taken, row.details.latitude) == ("Panasonic HC-X2000", None, None)
    assert row.facts.start_timecode == ""
