"""What a search finds: moments in videos, and still images."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from desktop_search.core.query import ClipKey as ClipKey  # everybody who speaks of hits speaks of their clips
from desktop_search.core.query import Scope

_SPOKEN = frozenset({Scope.SAID, Scope.PHRASE})
FALLBACK_LENGTH_MS = 4000  # some answers carry no end time (contract §20, C10)


@dataclass(frozen=True, slots=True)
class BlobRef:
    """A stored object of the library, fetched by `GET /download` (contract §9.7)."""

    bucket: str
    blob: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A moment in a video.

    Attributes:
        video_no: the library's id of the video, an opaque string.
        name: the video's stored name; any Unicode, may hold newlines, may repeat.
        start_ms, end_ms: from the start of the video; `end_ms` is `None` where the library did not say.
        part_start_ms: where a video was split before it was sent: when in the original the part begins that the library
            has. `start_ms` and `end_ms` count from the start of the original then.
        score: 0 to 1, `None` where the library did not say; not a percentage of certainty.
        excerpt: words spoken there; "" when unknown.
        found_by: the scope that found it; `None` for a search by picture.
        also_found_by: other scopes that found the same moment.
        original: the file that was sent to this library from this computer, where it was then; `None` for any other.
        library_id: the library that found it; "" only until its client has handed it on.
        found_in: the titles of all libraries that have found it, where several were asked.
        here: where its file is known to be, whatever libraries know; `None` for what was found by one.
        is_public: a post of the library that all users of a service share (contract §8); its namespace is "".
        read: words written there, where those of the query are among them; only *This computer* says so.
    """

    video_no: str
    name: str
    start_ms: int
    end_ms: int | None = None
    score: float | None = None
    excerpt: str = ""
    found_by: Scope | None = None
    namespace: str = "default"
    keyframe: BlobRef | None = None
    video: BlobRef | None = None
    part_start_ms: int = 0
    also_found_by: tuple[Scope, ...] = ()
    original: Path | None = None
    library_id: str = ""
    found_in: tuple[str, ...] = ()
    is_public: bool = False
    read: str = ""
    here: Path | None = None

    @property
    def file_name(self) -> str:
        """What its user knows it by: the name of the file that was sent from here, else the library's name."""
        return self.name if self.original is None else self.original.name

    @property
    def words_there(self) -> str:
        """The words to show: those that were asked for, spoken or written, else what is said there."""
        return (self.excerpt or self.read) if self.is_spoken else (self.read or self.excerpt)

    @property
    def is_spoken(self) -> bool:
        """Whether it was found by what is said."""
        return not _SPOKEN.isdisjoint((self.found_by, *self.also_found_by))

    @property
    def clip(self) -> ClipKey:
        """The video it is in, in which library."""
        return self.library_id, self.namespace, self.video_no

    def is_below(self, floor: float) -> bool:
        """Whether its score is lower than the floor. What has no score never is."""
        return self.score is not None and self.score < floor

    def shares_footage(self, other: Hit) -> bool:
        """Whether both are moments of one file, be it in different parts of it."""
        return self.clip == other.clip or (self.original is not None and self.original == other.original)

    @property
    def in_its_video(self) -> Hit:
        """The same moment, counted from the start of the video that the library has."""
        return replace(
            self,
            start_ms=self.start_ms - self.part_start_ms,
            end_ms=None if self.end_ms is None else self.end_ms - self.part_start_ms,
            part_start_ms=0,
        )

    @property
    def out_ms(self) -> int:
        """`end_ms`, or a short default after the start."""
        return self.end_ms if self.end_ms is not None else self.start_ms + FALLBACK_LENGTH_MS


@dataclass(frozen=True, slots=True)
class ImageHit:
    """A still image.

    `image_id` is the int64 id as text, `taken_ms` a UTC instant in ms; `library_id` and `found_in` are as in `Hit`.
    """

    image_id: str
    name: str
    image_url: str = ""
    score: float | None = None
    taken_ms: int | None = None
    camera: str = ""
    latitude: float | None = None
    longitude: float | None = None
    namespace: str = "default"
    blob: BlobRef | None = None
    library_id: str = ""
    found_in: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        """As `Hit.file_name`."""
        return self.name

    def is_below(self, floor: float) -> bool:
        """As `Hit.is_below`."""
        return self.score is not None and self.score < floor


Found = Hit | ImageHit


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """One answer, best first. Exactly one of the two tuples can be non-empty."""

    hits: tuple[Hit, ...] = ()
    images: tuple[ImageHit, ...] = ()

    def of_library(self, library_id: str) -> SearchAnswer:
        """The same, as found by this library."""
        return SearchAnswer(
            hits=tuple(replace(hit, library_id=library_id) for hit in self.hits),
            images=tuple(replace(image, library_id=library_id) for image in self.images),
        )

    def with_title(self, title: str) -> SearchAnswer:
        """The same, with the title of the library that found it."""
        return SearchAnswer(
            hits=tuple(replace(hit, found_in=(title,)) for hit in self.hits),
            images=tuple(replace(image, found_in=(title,)) for image in self.images),
        )
