"""What a namespace of a library can be asked for by name: its tags, its cameras, its videos.

Everything is looked up once, when the list is read, so that a key that is pressed costs nothing in a large library.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from desktop_search.core.footage import VideoRecord

_BETWEEN = re.compile(r"[\s,;]+")
_LIKE_AN_ID = re.compile(r"(?:VI|VEI|PI-|mavi_video_)\d+", re.IGNORECASE)


class Words:
    """Words as the library writes them. It compares exactly, so one in another case would find nothing there."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self.shown: tuple[str, ...] = tuple(sorted(set(known), key=lambda word: (word.casefold(), word)))
        self._known = frozenset(self.shown)
        self._alike: defaultdict[str, list[str]] = defaultdict(list)
        for word in self.shown:
            self._alike[plain(word)].append(word)

    def __contains__(self, word: object) -> bool:
        return word in self._known

    def as_written(self, typed: str) -> str:
        """The word that is meant, whatever its case and blanks; what was typed where none is, or several are."""
        if typed in self._known:
            return typed
        meant = self._alike.get(plain(typed), [])
        return meant[0] if len(meant) == 1 else typed.strip()

    def meant(self, typed: str) -> tuple[str, ...]:
        """The one word, or several with commas between them; none for blanks."""
        whole = self.as_written(typed)
        parts = [whole] if whole in self._known else [self.as_written(part) for part in typed.split(",")]
        return tuple(dict.fromkeys(part for part in parts if part))


class VideoNames:
    """Videos by their names, or by their ids. Names that several have are offered with the id.

    Attributes:
        names: by their ids, newest first; any Unicode, may hold newlines, may repeat.
        shown: what is offered, one line each.
    """

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        self.names = dict(names or {})
        lines = {video_no: " ".join(name.split()) for video_no, name in self.names.items()}
        often = {name for name, number in Counter(lines.values()).items() if number > 1}
        self._offered = {
            f"{name} ({video_no})" if name in often else name: (video_no,) for video_no, name in lines.items()
        }
        self.shown: tuple[str, ...] = tuple(self._offered)
        self._called: defaultdict[str, list[str]] = defaultdict(list)
        for video_no, name in lines.items():
            self._called[plain(name)].append(video_no)

    def meant(self, typed: str) -> tuple[str, ...]:
        """The id of what is offered, those of all videos that are called so, or those that were typed; else none."""
        text = " ".join(typed.split())
        if text in self._offered:
            return self._offered[text]
        called = tuple(self._called.get(plain(text), ()))
        ids = tuple(part for part in _BETWEEN.split(text) if part)
        return called or (ids if all(part in self.names or _LIKE_AN_ID.fullmatch(part) for part in ids) else ())


@dataclass(frozen=True, slots=True, eq=False)
class LibraryWords:
    """All of them. `is_whole`: all videos were read; else there may be words that are not here."""

    tags: Words = field(default_factory=Words)
    cameras: Words = field(default_factory=Words)
    videos: VideoNames = field(default_factory=VideoNames)
    is_whole: bool = False

    @staticmethod
    def of(records: Iterable[VideoRecord], *, is_whole: bool = False) -> LibraryWords:
        """The words of these videos."""
        known = tuple(records)
        return LibraryWords(
            tags=Words(tag for record in known for tag in record.tags if tag.strip()),
            cameras=Words(record.camera for record in known if record.camera.strip()),
            videos=VideoNames({record.video_no: record.name for record in known}),
            is_whole=is_whole,
        )


def plain(word: str) -> str:
    """A word without its case, and with single blanks."""
    return " ".join(word.casefold().split())
