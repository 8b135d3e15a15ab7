"""`python -m tests.benchmarks [NAME…] [--json FILE]`: how fast the program is, beside how fast it could be."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path

from tests.benchmarks.big_library import big_library
from tests.benchmarks.client_upload import client_upload
from tests.benchmarks.encoding import encoding
from tests.benchmarks.exporting import exporting
from tests.benchmarks.indexing import indexing
from tests.benchmarks.listening import listening
from tests.benchmarks.measuring import Measured, table
from tests.benchmarks.searching import searching
from tests.benchmarks.uploading import uploading
from tests.benchmarks.vectors import vectors


def main() -> None:
    """Measure what is named, or everything."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(_BENCHMARKS))
    parser.add_argument("--segments", type=int, default=50_000, help="size of the library that is searched")
    parser.add_argument("--big-segments", type=int, default=180_000, help="size of 100 hours, which are searched")
    parser.add_argument("--huge-segments", type=int, default=1_000_000, help="size of what is held in memory")
    parser.add_argument("--vectors", type=int, default=1_000_000, help="how many vectors are scanned")
    parser.add_argument("--upload-bytes", type=int, default=3 * 10**9, help="size of the file that is sent")
    parser.add_argument("--queue-rows", type=int, default=10_000, help="rows of the upload queue that is shown")
    parser.add_argument("--select-rows", type=int, default=5000, help="how many selects are in the bin")
    parser.add_argument("--result-rows", type=int, default=1000, help="how many results are shown")
    parser.add_argument("--map-clips", type=int, default=20_000, help="how many clips the map shows")
    parser.add_argument("--library-items", type=int, default=20_000, help="how many items of a library are shown")
    parser.add_argument("--selects", type=int, default=5000, help="how many selects are exported")
    parser.add_argument("--clip-seconds", type=float, default=60, help="length of the clip that is indexed")
    parser.add_argument("--program", type=Path, help="an installed program, to be started instead of the source tree's")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers here too")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(_BENCHMARKS):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    names = arguments.names or list(_BENCHMARKS)
    rows: list[Measured] = []
    for name in names:
        with tempfile.TemporaryDirectory(prefix="desktop-search-benchmark-", ignore_cleanup_errors=True) as folder:
            measure = _BENCHMARKS[name] if len(names) == 1 else partial(_apart, name)
            rows += measure(Path(folder), arguments)
    sys.stdout.write(table(rows) + "\n")
    if arguments.json:
        arguments.json.write_text(json.dumps([asdict(row) | {"ratio": row.ratio} for row in rows], indent=2) + "\n")


def _apart(name: str, folder: Path, arguments: argparse.Namespace) -> list[Measured]:
    """In a process of its own: a display, Qt and what the one before has left in memory are no part of it."""
    numbers = folder / "numbers.json"
    options = {key.replace("_", "-"): value for key, value in vars(arguments).items() if value is not None}
    given = [f"--{key}={value}" for key, value in (options | {"json": numbers}).items() if key != "names"]
    command = [sys.executable, "-m", "tests.benchmarks", name, *given]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    found = json.loads(numbers.read_text())
    return [Measured(**{key: value for key, value in row.items() if key != "ratio"}) for row in found]


def _cueing(folder: Path) -> Iterator[Measured]:
    from tests.benchmarks.cueing import cueing  # loads Qt, which the others do without

    return cueing(folder)


def _queue_pane(folder: Path, rows: int) -> Iterator[Measured]:
    from tests.benchmarks.queue_pane import queue_pane  # as above

    return queue_pane(folder, rows)


def _selects_list(folder: Path, rows: int) -> Iterator[Measured]:
    from tests.benchmarks.selects_list import selects_list  # as above

    return selects_list(folder, rows)


def _results(rows: int) -> Iterator[Measured]:
    from tests.benchmarks.results import results  # as above

    return results(rows)


def _library_page(folder: Path, items: int) -> Iterator[Measured]:
    from tests.benchmarks.library_page import library_page  # as above

    return library_page(folder, items)


def _palette() -> Iterator[Measured]:
    from tests.benchmarks.palette import palette  # as above

    return palette()


def _map(clips: int) -> Iterator[Measured]:
    from tests.benchmarks.map_canvas import map_canvas  # as above

    return map_canvas(clips)


def _start(folder: Path, program: Path | None) -> Iterator[Measured]:
    from tests.benchmarks.start import start  # as above

    return start(folder, program)


_BENCHMARKS: dict[str, Callable[[Path, argparse.Namespace], Iterator[Measured]]] = {
    "start": lambda folder, arguments: _start(folder, arguments.program),
    "search": lambda folder, arguments: searching(folder, arguments.segments),
    "big": lambda folder, arguments: big_library(folder, arguments.big_segments, arguments.huge_segments),
    "vectors": lambda _, arguments: vectors(arguments.vectors),
    "upload": lambda folder, arguments: uploading(folder, arguments.upload_bytes),
    "client_upload": lambda folder, arguments: client_upload(folder, arguments.upload_bytes),
    "index": lambda folder, arguments: indexing(folder, arguments.clip_seconds),
    "embed": lambda folder, _: encoding(folder),
    "listen": lambda folder, _: listening(folder),
    "cue": lambda folder, _: _cueing(folder),
    "results": lambda _, arguments: _results(arguments.result_rows),
    "map": lambda _, arguments: _map(arguments.map_clips),
    "library": lambda folder, arguments: _library_page(folder, arguments.library_items),
    "export": lambda folder, arguments: exporting(folder, arguments.selects),
    "palette": lambda _, __: _palette(),
    "selects": lambda folder, arguments: _selects_list(folder, arguments.select_rows),
    "queue_pane": lambda folder, arguments: _queue_pane(folder, arguments.queue_rows),
}

if __name__ == "__main__":
    main()
