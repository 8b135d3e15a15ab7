"""Editing programs on this computer that ranges can be handed to directly."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Editor(Enum):
    """A program; the value is its name for good, in the preferences."""

    RESOLVE = "resolve"

    @property
    def title(self) -> str:
        """What it is called."""
        return "DaVinci Resolve"


@dataclass(frozen=True, slots=True)
class EditorEvent:
    """A range of a file: frames are counted from the file's first one, `out_frame` is no longer in it.

    `is_even`: the clip counts as the timeline does, as far as is known.
    """

    path: str
    name: str
    in_frame: int
    out_frame: int
    note: str = ""
    colour: str = ""
    is_even: bool = True

    @property
    def frames(self) -> int:
        """How many it has."""
        return self.out_frame - self.in_frame
