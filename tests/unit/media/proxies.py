"""Proxies made in the test's own process, and what ffprobe says of them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import av
import numpy as np

from desktop_search.media.proxy import make_proxy
from desktop_search.media.proxy_job import MadePart, ProxyJob
from tests.clips import read_frame_number


def proxy_of(path: Path, folder: Path, max_bytes: int = 10**9) -> tuple[MadePart, ...]:
    folder.mkdir(exist_ok=True)
    return make_proxy(ProxyJob(path, folder, max_bytes), lambda _permille: None)


def ffprobe(path: Path) -> dict[str, Any]:
    command = ["ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_streams", str(path)]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))


def ffmpeg(*arguments: str | Path) -> None:
    subprocess.run(["ffmpeg", "-v", "error", "-y", *map(str, arguments)], check=True)


def numbered_frames(paths: Sequence[Path]) -> list[int]:
    """The numbers in the pixels of all frames, in order."""
    found = []
    for path in paths:
        with av.open(str(path)) as container:
            found += [
                read_frame_number(frame.to_ndarray(format="rgb24").astype(np.uint8))
                for frame in container.decode(video=0)
            ]
    return found


def frame_times_ms(path: Path) -> list[float]:
    with av.open(str(path)) as container:
        return [float(frame.pts * frame.time_base * 1000) for frame in container.decode(video=0)]  # type: ignore[operator]
