"""An engine with a public library: posts are put into its record before it starts, as its imports would."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from desktop_search.engine.library.accounts import PUBLIC_SCOPE
from desktop_search.engine.store.rows import UNPARSE, Post, Video
from desktop_search.engine.store.store import Store
from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import EngineChild
from tests.support.waiting import wait_until

CAPTION = 'Storm crossing! "hold on"\n#ferry ⛴'
TIKTOK = Post("TIKTOK", "7543000000000000001", "https://www.tiktok.com/@harbourmaster/video/7543000000000000001")
YOUTUBE = Post("YOUTUBE", "abc123DEF45", "https://www.youtube.com/watch?v=abc123DEF45")


@dataclass(frozen=True)
class Shared:
    """An engine whose public library holds the harbour clip as a TikTok and the silent clip as a YouTube post."""

    engine: EngineChild
    film: Path
    tiktok_no: str
    youtube_no: str
    other_key: str


def publish(store: Store, video_id: int, file: Path, caption: str, post: Post) -> str:
    """Add a post to the public library; its id."""
    unknown = ("duration_ms", "width", "height", "fps", "taken_ms", "latitude", "longitude")
    row: dict[str, Any] = dict.fromkeys(unknown)
    video = Video(
        video_id,
        PUBLIC_SCOPE,
        caption,
        file,
        in_place=True,
        retain=True,
        status=UNPARSE,
        cause="",
        size_bytes=file.stat().st_size,
        created_ms=1,
        camera="",
        tags=(),
        post=post,
        **row,
    )
    store.videos.add(video)
    return video.video_no


@contextmanager
def shared_engine(clips: ClipCache, folder: Path, subtitles: str) -> Iterator[Shared]:
    """The engine of `Shared`, in this folder, when all is indexed; `subtitles` are what is said in the harbour."""
    film = folder / "harbour.mp4"
    shutil.copy(clips.harbour().path, film)
    film.with_suffix(".srt").write_text(subtitles)
    (folder / "data").mkdir()
    store = Store(folder / "data" / "library.db")  # the engine reads what is added here
    store.namespaces.ensure(PUBLIC_SCOPE, 1)
    tiktok_no = publish(store, 2, film, CAPTION, TIKTOK)
    youtube_no = publish(store, 3, clips.silent().path, "Storm, again", YOUTUBE)
    store.close()
    command = [sys.executable, "-m", "desktop_search", "engine", "keys", "add", "anna", "--data-dir"]
    command.append(str(folder / "data"))
    other_key = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    with EngineChild(folder / "data") as child:
        for platform in ("TIKTOK", "YOUTUBE"):
            ended = partial(found_publicly, child, "storm", type=platform)
            wait_until(lambda ended=ended: bool(ended()), f"what comes from {platform} is indexed", 120)  # type: ignore[misc]
        yield Shared(child, film, tiktok_no, youtube_no, other_key)


def found_publicly(engine: EngineChild, words: str, **fields: Any) -> list[dict[str, Any]]:
    """The rows of `POST /search_public`."""
    found: list[dict[str, Any]] = engine.post_json("/search_public", {"search_param": words, **fields}).data
    return found
