"""One look after the other into a watched folder: what is new there, and has stopped growing."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from desktop_search.core.errors import FileProblem
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.core.watched import FileStamp, is_watched_for
from desktop_search.media.completeness import ends_too_early
from desktop_search.media.opening import os_problem

FILES_MAX = 200_000
NO_FOLDER = _("This is not a folder.")


class FolderLook:
    """Remembers, between looks, what was there the last time. Used by one thread at a time.

    Only names, sizes and times are read of a file that is as it was; one is opened only when it is new and still.
    """

    def __init__(self, folder: Path, seen_to: Mapping[str, FileStamp]) -> None:
        """`seen_to`: files below `folder`, as relative paths, with the state in which they need nothing more."""
        self._folder, self._seen_to = folder, dict(seen_to)
        self._before: dict[str, FileStamp] = {}
        self._cut: dict[str, FileStamp] = {}  # did not open whole; not opened again before they change

    @property
    def growing(self) -> int:
        """How many new files were still growing, or not whole, at the last look."""
        return len(self._before)

    def everything(self, token: CancelToken) -> dict[str, FileStamp]:
        """All footage that is there now. Raises `FileProblem` when the folder cannot be looked into, `Cancelled`."""
        return dict(self._files(token))

    def ready(self, token: CancelToken) -> dict[str, FileStamp]:
        """New files that are as they were at the look before, and open whole. Raises as `everything`."""
        fresh = {path: stamp for path, stamp in self._files(token) if self._seen_to.get(path) != stamp}
        still = {path: stamp for path, stamp in fresh.items() if self._before.get(path) == stamp}
        found = {path: stamp for path, stamp in still.items() if self._is_whole(path, stamp)}
        self._before = {path: stamp for path, stamp in fresh.items() if path not in found}
        self._cut = {path: stamp for path, stamp in self._cut.items() if path in self._before}
        return found

    def done_with(self, files: Mapping[str, FileStamp]) -> None:
        """These need nothing more as they are."""
        self._seen_to.update(files)

    def _is_whole(self, path: str, stamp: FileStamp) -> bool:
        if not stamp.size_bytes or self._cut.get(path) == stamp:
            return False
        if not _opens(self._folder / path):
            return False  # somebody still holds it; asked again at every look
        if ends_too_early(self._folder / path):
            self._cut[path] = stamp
            return False
        return True

    def _files(self, token: CancelToken) -> Iterator[tuple[str, FileStamp]]:
        count, waiting = 0, [""]
        while waiting:
            token.check()
            below = waiting.pop()
            try:
                with os.scandir(self._folder / below) as entries:
                    inside = sorted(entries, key=lambda entry: entry.name)
            except OSError as error:
                if not below:
                    raise _no_folder(self._folder, error) from error
                continue  # a folder inside that may not be opened, or is gone by now
            for entry in inside:
                path = f"{below}/{entry.name}" if below else entry.name
                if _is_folder(entry):
                    waiting.append(path)
                elif (stamp := _stamp(entry)) is not None and count < FILES_MAX:
                    count += 1
                    yield path, stamp


def _opens(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return bool(file.read(1))
    except OSError:
        return False


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Folders are entered, but neither hidden ones nor links, which may lead in circles."""
    try:
        return not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _stamp(entry: os.DirEntry[str]) -> FileStamp | None:
    """The state of a file that may be footage; `None` for anything else."""
    if not is_watched_for(entry.name):
        return None
    try:
        status = entry.stat()
    except OSError:
        return None
    return FileStamp(status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None


def _no_folder(folder: Path, error: OSError) -> FileProblem:
    if isinstance(error, NotADirectoryError):
        return FileProblem(NO_FOLDER)
    if isinstance(error, FileNotFoundError):
        return FileProblem(
            _("The folder is away."), hint=_("It is looked into again once {folder} is back.").format(folder=folder)
        )
    problem = os_problem(error)
    return FileProblem(_("The folder cannot be looked into."), hint=problem.message)
