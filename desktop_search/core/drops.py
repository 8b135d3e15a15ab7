"""From what was dropped to files of footage: folders are opened, what cannot be taken is named with its reason."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop_search.core.footage import FOOTAGE_SUFFIXES, STILL_SUFFIXES
from desktop_search.core.language import _, number
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import MediaKind

FILES_MAX = 50_000

MISSING = _("The file is not there.")
DANGLING = _("The link leads nowhere.")
CIRCLE = _("The link leads in a circle.")
UNREADABLE_FOLDER = _("You may not open this folder.")
UNREADABLE = _("You may not look at this.")
SPECIAL = _("This is a pipe, socket or device, not a file.")
HIDDEN = _("Hidden files are left out.")
SEEN_BEFORE = _("The same file is in this selection already.")
FOLDER_SEEN = _("This folder was looked into already.")
TOO_MANY = _("More than {most} files at once; add the rest of this folder separately.").format(most=number(FILES_MAX))
SOUND = _("Sound without a picture cannot be searched.")
RAW = _("Raw footage of this kind cannot be read; export it first, as ProRes or H.264 for example.")
BESIDE = _("Cameras and editing programs keep this file beside the footage; it is not needed here.")
WRONG_TYPE = _("Not a kind of file that can be searched.")
_SOUND_SUFFIXES = {".aac", ".aif", ".aifc", ".aiff", ".bwf", ".flac", ".m4a", ".mp3", ".ogg", ".opus", ".wav", ".wma"}
_RAW_SUFFIXES = {".ari", ".arx", ".braw", ".cine", ".crm", ".dng", ".krw", ".nev", ".r3d", ".rmf", ".x3f"}
_BESIDE_SUFFIXES = {
    *{".ale", ".bdm", ".bim", ".bup", ".cif", ".cpf", ".cpi", ".ctg", ".edl", ".ifo", ".lrv", ".mhl", ".mif", ".mpl"},
    *{".pek", ".ppn", ".rmd", ".scr", ".sev", ".sif", ".smi", ".thm", ".xml", ".xmp"},
}


@dataclass(frozen=True, slots=True)
class Found:
    """A file with the name of footage; nothing in it was read yet."""

    path: Path
    kind: MediaKind
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A path that is not taken, and why, in words for the user."""

    path: Path
    reason: str


def kind_of(path: Path) -> MediaKind | None:
    """What the name says the file is."""
    suffix = path.suffix.lower()
    if suffix in FOOTAGE_SUFFIXES:
        return MediaKind.VIDEO
    return MediaKind.IMAGE if suffix in STILL_SUFFIXES else None


def expand(paths: Iterable[Path], token: CancelToken, *, files_max: int = FILES_MAX) -> Iterator[Found | Skipped]:
    """Every file below `paths`, each once, sorted within its folder, as it is found.

    Hidden files and folders inside a folder are passed over (hidden footage is named); one that was dropped itself
    is taken. Links are followed, but no folder is entered twice. Opens no file. Raises `Cancelled`.
    """
    walk, count = _Walk(token), 0
    for path in paths:
        for one in walk.look(Path(os.path.abspath(path))):  # noqa: PTH100 - Path.absolute keeps ".."
            count += isinstance(one, Found)
            if count > files_max:
                yield Skipped(one.path.parent, TOO_MANY)
                return
            yield one


class _Walk:
    """One pass over what was dropped; remembers which folders and files were seen."""

    def __init__(self, token: CancelToken) -> None:
        self._token = token
        self._folders: set[tuple[int, int]] = set()
        self._files: set[str] = set()

    def look(self, dropped: Path) -> Iterator[Found | Skipped]:
        waiting = [dropped]  # a stack instead of recursion: folders can be nested very deeply
        while waiting:
            self._token.check()
            path = waiting.pop()
            status = _status(path)
            if isinstance(status, Skipped):
                yield status
            elif stat.S_ISDIR(status.st_mode):
                inside = self._inside(path, status)
                if isinstance(inside, Skipped):
                    yield inside
                else:
                    yield from (Skipped(file, HIDDEN) for file in inside if _is_hidden(file) and kind_of(file))
                    waiting.extend(file for file in reversed(inside) if not _is_hidden(file))
            else:
                yield self._file(path, status)

    def _inside(self, folder: Path, status: os.stat_result) -> list[Path] | Skipped:
        identity = (status.st_dev, status.st_ino)
        if identity in self._folders:
            return Skipped(folder, FOLDER_SEEN)
        self._folders.add(identity)
        try:
            with os.scandir(folder) as entries:
                return sorted((folder / entry.name for entry in entries), key=lambda path: path.name.casefold())
        except OSError:
            return Skipped(folder, UNREADABLE_FOLDER)

    def _file(self, path: Path, status: os.stat_result) -> Found | Skipped:
        if not stat.S_ISREG(status.st_mode):
            return Skipped(path, SPECIAL)
        kind = kind_of(path)
        if kind is None:
            return Skipped(path, _wrong_type(path))
        real = os.path.realpath(path)
        if real in self._files:
            return Skipped(path, SEEN_BEFORE)
        self._files.add(real)
        return Found(path, kind, status.st_size)


def _status(path: Path) -> os.stat_result | Skipped:
    try:
        return path.stat()
    except FileNotFoundError:
        return Skipped(path, DANGLING if path.is_symlink() else MISSING)
    except PermissionError:
        return Skipped(path, UNREADABLE)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        loops = isinstance(error, OSError) and path.is_symlink()
        return Skipped(path, CIRCLE if loops else MISSING)


def _is_hidden(path: Path) -> bool:
    return path.name.startswith(".")


def _wrong_type(path: Path) -> str:
    for suffixes, reason in ((_SOUND_SUFFIXES, SOUND), (_RAW_SUFFIXES, RAW), (_BESIDE_SUFFIXES, BESIDE)):
        if path.suffix.lower() in suffixes:
            return reason
    return WRONG_TYPE
