"""Where files are on the wire: buckets and blobs, from rows and back. The contract promises nothing of their form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from desktop_search.engine.library.ids import public_id_of, row_id_of, video_id_of, video_no_of
from desktop_search.engine.store.rows import Image, SegmentRow, Video

VIDEO_BUCKET, KEYFRAME_BUCKET, IMAGE_BUCKET = "desktop-video", "desktop-keyframe", "desktop-image"
PUBLIC_VIDEO_BUCKET, PUBLIC_KEYFRAME_BUCKET = "mavi-public-video", "mavi-public-keyframe"
_VIDEO = re.compile(r"([^./]+)(\.[a-z0-9]{2,4})", re.ASCII)
_KEYFRAME = re.compile(r"([^./]+)/keyframe-(\d{9,12})\.jpg", re.ASCII)
_IMAGE = re.compile(r"([1-9]\d{0,18})(\.[a-z]{3,4})", re.ASCII)


class Kind(Enum):
    """What is kept."""

    VIDEO = "video"
    KEYFRAME = "keyframe"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Place:
    """What a bucket and a blob name. `suffix` is that of a video or image, `at_ms` the time of a key frame."""

    kind: Kind
    row_id: int
    public: bool = False
    suffix: str = ""
    at_ms: int = 0


def of_video(video: Video) -> tuple[str, str] | None:
    """Bucket and blob of a video, unless nothing is kept of its file."""
    if video.file is None:
        return None
    return PUBLIC_VIDEO_BUCKET if video.is_public else VIDEO_BUCKET, f"{video.video_no}{video.file.suffix.lower()}"


def of_keyframe(segment: SegmentRow, *, public: bool) -> tuple[str, str]:
    """Bucket and blob of the picture that stands for a segment."""
    return of_keyframe_at(segment.video_id, segment.keyframe_ms, public=public)


def of_keyframe_at(video_id: int, keyframe_ms: int, *, public: bool) -> tuple[str, str]:
    """The same, by the moment that it shows."""
    bucket = PUBLIC_KEYFRAME_BUCKET if public else KEYFRAME_BUCKET
    return bucket, f"{video_no_of(video_id, public=public)}/keyframe-{keyframe_ms:09d}.jpg"


def of_image(image: Image) -> tuple[str, str]:
    """Bucket and blob of a still image."""
    return IMAGE_BUCKET, f"{image.image_id}{image.suffix}"


def named(bucket: str, blob: str) -> Place | None:
    """What is meant; `None` where nothing can be."""
    if bucket == IMAGE_BUCKET:
        match = _IMAGE.fullmatch(blob)
        image_id = row_id_of(match.group(1)) if match else None
        return Place(Kind.IMAGE, image_id, suffix=match.group(2)) if match and image_id else None
    public = bucket in (PUBLIC_VIDEO_BUCKET, PUBLIC_KEYFRAME_BUCKET)
    number_of = public_id_of if public else video_id_of
    if bucket in (VIDEO_BUCKET, PUBLIC_VIDEO_BUCKET) and (match := _VIDEO.fullmatch(blob)):
        number = number_of(match.group(1))
        return None if number is None else Place(Kind.VIDEO, number, public, suffix=match.group(2))
    if bucket in (KEYFRAME_BUCKET, PUBLIC_KEYFRAME_BUCKET) and (match := _KEYFRAME.fullmatch(blob)):
        number = number_of(match.group(1))
        return None if number is None else Place(Kind.KEYFRAME, number, public, at_ms=int(match.group(2)))
    return None
