"""Looking for files that moved: near where they were, where their neighbours went, and in a folder somebody names."""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from desktop_search.core.errors import FileProblem
from desktop_search.core.footage import FOOTAGE_SUFFIXES
from desktop_search.core.token import CancelToken
from desktop_search.engine.store.places import Place, Stamp, stamp_of
from desktop_search.media.fingerprint import fingerprint

ENTRIES_MAX = 5_000  # of one folder near a file that is away
_MOVES_MAX = 16  # remembered
WALKED_MAX, WALK_S = 200_000, 60.0  # entries of a folder that somebody names, and how long is looked


class Neighbourhood:
    """Where files that are away may be, without reading anything. Folders are listed once for each `Neighbourhood`."""

    def __init__(self, moves: Iterable[tuple[Path, Path]]) -> None:
        """`moves`: folders that went elsewhere, from where to where."""
        self._moves = tuple(moves)
        self._listed: dict[Path, tuple[list[Path], dict[int, list[Path]]]] = {}

    def candidates(self, place: Place) -> Iterator[Path]:
        """Files that may be the one that is away; most of them will not be there."""
        for old, new in self._moves:
            if place.file.is_relative_to(old):
                yield new / place.file.relative_to(old)
        ancestor = nearest_folder(place.file)
        if ancestor is None or place.stamp is None:
            return
        folders, files_by_size = self._list(ancestor)
        rest = place.file.relative_to(ancestor).parts
        if len(rest) == 1:  # its folder is there: it may have another name
            yield from files_by_size.get(place.stamp.size_bytes, ())
        else:  # a folder on the way to it may have another name
            yield from (folder.joinpath(*rest[1:]) for folder in folders)

    def _list(self, folder: Path) -> tuple[list[Path], dict[int, list[Path]]]:
        if folder not in self._listed:
            folders: list[Path] = []
            files: dict[int, list[Path]] = defaultdict(list)
            for number, entry in enumerate(_entries(folder)):
                if number == ENTRIES_MAX:
                    break
                if _is_folder(entry):
                    folders.append(Path(entry.path))
                elif (size_bytes := _video_bytes(entry)) is not None:
                    files[size_bytes].append(Path(entry.path))
            self._listed[folder] = folders, files
        return self._listed[folder]


def nearest_folder(file: Path) -> Path | None:
    """The innermost folder on the way to a file that is there."""
    return next((folder for folder in file.parents if _is_folder(folder)), None)


def is_same(place: Place, file: Path, token: CancelToken) -> Stamp | None:
    """The stamp of `file` if it has the content that is away; it is read only where its size is right."""
    try:
        stamp = stamp_of(file)
        if place.stamp is None or not place.fingerprint or stamp.size_bytes != place.stamp.size_bytes:
            return None
        same = fingerprint(file, token) == place.fingerprint and stamp_of(file) == stamp
    except (OSError, FileProblem):
        return None
    return stamp if same else None


def common_move(old: Path, new: Path) -> tuple[Path, Path] | None:
    """Which folder went where, when a file went from `old` to `new`: the outermost, since others will have gone along.

    `None` when only the file's own name changed.
    """
    old_folder, new_folder = old.parent, new.parent
    while old_folder.name == new_folder.name and old_folder != old_folder.parent and new_folder != new_folder.parent:
        old_folder, new_folder = old_folder.parent, new_folder.parent
    return None if old_folder == new_folder else (old_folder, new_folder)


def remember(moves: list[tuple[Path, Path]], move: tuple[Path, Path] | None) -> None:
    """Put a move in front of those that are known; the oldest is forgotten."""
    if move is not None:
        moves[:] = [move, *(each for each in moves if each != move)][:_MOVES_MAX]


def walk(folder: Path, stopped: Callable[[], bool]) -> tuple[dict[int, list[Path]], int, bool]:
    """The videos below a folder by their size in bytes, how many entries were seen, and whether that was all."""
    files: dict[int, list[Path]] = defaultdict(list)
    waiting, seen, until_s = [folder], 0, time.monotonic() + WALK_S
    while waiting:
        for entry in _entries(waiting.pop()):
            seen += 1
            if seen > WALKED_MAX or time.monotonic() > until_s or stopped():
                return files, seen, False
            if not entry.is_symlink() and _is_folder(entry):
                waiting.append(Path(entry.path))
            elif (size_bytes := _video_bytes(entry)) is not None:
                files[size_bytes].append(Path(entry.path))
    return files, seen, True


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            yield from found
    except OSError:  # it went away, or may not be read
        return


def _is_folder(path: Path | os.DirEntry[str]) -> bool:
    try:
        return path.is_dir()
    except OSError:  # it may not even be asked
        return False


def _video_bytes(entry: os.DirEntry[str]) -> int | None:
    try:
        is_video = Path(entry.name).suffix.lower() in FOOTAGE_SUFFIXES and entry.is_file()
        return entry.stat().st_size if is_video else None
    except OSError:
        return None
