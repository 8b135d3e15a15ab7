"""What is asked of a library: the words, the scope, and every filter of `POST /search`, with its own validation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from desktop_search.core.media_types import IMAGE_TYPES
from desktop_search.core.query_words import steps_of

DEFAULT_NAMESPACE = "default"
TOP_K_DEFAULT, TOP_K_MAX, TOP_K_MAX_CAPTION = 100, 1000, 200
VIDEO_NOS_MAX = 100
WORDS_MAX = 4000  # characters
SIMILARITY_DEFAULT = 0.85
PICTURE_SUFFIXES = frozenset(IMAGE_TYPES)
TAKEN_FORMAT = "%Y-%m-%d %H:%M:%S"


class Scope(Enum):
    """What a query is compared with; the value is the contract's `search_type` (§7.1), but for `ALL`.

    `ALL` is everything that words can find in a video: what is seen, read on screen, and said.
    """

    ALL = "ALL"
    SEEN = "BY_CLIP"
    SAID = "BY_AUDIO"
    IMAGE = "BY_IMAGE"
    CAPTION = "BY_CAPTION"  # the sentences that describe what is seen; of newer services alone (contract §20, C2)


class Platform(Enum):
    """Where the videos of the public library come from (contract §8.1)."""

    TIKTOK = "TIKTOK"
    YOUTUBE = "YOUTUBE"
    INSTAGRAM = "INSTAGRAM"


class Strictness(Enum):
    """The contract's `filtering_level`: a floor under the score (§7.1)."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def floor(self) -> float:
        """The lowest score that passes, in 0 to 1."""
        return {"low": 0.15, "medium": 0.225, "high": 0.4}[self.value]


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """Every optional parameter of `POST /search`. Empty text, `None` and an empty tuple mean "not asked"."""

    namespace: str = DEFAULT_NAMESPACE
    top_k: int = TOP_K_DEFAULT
    strictness: Strictness | None = None
    video_nos: tuple[str, ...] = ()
    tag: str = ""
    camera: str = ""
    taken_after: datetime | None = None  # wall time in UTC, whole seconds (contract §12.2)
    latitude: float | None = None
    longitude: float | None = None

    def problems(self) -> dict[str, str]:
        """What is wrong, by field name; empty when the service would accept it."""
        found: dict[str, str] = {}
        if not self.namespace.strip():
            found["namespace"] = "A namespace cannot be empty; leave it at “default”."
        if not 1 <= self.top_k <= TOP_K_MAX:
            found["top_k"] = f"Between 1 and {TOP_K_MAX} results."
        if len(self.video_nos) > VIDEO_NOS_MAX:
            found["video_nos"] = f"At most {VIDEO_NOS_MAX} videos."
        found.update(place_problems(self.latitude, self.longitude))
        return found


def place_problems(latitude: float | None, longitude: float | None) -> dict[str, str]:
    """Rules of a place: both or neither, degrees within the globe."""
    found: dict[str, str] = {}
    if latitude is None and longitude is not None:
        found["latitude"] = "A longitude needs a latitude."
    if longitude is None and latitude is not None:
        found["longitude"] = "A latitude needs a longitude."
    if latitude is not None and not -90 <= latitude <= 90:
        found["latitude"] = "Between −90 and 90 degrees."
    if longitude is not None and not -180 <= longitude <= 180:
        found["longitude"] = "Between −180 and 180 degrees."
    return found


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """One search: words, or a picture, in a scope, under filters.

    With `picture` set the words are ignored and the private videos are searched for frames like it
    (`POST /search_similar_images`). Words in double quotes with scope SAID ask for the exact phrase
    (`GET /search_audio_transcripts`).
    """

    words: str = ""
    scope: Scope = Scope.SEEN
    filters: SearchFilters = SearchFilters()
    picture: Path | None = None
    similarity: float = SIMILARITY_DEFAULT

    @property
    def exact_phrase(self) -> str:
        """The phrase between the quotes, or "" when the query is not a quoted one in scope SAID."""
        text = self.words.strip()
        for opening, closing in (('"', '"'), ("“", "”"), ("„", "“")):
            if self.scope is Scope.SAID and len(text) > 2 and text.startswith(opening) and text.endswith(closing):
                return text[1:-1].strip()
        return ""

    def problems(self) -> dict[str, str]:
        """What is wrong, by field name ("words", "picture", "similarity", or one of `SearchFilters`)."""
        found = self.filters.problems()
        if self.picture is None and not self.words.strip():
            found["words"] = "Type what you are looking for."
        elif self.picture is None and self.scope is not Scope.IMAGE and not steps_of(self.words):
            found["words"] = "Say also what is to be found; words after a minus are only left out."
        if self.picture is None and len(self.words) > WORDS_MAX:
            found["words"] = f"Use at most {WORDS_MAX:,} characters to say what you are looking for."
        if self.scope is Scope.CAPTION and self.filters.top_k > TOP_K_MAX_CAPTION:
            found["top_k"] = f"Between 1 and {TOP_K_MAX_CAPTION} results."
        if self.picture is not None and self.picture.suffix.lower() not in PICTURE_SUFFIXES:
            found["picture"] = "Pictures are JPEG, PNG, GIF, BMP or WebP."
        if not 0 <= self.similarity <= 1:
            found["similarity"] = "Between 0 and 1."
        return found
