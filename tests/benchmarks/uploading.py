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
    large_file(file, size_bytes)
    with (
        EngineChild(folder / "data") as engine,
        sink("sink", {}) as plain_sink,
        sink("sink", _KEEP_MEMORY) as thrifty,
    ):
        client = VisualSearchClient(engine.url, KEY)

        def delete_all() -> None:
            rows = engine.post_json("/list_videos", {"unique_id": "default"}).data["videos"]
            if rows:
                engine.post_json("/delete_videos?unique_id=default", [row["video_no"] for row in rows])

        def by_client() -> None:
            client.upload_video(file, FootageDetails(), token=CancelToken(), on_sent=lambda sent: None)

        def by_curl() -> None:
            curl(file, engine.url + BASE + "/upload")

        before = [memory_mib(pid, "VmRSS") for pid in (os.getpid(), engine.process.pid)]
        what = f"upload of {size_bytes / 1e9:.1f} GB"
        first = compare(what, by_client, _SINK, lambda: curl(file, plain_sink), _RUNS, after_each=delete_all)
        most = [memory_mib(pid, "VmHWM") for pid in (os.getpid(), engine.process.pid)]
        grown = [round(after - rest) for after, rest in zip(most, before, strict=True)]
        yield replace(first, what=f"{what} (memory: client +{grown[0]} MiB, engine +{grown[1]} MiB)")
        yield compare(what, by_client, _THRIFTY, lambda: curl(file, thrifty), _RUNS, after_each=delete_all)
        yield compare(what, by_client, "curl sends it to the engine", by_curl, _RUNS, after_each=delete_all)
        client.close()


_SINK = "curl sends it to the same HTTP server and parser, which drop it"
_THRIFTY = "the same with an allocator that never gives memory back"


def large_file(file: Path, size_bytes: int) -> None:
    """No video but for its head: the engine takes it, and finds that out at once."""
    with file.open("wb") as made:
        made.write(_HEAD)
        made.truncate(size_bytes)


def curl(file: Path, address: str, *more: str) -> None:
    """Let curl send the file as a form."""
    form, key = f"file=@{file};type=video/mp4", f"Authorization: {KEY}"
    command = ["curl", "-sS", "--fail", "-o", "/dev/null", "-H", key, "-H", "Expect:", "-F", form]
    subprocess.run([*command, *more, address], check=True)


@contextmanager
def sink(module: str, environment: Mapping[str, str], *arguments: str) -> Iterator[str]:
    """The address of a server of ours that drops what it gets."""
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **environment}) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


def memory_mib(pid: int, which: str) -> float:
    """What a process takes now (VmRSS), or took at most (VmHWM). Linux alone says so."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(which))
