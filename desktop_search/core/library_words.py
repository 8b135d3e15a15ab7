"""What a namespace of a library can be asked for by name: its tags, its cameras, its videos."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from desktop_search.core.footage import VideoRecord


@dataclass(frozen=True, slots=True)
class LibraryWords:
    """The words that occur, as the library writes them.

    Attributes:
        videos: the name of each video by its id, newest first; names may repeat.
        is_whole: all videos were read; else there may be words that are not here.
    """

    tags: tuple[str, ...] = ()
    cameras: tuple[str, ...] = ()
    videos: Mapping[str, str] = field(default_factory=dict)
    is_whole: bool = False

    @staticmethod
    def of(records: Iterable[VideoRecord], *, is_whole: bool = False) -> LibraryWords:
        """The words of these videos."""
        known = tuple(records)
        return LibraryWords(
            tags=_sorted({tag for record in known for tag in record.tags if tag.strip()}),
            cameras=_sorted({record.camera for record in known if record.camera.strip()}),
            videos={record.video_no: record.name for record in known},
            is_whole=is_whole,
        )


def as_written(typed: str, known: Iterable[str]) -> str:
    """The known word that is meant, whatever its case and blanks; what was typed where none is, or several are.

    Libraries compare exactly, so a word in another case would find nothing.
    """
    words = tuple(known)
    if typed in words:
        return typed
    meant = [word for word in words if plain(word) == plain(typed)]
    return meant[0] if len(meant) == 1 else typed.strip()


def plain(word: str) -> str:
    """A word without its case, and with single blanks."""
    return " ".join(word.casefold().split())


def _sorted(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (word.casefold(), word)))
