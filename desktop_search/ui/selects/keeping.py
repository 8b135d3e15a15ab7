"""What the window needs of what keeps selects, and reading a bin for it, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from desktop_search.core.errors import FileProblem
from desktop_search.core.handles import NO_HANDLES, Handles
from desktop_search.core.hits import Hit
from desktop_search.core.selects import Bin, Select
from desktop_search.core.timecode import Timebase
from desktop_search.core.token import CancelToken
from desktop_search.models.selects_words import length_words

Change = Callable[[tuple[Select, ...]], Sequence[Select]]
FileLook = Callable[[Path], tuple[Timebase, int]]
"""How a file of footage counts, and how long it is, in ms. Raises `FileProblem`."""


class Keeper(Protocol):
    """Keeps selects; every method may take long."""

    def bins(self) -> tuple[Bin, ...]:
        """All bins."""
        ...

    def of(self, bin_id: int) -> tuple[Select, ...]:
        """What is in one."""
        ...

    def tags(self) -> tuple[str, ...]:
        """Every tag that is in use."""
        ...

    def take(self, hits: Iterable[Hit], bin_id: int, handles: Handles = NO_HANDLES) -> int:
        """Put these into one; how many are new."""
        ...

    def change(self, bin_id: int, make: Change, words: str) -> None:
        """Change what is in one."""
        ...

    def move_to(self, ids: frozenset[int], from_id: int, to_id: int) -> None:
        """Move these to another one."""
        ...

    def copy_to(self, ids: frozenset[int], from_id: int, to_id: int) -> None:
        """Copy these to another one."""
        ...

    def add_bin(self, name: str) -> Bin:
        """A new one."""
        ...

    def rename_bin(self, one: Bin, name: str) -> Bin:
        """The same with another name."""
        ...

    def remove_bin(self, one: Bin) -> None:
        """With all that is in it."""
        ...

    def undo(self) -> str:
        """Take the last change back."""
        ...

    def redo(self) -> str:
        """Make it again."""
        ...


class Whereabouts(Protocol):
    """Knows where files are; may take long."""

    def away(self, selects: Iterable[Select], token: CancelToken) -> frozenset[Path]:
        """Which of their files are not there; what is found at another known place is there, when read again."""
        ...


@dataclass(frozen=True)
class BinOnShow:
    """A bin as the window shows it.

    Attributes:
        timebases: how the clips count, as far as they can be read; lengths_ms: how long they are.
        away: files that are not where they were.
        tags: every tag that is in use anywhere.
        length: how long all ranges are together, in words.
    """

    bins: tuple[Bin, ...]
    bin_id: int
    selects: tuple[Select, ...] = ()
    timebases: Mapping[Path, Timebase] = field(default_factory=dict)
    lengths_ms: Mapping[Path, int] = field(default_factory=dict)
    away: frozenset[Path] = frozenset()
    tags: tuple[str, ...] = ()
    length: str = ""


def read_bin(
    keeper: Keeper,
    places: Whereabouts,
    look: FileLook,
    bin_id: int,
    token: CancelToken,
    away: frozenset[Path] | None = None,
) -> BinOnShow:
    """This bin, or the first where there is none of this id; with `away` known, no file is looked for."""
    bins = keeper.bins()
    if bin_id not in {one.bin_id for one in bins}:
        bin_id = bins[0].bin_id
    if away is None:
        away = places.away(keeper.of(bin_id), token)
    selects = keeper.of(bin_id)
    timebases, lengths_ms = dict[Path, Timebase](), dict[Path, int]()
    for path in dict.fromkeys(select.path for select in selects if select.path is not None):
        token.check()
        try:
            timebases[path], lengths_ms[path] = look(path)
        except FileProblem:  # its times are shown in seconds; exporting says what is wrong with it
            continue
    words = length_words(selects, timebases)
    return BinOnShow(bins, bin_id, selects, timebases, lengths_ms, away, keeper.tags(), words)
