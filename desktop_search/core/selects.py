"""Selects: ranges of footage that somebody chose, in bins, in an order. Kept by the footage and its own time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_search.core.hits import ClipKey, Hit
from desktop_search.core.language import _
from desktop_search.core.marks import Mark
from desktop_search.core.timecode import Timebase

BIN_NAME_MAX_CHARS = 80
COLOURS = ("red", "yellow", "green", "cyan", "blue", "purple", "pink")  # as editing programs know them for markers
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
        part_start_ms: as in `Hit`: where in the original the part begins that the library has.
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
    part_start_ms: int = 0

    @property
    def mark(self) -> Mark:
        """What is thought of it."""
        return Mark(self.rating, self.note, self.tags)

    def marked(self, change: Callable[[Mark], Mark]) -> Select:
        """With the mark that `change` makes of its own."""
        mark = change(self.mark)
        return replace(self, rating=mark.rating, note=mark.note, tags=mark.tags)

    def coloured(self, colour: str) -> Select:
        """In this colour, "" for none. `ValueError` for one that there is not."""
        if colour and colour not in COLOURS:
            raise ValueError(f"{colour} is no colour of selects.")
        return replace(self, colour=colour)

    def trimmed(self, start_ms: int, end_ms: int) -> Select:
        """With other ends; one that would hold nothing stays as it is."""
        return replace(self, start_ms=max(0, start_ms), end_ms=end_ms) if end_ms > max(0, start_ms) else self

    def stepped(self, in_frames: int, out_frames: int, timebase: Timebase, length_ms: int = 0) -> Select:
        """With its ends so many frames later, in the clip, and at least one long; a `length_ms` of 0 is unknown."""
        start, end = timebase.frame_at(self.start_ms) + in_frames, timebase.frame_at(self.end_ms) + out_frames
        if not 0 <= start < end or (length_ms and out_frames > 0 and end > timebase.frame_at(length_ms)):
            return self
        start_ms = timebase.time_ms(start) if in_frames else self.start_ms
        return self.trimmed(start_ms, timebase.time_ms(end) if out_frames else self.end_ms)

    @property
    def source(self) -> object:
        """What footage it is of: by its content, else by its file, else by its place in a library."""
        return self.fingerprint or self.path or self.clip

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
            part_start_ms=self.part_start_ms,
            original=self.path,
            library_id=library_id,
            here=self.path,
        )


def select_of(hit: Hit, *, bin_id: int, fingerprint: str = "") -> Select:
    """A select of what a search found."""
    return Select(
        0,
        bin_id,
        fingerprint,
        hit.original,
        hit.clip,
        hit.name,
        hit.start_ms,
        max(hit.out_ms, hit.start_ms + 1),
        part_start_ms=hit.part_start_ms,
    )
