"""What a list of a library's videos is narrowed to (contract §9.1), and its folders (§10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_search.core.footage import Readiness
from desktop_search.core.query import place_problems

LIST_SIZE = 200  # videos on a page, at most
DEFAULT_FOLDER, LEGACY_FOLDER = "-1", "-2"  # the second is read-only
FOLDER_NAME_MAX_CHARS, MOVE_MAX_IDS = 100, 500


@dataclass(frozen=True, slots=True)
class ListFilters:
    """Every filter of the list; all that are set must hold. Empty text, `None` and an empty tuple mean "not asked".

    Attributes:
        video_name: the stored name, exactly.
        taken_after: wall time in UTC, whole seconds; captured then or later.
        latitude, longitude: degrees, both or neither; what was captured within about 20 km.

    The last four find only videos whose indexing is done.
    """

    video_name: str = ""
    video_nos: tuple[str, ...] = ()
    readiness: Readiness | None = None
    tag: str = ""
    camera: str = ""
    taken_after: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None

    def problems(self) -> dict[str, str]:
        """What is wrong, by field name; empty when the service would accept it."""
        return place_problems(self.latitude, self.longitude)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of the newer dialect. `folder_id` is the int64 number as text."""

    folder_id: str
    name: str

    @property
    def is_reserved(self) -> bool:
        """The Default folder and the legacy one can be neither renamed nor deleted."""
        return self.folder_id in {DEFAULT_FOLDER, LEGACY_FOLDER}
