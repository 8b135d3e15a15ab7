"""Imports from the web: what was asked of a library, and how far that is (contract §5.2, §6, §9.3)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from desktop_search.core.footage import FootageDetails, Readiness, VideoRecord

POSTS_PER_CALL = 50  # contract §6.1
TAGS_PER_CALL = 20
POSTS_OF_CREATOR, POSTS_OF_TAG, POSTS_MAX = 4, 2, 100
QUALITIES = ("360", "480", "720", "1080", "1440", "2160")
QUALITY_DEFAULT = "720"


class ImportKind(Enum):
    """Which call an import is. The value is what the catalog stores."""

    VIDEO = "video"  # one video file by its address
    POSTS = "posts"  # posts of one platform
    CREATOR = "creator"
    TAGS = "tags"


class ImportState(Enum):
    """From the wish to its end. The value is what the catalog stores.

    `ASKED` stands while a call is under way. A row that is found in it at a start was asked, perhaps, but nobody saw
    the answer: it is never asked again by itself.
    """

    WAITING = "waiting"
    ASKED = "asked"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ImportWish:
    """One call that the user wants made.

    Attributes:
        subjects: addresses of posts, one address of a video or of a profile, or hashtags without "#".
        is_public: into the library that every user of the service searches, for good; never for a video file.
        count: how many posts of a creator, or of each hashtag.
        quality: height of the picture, for posts of YouTube.
        details: the namespace; the other fields only for a video file.
    """

    library_id: str
    kind: ImportKind
    subjects: tuple[str, ...]
    is_public: bool = False
    count: int = 0
    quality: str = QUALITY_DEFAULT
    details: FootageDetails = FootageDetails()

    @property
    def expected(self) -> int:
        """How many videos it brings at most."""
        if self.kind is ImportKind.CREATOR:
            return self.count
        return len(self.subjects) * (self.count if self.kind is ImportKind.TAGS else 1)


@dataclass(frozen=True, slots=True)
class ImportedVideo:
    """A video that an import brought. `status` is the word of the wire, `cause` why it failed.

    The rest is for public posts, of which no other call tells it (contract §9.3); `None` and "" where nobody says.
    """

    video_no: str
    name: str
    status: str = ""
    cause: str = ""
    url: str = ""
    duration_ms: int | None = None
    size_bytes: int | None = None
    width: int | None = None
    height: int | None = None
    fps: float | None = None

    @classmethod
    def of(cls, record: VideoRecord) -> ImportedVideo:
        """What the library tells of one."""
        return cls(
            record.video_no,
            record.name,
            record.status,
            record.cause,
            record.url,
            record.duration_ms,
            record.size_bytes,
            record.width,
            record.height,
            record.fps,
        )

    @property
    def readiness(self) -> Readiness:
        """The state that `status` means."""
        return Readiness.from_wire(self.status)


@dataclass(frozen=True, slots=True)
class ImportItem:
    """One row of the list of imports.

    Attributes:
        item_id: the catalog's row id; 0 before it is stored.
        task_id: what the library called the task; "" before it answered, and for a video file.
        cause: why it failed, what it waits for, or what did not come; "" otherwise.
        fetch_permille: how far fetching the first posts is, 0 to 1000, where the library says so; not stored.
        asked_ms: when a call was made whose answer was never seen; 0 when there is no doubt.
        changed_ms: when it last got any further, in milliseconds since the epoch.
    """

    item_id: int
    wish: ImportWish
    state: ImportState = ImportState.WAITING
    task_id: str = ""
    videos: tuple[ImportedVideo, ...] = ()
    cause: str = ""
    fetch_permille: int | None = None
    added_ms: int = 0
    changed_ms: int = 0
    asked_ms: int = 0

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.state in {ImportState.DONE, ImportState.FAILED}

    def count(self, readiness: Readiness) -> int:
        """How many of its videos are so far."""
        return sum(video.readiness is readiness for video in self.videos)

    def again(self) -> ImportItem:
        """The same, to be asked once more."""
        return replace(self, state=ImportState.WAITING, task_id="", videos=(), cause="", fetch_permille=None)
