"""Footage that is elsewhere now: from the new place of one file to that of all others."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TypeVar

AnyPath = TypeVar("AnyPath", bound=PurePath)


@dataclass(frozen=True, slots=True)
class Relinked:
    """What came of looking for files that are away.

    Attributes:
        found: where they were, and where they are now.
        missing: where those were that were not found.
        refused: files in the right place or of the right name whose content is another one.
        is_whole: false where the folder has too many files to look at all of them.
    """

    found: tuple[tuple[Path, Path], ...] = ()
    missing: tuple[Path, ...] = ()
    refused: tuple[Path, ...] = ()
    is_whole: bool = True


def roots_of(old: AnyPath, new: AnyPath) -> tuple[AnyPath, AnyPath]:
    """What changed between the two places of a file: the folders above all that is called the same in both.

    The file's own name may be another one.
    """
    old_folder, new_folder = old.parent, new.parent
    while old_folder.name and old_folder.name == new_folder.name:
        old_folder, new_folder = old_folder.parent, new_folder.parent
    return old_folder, new_folder


def moved(path: AnyPath, old_root: AnyPath, new_root: AnyPath) -> AnyPath | None:
    """Where a file is if all below the one folder is below the other now; `None` for one that was not below it."""
    try:
        return new_root / path.relative_to(old_root)
    except ValueError:
        return None


def folder_below(old: Path, new: Path) -> Path:
    """Below which folder other files are looked for: what moved as a whole, but never a whole file system."""
    root = roots_of(old, new)[1]
    return new.parent if root == Path(new.anchor) else root
