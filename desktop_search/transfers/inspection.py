"""Is a file fit to be sent to a library? Asked when it is added, and once more before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_search.core.errors import FileProblem
from desktop_search.core.footage import (
    CLOUD_VIDEO_MAX_BYTES,
    IMAGE_MAX_BYTES,
    TAGS_MAX_IMAGE,
    TAGS_MAX_VIDEO,
    FootageDetails,
)
from desktop_search.core.library import CLOUD_ID, LOCAL_ID
from desktop_search.core.uploads import MediaKind
from desktop_search.media.opening import os_problem, regular_file_size
from desktop_search.media.probe import MediaInfo, probe

CLOUD_CODECS = frozenset({"h264", "hevc", "vp9"})


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What identifies the state a file is in."""

    size_bytes: int
    mtime_ns: int


def file_facts(path: Path, kind: MediaKind, library_id: str) -> FileFacts:
    """Existence, size, limits and permission, without looking at the content. Raises `FileProblem`."""
    size_bytes = regular_file_size(path)
    if kind is MediaKind.IMAGE and size_bytes > IMAGE_MAX_BYTES:
        raise FileProblem(
            f"The picture is larger than {IMAGE_MAX_BYTES // 1000**2} MB.", hint="Save it smaller and add it again."
        )
    if kind is MediaKind.VIDEO and library_id != LOCAL_ID and size_bytes > CLOUD_VIDEO_MAX_BYTES:
        raise FileProblem(
            f"The video is larger than {CLOUD_VIDEO_MAX_BYTES // 1000**3} GB, more than this library takes.",
            hint="Export a smaller version, or index it on this computer.",
        )
    try:
        with path.open("rb") as file:
            file.read(1)
        return FileFacts(size_bytes, path.stat().st_mtime_ns)
    except OSError as error:
        raise os_problem(error) from error


def content_facts(path: Path, library_id: str) -> MediaInfo:
    """Look into the file; its first frame is decoded. Raises `FileProblem` with the cause."""
    info = probe(path)
    if library_id == CLOUD_ID and info.kind is MediaKind.VIDEO and info.video_codec not in CLOUD_CODECS:
        raise FileProblem(
            f"memories.ai takes H.264, H.265 and VP9, but this is {info.video_codec}.",
            hint="Export it as H.264, or index it on this computer.",
        )
    return info


def details_problem(details: FootageDetails, kind: MediaKind) -> str:
    """What the library would refuse in the details, in one line; "" when it is all right."""
    tags_max = TAGS_MAX_VIDEO if kind is MediaKind.VIDEO else TAGS_MAX_IMAGE
    return " ".join(details.problems(tags_max=tags_max).values())


def details_of(info: MediaInfo) -> FootageDetails:
    """What the camera wrote, as details to send along."""
    return FootageDetails(camera=info.camera, taken=info.taken, latitude=info.latitude, longitude=info.longitude)
