"""Where the engine keeps files. Every name is made here from numbers, never from what a client sent."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Container, Iterable
from pathlib import Path

from desktop_search.core.footage import IMAGE_SUFFIXES, VIDEO_SUFFIXES
from desktop_search.engine.indexing.results import Segment
from desktop_search.media.settling import onto_disk

KEPT_SUFFIXES = VIDEO_SUFFIXES | {".ts"}  # a playlist of pieces makes a transport stream


class Files:
    """The folders below the data folder: videos, images, keyframes (derived), incoming (not yet accepted)."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.videos, self.images = data_dir / "videos", data_dir / "images"
        self.keyframes, self.incoming = data_dir / "keyframes", data_dir / "incoming"

    def create(self) -> None:
        """Make the folders, and clear what an earlier run did not finish receiving."""
        shutil.rmtree(self.incoming, ignore_errors=True)
        for folder in (self.videos, self.images, self.keyframes, self.incoming):
            folder.mkdir(parents=True, exist_ok=True)

    def new_incoming(self, suffix: str) -> Path:
        """A path for a file that is being received."""
        return self.incoming / f"{secrets.token_hex(16)}{suffix}"

    def video(self, video_id: int, suffix: str) -> Path:
        """Where the bytes of an uploaded video live."""
        assert suffix in KEPT_SUFFIXES
        return self.videos / f"VI{video_id}{suffix}"

    def image(self, image_id: int, suffix: str) -> Path:
        """Where an image lives."""
        assert suffix in IMAGE_SUFFIXES
        return self.images / f"{image_id}{suffix}"

    def keyframe(self, video_id: int, keyframe_ms: int) -> Path:
        """Where the picture that stands for a segment lives."""
        return self.keyframes / f"VI{video_id}" / f"keyframe-{keyframe_ms:09d}.jpg"

    def keep_keyframes(self, video_id: int, segments: Iterable[Segment]) -> None:
        """Write the key frames of a video, replacing older ones."""
        self.drop_keyframes(video_id)
        (self.keyframes / f"VI{video_id}").mkdir(parents=True)
        for segment in segments:
            self.keyframe(video_id, segment.keyframe_ms).write_bytes(segment.keyframe_jpeg)

    def drop_keyframes(self, video_id: int) -> None:
        """Remove the key frames of a video."""
        shutil.rmtree(self.keyframes / f"VI{video_id}", ignore_errors=True)

    def sweep(self, leftovers: Iterable[str], video_ids: Container[int]) -> None:
        """Remove stored files that belong to nothing, and key frames of videos other than these."""
        for name in leftovers:
            (self.videos / name).unlink(missing_ok=True)
            (self.images / name).unlink(missing_ok=True)
        for folder in self.keyframes.iterdir():
            if not folder.name.removeprefix("VI").isdecimal() or int(folder.name.removeprefix("VI")) not in video_ids:
                shutil.rmtree(folder, ignore_errors=True)


def accept(received: Path, target: Path) -> None:
    """Move a received file to its place for good: its bytes, and then its name, are on disk when this returns."""
    onto_disk(received)
    received.replace(target)
    onto_disk(target.parent)
