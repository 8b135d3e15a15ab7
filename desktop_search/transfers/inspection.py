"""Is a file fit to be sent to a library? Asked when it is added, and once more before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_search.core.errors import FileProblem
from desktop_search.core.footage import (
    CLOUD_VIDEO_MAX_BYTES,
    IMAGE_MAX_BYTES,
    IMAGE_SUFFIXES,
    TAGS_MAX_IMAGE,
    TAGS_MAX_VIDEO,
    VIDEO_SUFFIXES,
    FootageDetails,
)
from desktop_search.core.language import _, short_number
from desktop_search.core.library import CLOUD_ID, LOCAL_ID
from desktop_search.core.media_types import OTHER_PICTURES, codec_name
from desktop_search.core.uploads import MediaFacts, MediaKind
from desktop_search.media.opening import os_problem, regular_file_size
from desktop_search.media.probe import MediaInfo

_CODECS = frozenset({"h264", "hevc", "vp9"})  # contract §5.1
_CONTAINERS = frozenset({"mov", "matroska", "avi"})
_TS_SYNC = b"\x47"  # begins each packet, in some files after four bytes of time
_CONTAINER_NAMES = {"matroska": "MKV", "mpegts": "MPEG-TS", "mpeg": "MPEG-PS", "asf": "WMV"}


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What identifies the state a file is in."""

    size_bytes: int
    mtime_ns: int


def file_facts(path: Path, kind: MediaKind) -> FileFacts:
    """Existence, size, limits and permission, without looking at the content. Raises `FileProblem`."""
    size_bytes = regular_file_size(path)
    is_sent = kind is MediaKind.IMAGE and path.suffix.lower() in IMAGE_SUFFIXES
    if is_sent and size_bytes > IMAGE_MAX_BYTES:
        raise FileProblem(
            _("The picture is larger than {megabytes} MB.").format(megabytes=IMAGE_MAX_BYTES // 1000**2),
            hint=_("Save it smaller and add it again."),
        )
    try:
        with path.open("rb") as file:
            head = file.read(5)
        if path.suffix.lower() == ".ts" and _TS_SYNC not in (head[:1], head[4:]):
            raise FileProblem(_("This is not a video, but something else whose name ends in .ts."))
        return FileFacts(size_bytes, path.stat().st_mtime_ns)
    except OSError as error:
        raise os_problem(error) from error


def proxy_reason(info: MediaInfo, path: Path, library_id: str, *, max_bytes: int = CLOUD_VIDEO_MAX_BYTES) -> str:
    """Why the library cannot take a file as it is, in words for the user; "" where it can.

    This computer takes every video, since it indexes them in place.
    """
    if info.kind is MediaKind.IMAGE:
        is_other = path.suffix.lower() in OTHER_PICTURES
        words = _("{format}: libraries take JPEG, PNG, GIF, BMP and WebP, so a JPEG is sent.")
        return words.format(format=info.container) if is_other else ""
    if library_id == LOCAL_ID:
        return ""
    taker = "memories.ai" if library_id == CLOUD_ID else _("this library")
    if info.video_codec not in _CODECS:
        words = _("{format}: {library} takes H.264, H.265 and VP9, so an H.264 proxy is sent.")
        return words.format(format=codec_name(info.video_codec), library=taker)
    if path.suffix.lower() not in VIDEO_SUFFIXES or _family(info) not in _CONTAINERS:
        words = _("{format}: {library} takes MP4, MOV, MKV and AVI files, so an H.264 proxy is sent.")
        return words.format(format=container_name(info, path), library=taker)
    if info.size_bytes > max_bytes:
        words = _("Larger than {gigabytes} GB, the most that {library} takes, so an H.264 proxy is sent.")
        return words.format(gigabytes=short_number(max_bytes / 1000**3, 6), library=taker)
    return ""


def facts_of(info: MediaInfo, path: Path) -> MediaFacts:
    """What was seen in the file, as its row keeps it."""
    return MediaFacts(
        container=container_name(info, path),
        video_codec=info.video_codec,
        audio_codec=info.audio_codec,
        duration_ms=info.duration_ms,
        width=info.width,
        height=info.height,
        rate=info.rate,
        start_timecode=info.start_timecode,
    )


def container_name(info: MediaInfo, path: Path) -> str:
    """What the container is called: MOV, MXF, MPEG-TS, …; by the content, where several share one by the name."""
    if info.kind is MediaKind.IMAGE:
        return info.container
    family = _family(info)
    by_name = path.suffix.lstrip(".").upper()
    if family == "mov":
        return by_name if by_name in {"MP4", "M4V", "3GP"} else "MOV"
    return "WebM" if family == "matroska" and by_name == "WEBM" else _CONTAINER_NAMES.get(family, family.upper())


def details_problem(details: FootageDetails, kind: MediaKind) -> str:
    """What the library would refuse in the details, in one line; "" when it is all right."""
    tags_max = TAGS_MAX_VIDEO if kind is MediaKind.VIDEO else TAGS_MAX_IMAGE
    return " ".join(details.problems(tags_max=tags_max).values())


def details_of(info: MediaInfo) -> FootageDetails:
    """What the camera wrote, as details to send along."""
    return FootageDetails(camera=info.camera, taken=info.taken, latitude=info.latitude, longitude=info.longitude)


def _family(info: MediaInfo) -> str:
    return info.container.partition(",")[0]
