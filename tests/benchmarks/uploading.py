"""Sending a large file to the engine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from desktop_search.api.client import VisualSearchClient
from desktop_search.core.footage import FootageDetails
from desktop_search.core.token import CancelToken
from tests.benchmarks.measuring import Measured, compare
from tests.contract.engine_child import BASE, KEY, EngineChild

_RUNS = 5
_HEAD = (24).to_bytes(4, "big") + b"ftypisom\0\0\2\0isommp41"
_KEEP_MEMORY = {"MALLOC_TRIM_THRESHOLD_": str(1 << 27), "MALLOC_MMAP_THRESHOLD_": str(1 << 27)}


def uploading(folder: Path, size_bytes: int) -> Iterator[Measured]:
    """The program's own client to the engine against curl, to the engine's HTTP server with nothing behind it."""
    file = folder / "large.mp4"
    with file.open("wb") as made:  # no video but for its head: the engine takes it, and finds that out at once
        made.write(_HEAD)
        made.truncate(size_bytes)
    with EngineChild(folder / "data") as engine, _sink({}) as sink, _sink(_KEEP_MEMORY) as thrifty_sink:
        client = VisualSearchClient(engine.url, KEY)

        def delete_all() -> None:
            rows = engine.post_json("/list_videos", {"unique_id": "default"}).data["videos"]
            if rows:
                engine.post_json("/delete_videos?unique_id=default", [row["video_no"] for row in rows])

        def by_client() -> None:
            client.upload_video(file, FootageDetails(), token=CancelToken(), on_sent=lambda sent: None)

        def by_curl() -> None:
            _curl(file, engine.url + BASE + "/upload")

        before = [_memory_mib(pid, "VmRSS") for pid in (os.getpid(), engine.process.pid)]
        what = f"upload of {size_bytes / 1e9:.1f} GB"
        first = compare(what, by_client, _SINK, lambda: _curl(file, sink), _RUNS, after_each=delete_all)
        most = [_memory_mib(pid, "VmHWM") for pid in (os.getpid(), engine.process.pid)]
        grown = [round(after - rest) for after, rest in zip(most, before, strict=True)]
        yield replace(first, what=f"{what} (memory: client +{grown[0]} MiB, engine +{grown[1]} MiB)")
        yield compare(what, by_client, _THRIFTY, lambda: _curl(file, thrifty_sink), _RUNS, after_each=delete_all)
        yield compare(what, by_client, "curl sends it to the engine", by_curl, _RUNS, after_each=delete_all)
        client.close()


_SINK = "curl sends it to the same HTTP server and parser, which drop it"
_THRIFTY = "the same with an allocator that never gives memory back"


def _curl(file: Path, address: str) -> None:
    form, key = f"file=@{file};type=video/mp4", f"Authorization: {KEY}"
    command = ["curl", "-sS", "--fail", "-o", "/dev/null", "-H", key, "-H", "Expect:", "-F", form]
    subprocess.run([*command, address], check=True)


@contextmanager
def _sink(environment: Mapping[str, str]) -> Iterator[str]:
    """The address of a server that drops what it gets."""
    command = [sys.executable, "-m", "tests.benchmarks.sink"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **environment}) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


def _memory_mib(pid: int, which: str) -> float:
    """What a process takes now (VmRSS), or took at most (VmHWM). Linux alone says so."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(which))
