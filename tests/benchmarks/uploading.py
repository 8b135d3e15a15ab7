"""Sending a large file to the engine."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from desktop_search.api.client import VisualSearchClient
from desktop_search.core.footage import FootageDetails
from desktop_search.core.token import CancelToken
from tests.benchmarks.measuring import Measured, compare
from tests.contract.engine_child import BASE, KEY, EngineChild

_RUNS = 3


def uploading(folder: Path, size_bytes: int) -> Iterator[Measured]:
    """The program's own client against curl, to the same route of the same engine."""
    file = folder / "large.mp4"
    with file.open("wb") as made:  # not a video: the engine takes it, and finds that out at once
        piece = bytes(range(256)) * 4096
        for _ in range(size_bytes // len(piece)):
            made.write(piece)
    with EngineChild(folder / "data") as engine:
        client = VisualSearchClient(engine.url, KEY)

        def delete_all() -> None:
            rows = engine.post_json("/list_videos", {"unique_id": "default"}).data["videos"]
            if rows:
                engine.post_json("/delete_videos?unique_id=default", [row["video_no"] for row in rows])

        def by_client() -> None:
            client.upload_video(file, FootageDetails(), token=CancelToken(), on_sent=lambda sent: None)

        def by_curl() -> None:
            form, key = f"file=@{file};type=video/mp4", f"Authorization: {KEY}"
            command = ["curl", "-sS", "-o", "/dev/null", "-H", key, "-H", "Expect:", "-F", form]
            subprocess.run([*command, engine.url + BASE + "/upload"], check=True)

        what = f"upload of {size_bytes / 1e9:.1f} GB"
        yield compare(what, by_client, "curl sends the same file", by_curl, _RUNS, after_each=delete_all)
        client.close()
