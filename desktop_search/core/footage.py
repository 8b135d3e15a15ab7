"""Videos of a library, and what the user says about footage before it is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from desktop_search.core.hits import BlobRef
from desktop_search.core.language import _, ngettext
from desktop_search.core.media_types import IMAGE_TYPES, OTHER_FOOTAGE, OTHER_PICTURES, VIDEO_TYPES
from desktop_search.core.query import DEFAULT_NAMESPACE, place_problems

VIDEO_SUFFIXES = frozenset(VIDEO_TYPES)  # what may be posted
FOOTAGE_SUFFIXES = VIDEO_SUFFIXES | OTHER_FOOTAGE  # what can be read here
IMAGE_SUFFIXES = frozenset(IMAGE_TYPES)  # what may be posted
STILL_SUFFIXES = IMAGE_SUFFIXES | OTHER_PICTURES  # what can be read here
CLOUD_VIDEO_MAX_BYTES = 3 * 1000**3  # "3 GB"; decimal is the safe reading (contract §17)
IMAGE_MAX_BYTES = 20 * 1000**2
TAGS_MAX_VIDEO, TAGS_MAX_IMAGE, CAMERA_MAX_CHARS = 20, 50, 200


class Readiness(Enum):
    """Where a video is on its way to being searchable (contract §11)."""

    WORKING = "working"
    SEARCHABLE = "searchable"
    FAILED = "failed"

    @staticmethod
    def from_wire(status: str) -> Readiness:
        """PARSE is searchable; FAIL, FAILED and PARSE_ERROR are failures; anything else is still working."""
        if status == "PARSE":
            return Readiness.SEARCHABLE
        return Readiness.FAILED if status in {"FAIL", "FAILED", "PARSE_ERROR"} else Readiness.WORKING


@dataclass(frozen=True, slots=True)
class VideoRecord:
    """One video as the library lists it. Unknown numbers are `None`; `status` is the word of the wire.

    `index_permille` is how far indexing is, 0 to 1000, where the library says so. `url` is the post that it came from,
    which for some platforms is a page, no file; `resolution` is the library's word for it, such as "720P"; `keyframe`
    is a picture of it.
    """

    video_no: str
    name: str
    status: str = ""
    duration_ms: int | None = None
    size_bytes: int | None = None
    created_ms: int | None = None
    cause: str = ""
    taken_ms: int | None = None
    camera: str = ""
    latitude: float | None = None
    longitude: float | None = None
    tags: tuple[str, ...] = ()
    width: int | None = None
    height: int | None = None
    fps: float | None = None
    blob: BlobRef | None = None
    namespace: str = DEFAULT_NAMESPACE
    index_permille: int | None = None
    url: str = ""
    resolution: str = ""
    keyframe: BlobRef | None = None

    @property
    def readiness(self) -> Readiness:
        """The state that `status` means."""
        return Readiness.from_wire(self.status)


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """Words spoken in a video, from `start_ms` to `end_ms` (equal where the library says no more than an instant)."""

    start_ms: int
    end_ms: int
    text: str

    def moved_by(self, span_ms: int) -> TranscriptLine:
        """The same words, as much later."""
        return replace(self, start_ms=self.start_ms + span_ms, end_ms=self.end_ms + span_ms)


@dataclass(frozen=True, slots=True)
class FootageDetails:
    """What is sent along with a file (contract §5.1): namespace, tags, camera, capture time, place."""

    namespace: str = DEFAULT_NAMESPACE
    tags: tuple[str, ...] = ()
    camera: str = ""
    taken: datetime | None = None  # wall time in UTC, whole seconds
    latitude: float | None = None
    longitude: float | None = None

    def problems(self, *, tags_max: int = TAGS_MAX_VIDEO) -> dict[str, str]:
        """What is wrong, by field name; empty when the service would accept it."""
        found = place_problems(self.latitude, self.longitude)
        if not self.namespace.strip():
            found["namespace"] = _("A namespace cannot be empty; leave it at “default”.")
        if len(self.tags) > tags_max:
            found["tags"] = ngettext("At most {count} tag.", "At most {count} tags.", tags_max)
        if len(self.camera) > CAMERA_MAX_CHARS:
            found["camera"] = ngettext("At most {count} character.", "At most {count} characters.", CAMERA_MAX_CHARS)
        return found

    def filled_from(self, other: FootageDetails) -> FootageDetails:
        """These details, with what is missing here taken from `other` (usually the file's own metadata)."""
        place = self if self.latitude is not None else other
        return replace(
            self,
            camera=self.camera or other.camera,
            taken=self.taken or other.taken,
            latitude=place.latitude,
            longitude=place.longitude,
        )
