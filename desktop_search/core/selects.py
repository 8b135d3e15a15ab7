"""Selects: ranges of footage that somebody chose, in bins, in an order. Kept by the footage and its own time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from desktop_search.core.hits import ClipKey, Hit
from desktop_search.core.language import _
from desktop_search.core.marks import NOTE_MAX_CHARS, RATING_MAX

BIN_NAME_MAX_CHARS = 80
FIRST_BIN = _("Selects")


@dataclass(frozen=True, slots=True)
class Bin:
    """A named list of selects."""

    bin_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Select:
    """One range. Times count from the start of the original file.

    Attributes:
        select_id: 0 until it is kept.
        fingerprint: of the file's content; "" while there is no file on this computer.
        path: where the file was last; `None` where there never was one.
        clip: where it was found, for footage that is in a library alone.
        name: of the clip.
        start_ms, end_ms: in and out; out is the time of the first frame that is no longer in it.
        note: one line of plain text. `rating` is 0 to 5; `colour` the name of one, or "".
    """

    select_id: int
    bin_id: int
    fingerprint: str
    path: Path | None
    clip: ClipKey
    name: str
    start_ms: int
    end_ms: int
    note: str = ""
    rating: int = 0
    colour: str = ""
    tags: tuple[str, ...] = ()

    def noted(self, note: str) -> Select:
        """With this note, in one line."""
        return replace(self, note=" ".join(note.split())[:NOTE_MAX_CHARS])

    def rated(self, rating: int) -> Select:
        """With so many stars. `ValueError` for more than there are."""
        if not 0 <= rating <= RATING_MAX:
            raise ValueError(f"A rating is 0 to {RATING_MAX}.")
        return replace(self, rating=rating)

    @property
    def as_hit(self) -> Hit:
        """The same moment as a search would have found it, for the player."""
        library_id, namespace, video_no = self.clip
        return Hit(
            video_no,
            self.name,
            self.start_ms,
            self.end_ms,
            namespace=namespace,
            original=self.path,
            library_id=library_id,
        )


def select_of(hit: Hit, *, bin_id: int, fingerprint: str = "", handle_ms: int = 0) -> Select:
    """A select of what a search found, with `handle_ms` more at both ends as far as the clip reaches back."""
    return Select(
        0,
        bin_id,
        fingerprint,
        hit.original,
        hit.clip,
        hit.name,
        max(0, hit.start_ms - handle_ms),
        max(hit.out_ms + handle_ms, hit.start_ms + 1),
    )
