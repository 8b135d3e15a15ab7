"""What is asked of a library: the words, the scope, and every filter of `POST /search`, with its own validation."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from pathlib import Path

from desktop_search.core.areas import Area
from desktop_search.core.language import _, ngettext, number
from desktop_search.core.media_types import IMAGE_TYPES
from desktop_search.core.people_words import people_named
from desktop_search.core.query_words import steps_of

DEFAULT_NAMESPACE = "default"
TOP_K_DEFAULT, TOP_K_MAX, TOP_K_MAX_CAPTION = 100, 1000, 200
VIDEO_NOS_MAX = 100
WORDS_MAX = 4000  # characters
SIMILARITY_DEFAULT = 0.85
PICTURE_SUFFIXES = frozenset(IMAGE_TYPES)
TAKEN_FORMAT = "%Y-%m-%d %H:%M:%S"
_KEPT_PICTURE = re.compile(r"(?P<name>(?:like|pasted) .+) [0-9a-f]{8}\.\w+")
_QUOTES = (('"', '"'), ("“", "”"), ("„", "“"), ("»", "«"))

ClipKey = tuple[str, str, str]
"""`(library_id, namespace, video_no)`."""


class Scope(Enum):
    """What a query is compared with; the value is the contract's `search_type` (§7.1) where there is one.

    `ALL` is everything that words can find in a video: what is seen, read on screen, and said. `PHRASE` is what is
    said, word for word (§7.4), `PUBLIC` the library that all users of a service share (§8).
    """

    ALL = "ALL"
    SEEN = "BY_CLIP"
    SAID = "BY_AUDIO"
    PHRASE = "PHRASE"
    IMAGE = "BY_IMAGE"
    CAPTION = "BY_CAPTION"  # the sentences that describe what is seen; of newer services alone (contract §20, C2)
    PUBLIC = "PUBLIC"


class Platform(Enum):
    """Where the videos of the public library come from (contract §8.1)."""

    TIKTOK = "TIKTOK"
    YOUTUBE = "YOUTUBE"
    INSTAGRAM = "INSTAGRAM"


_WITH_PEOPLE = frozenset({Scope.ALL, Scope.SEEN, Scope.SAID, Scope.IMAGE})


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
    """Every optional parameter of `POST /search`. Empty text, `None` and an empty tuple mean "not asked".

    Several cameras, an end of the capture time, and a rectangle on the map are more than the service can be asked; the
    client sees to them by the list of videos, which costs nothing (`api/narrowing.py`).

    Attributes:
        cameras: taken with any of these.
        taken_after, taken_before: captured at or after the one and before the other; wall times in UTC, whole seconds
            (contract §12.2).
        taken_words: what these two were said by, where the words move on with the days: "last week"; "" where they are
            dates. Goes wherever the two are replaced: see `with_taken`.
        latitude, longitude: degrees, both or neither; what was captured within about 20 km.
        people: names of people who are in the picture; of *This computer* alone.
        area: what was captured in this rectangle; with it there is no latitude and no longitude.
    """

    namespace: str = DEFAULT_NAMESPACE
    top_k: int = TOP_K_DEFAULT
    strictness: Strictness | None = None
    video_nos: tuple[str, ...] = ()
    tag: str = ""
    cameras: tuple[str, ...] = ()
    taken_after: datetime | None = None
    taken_before: datetime | None = None
    taken_words: str = ""
    latitude: float | None = None
    longitude: float | None = None
    area: Area | None = None
    people: tuple[str, ...] = ()

    def with_taken(self, start: datetime | None, end: datetime | None, words: str = "") -> SearchFilters:
        """The same with another capture time, said by dates or by these words."""
        return replace(self, taken_after=start, taken_before=end, taken_words=words)

    def problems(self) -> dict[str, str]:
        """What is wrong, by field name; empty when the service would accept it."""
        found: dict[str, str] = {}
        if not self.namespace.strip():
            found["namespace"] = _("A namespace cannot be empty; leave it at “default”.")
        if not 1 <= self.top_k <= TOP_K_MAX:
            found["top_k"] = _most_results(TOP_K_MAX)
        if len(self.video_nos) > VIDEO_NOS_MAX:
            found["video_nos"] = ngettext("At most {count} video.", "At most {count} videos.", VIDEO_NOS_MAX)
        if self.taken_after and self.taken_before and self.taken_before <= self.taken_after:
            found["taken_before"] = _("The end of the capture time lies before its beginning.")
        found.update(place_problems(self.latitude, self.longitude))
        return found | (self.area.problems() if self.area is not None else {})


def picture_name(picture: Path) -> str:
    """The name of a picture as people are told it."""
    kept = _KEPT_PICTURE.fullmatch(picture.name)
    return kept["name"] if kept else picture.name


def _most_results(most: int) -> str:
    return _("Between 1 and {most} results.").format(most=most)


def place_problems(latitude: float | None, longitude: float | None) -> dict[str, str]:
    """Rules of a place: both or neither, degrees within the globe."""
    found: dict[str, str] = {}
    if latitude is None and longitude is not None:
        found["latitude"] = _("A longitude needs a latitude.")
    if longitude is None and latitude is not None:
        found["longitude"] = _("A latitude needs a longitude.")
    if latitude is not None and not -90 <= latitude <= 90:
        found["latitude"] = _("Between −90 and 90 degrees.")
    if longitude is not None and not -180 <= longitude <= 180:
        found["longitude"] = _("Between −180 and 180 degrees.")
    return found


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """One search: words, or a picture, in a scope, under filters.

    With `picture` set the videos are searched for frames like it (§7.2), and the words are ignored, but for a search
    inside one video (`POST /search_clips_by_image`, §7.3), which takes both.

    Attributes:
        platform: with scope PUBLIC, where the posts come from; `None` for anywhere.
        inside: the one video that is searched, in the library and the namespace that it names.
        inside_name: what that video is called.
    """

    words: str = ""
    scope: Scope = Scope.SEEN
    filters: SearchFilters = SearchFilters()
    picture: Path | None = None
    similarity: float = SIMILARITY_DEFAULT
    platform: Platform | None = None
    inside: ClipKey | None = None
    inside_name: str = ""

    @property
    def exact_phrase(self) -> str:
        """The phrase to be found word for word: all words with scope PHRASE, quoted ones with SAID or PUBLIC; or ""."""
        text = self.words.strip()
        is_quoted = len(text) > 2 and (text[0], text[-1]) in _QUOTES
        if self.scope is Scope.PHRASE:
            return text[1:-1].strip() if is_quoted else text
        return text[1:-1].strip() if is_quoted and self.scope in {Scope.SAID, Scope.PUBLIC} else ""

    @property
    def floor(self) -> float:
        """The lowest score that is close enough, 0 to 1; a picture is held to its similarity instead."""
        strictness = self.filters.strictness
        return 0.0 if strictness is None or self.picture is not None else strictness.floor

    @property
    def picture_name(self) -> str:
        """What the picture is called; "" without one. Pictures of our own bear a mark that tells them apart."""
        return "" if self.picture is None else picture_name(self.picture)

    @property
    def searches(self) -> int:
        """How many searches of the service it takes at least, each of which is billed; query words not counted."""
        if self.scope is not Scope.PUBLIC:
            return 1
        platforms = len(Platform) if self.platform is None else 1
        if self.picture is not None:
            return platforms
        return 1 if self.exact_phrase else 2 * platforms

    @property
    def in_its_clip(self) -> SearchQuery:
        """The same query with filters for the video that it is to stay inside of; itself without one."""
        if self.inside is None:
            return self
        _library_id, namespace, video_no = self.inside
        return replace(self, filters=replace(self.filters, namespace=namespace, video_nos=(video_no,)))

    @property
    def with_people(self) -> SearchQuery:
        """The same query with the people that its words name (`person:Anna`) among the filters."""
        left, named = people_named(self.words)
        if not named:
            return self
        people = tuple(dict.fromkeys((*self.filters.people, *named)))
        return replace(self, words=left, filters=replace(self.filters, people=people))

    def problems(self) -> dict[str, str]:
        """What is wrong, by field name ("words", "picture", "similarity", "inside", or one of `SearchFilters`)."""
        found = self.filters.problems()
        asked = self.with_people
        if asked.filters.people and (self.picture is not None or self.scope not in _WITH_PEOPLE):
            found["words"] = _("People can be searched for in what is seen, in what is said, and in images.")
        elif self.picture is None:
            is_people_alone = bool(asked.filters.people) and not asked.words.strip()
            found |= {} if is_people_alone else asked._problems_of_words()  # noqa: SLF001 - its own
        if self.picture is not None and self.picture.suffix.lower() not in PICTURE_SUFFIXES:
            found["picture"] = _("Pictures are JPEG, PNG, GIF, BMP or WebP.")
        if self.scope is Scope.CAPTION and self.filters.top_k > TOP_K_MAX_CAPTION:
            found["top_k"] = _most_results(TOP_K_MAX_CAPTION)
        if self.inside is not None and self.scope in {Scope.IMAGE, Scope.PUBLIC}:
            found["inside"] = _("Inside a clip you can search what is seen and what is said.")
        if not 0 <= self.similarity <= 1:
            found["similarity"] = _("Between 0 and 1.")
        return found

    def _problems_of_words(self) -> dict[str, str]:
        if not self.words.strip():
            return {"words": _("Type what you are looking for.")}
        if len(self.words) > WORDS_MAX:
            return {
                "words": _("Use at most {most} characters to say what you are looking for.").format(
                    most=number(WORDS_MAX)
                )
            }
        if self.scope not in {Scope.IMAGE, Scope.PHRASE} and not steps_of(self.words):
            return {"words": _("Say also what is to be found; words after a minus are only left out.")}
        return {}
