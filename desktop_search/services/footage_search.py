"""Looking for files that are away, by place, name and size; what is found has the content that was known."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from desktop_search.core.errors import FileProblem
from desktop_search.core.relinking import moved
from desktop_search.core.token import CancelToken

Report = Callable[[tuple[int, int]], object]
_FILES_MAX = 200_000


class FootageSearch:
    """One search. `found` says by content where files are; `refused` are those that look right and are others.

    Args:
        away: by the place where they were, the fingerprints of the files that are looked for.
        sizes: by fingerprint, how large they are, as far as that is known.
    """

    def __init__(
        self,
        away: Mapping[Path, str],
        sizes: Mapping[str, Collection[int]],
        fingerprint_of: Callable[[Path, CancelToken], str],
        token: CancelToken,
        report: Report,
    ) -> None:
        self._away, self._sizes, self._fingerprint_of = away, sizes, fingerprint_of
        self._token, self._report = token, report
        self._contents: dict[Path, str] = {}
        self.found: dict[str, Path] = {}
        self.is_whole = True
        self._refused: dict[Path, None] = {}

    @property
    def refused(self) -> tuple[Path, ...]:
        """Files in the right place or of the right name whose content is another one, of what was not found."""
        return tuple(self._refused)

    def by_place(self, old_root: Path, new_root: Path) -> None:
        """Look where each would be if the one folder had become the other."""
        for number, (path, content) in enumerate(self._away.items(), 1):
            place = moved(path, old_root, new_root)
            if place is not None:
                self._try(content, place)
            self._report((number, len(self._away)))

    def below(self, folder: Path) -> None:
        """Look for the others by name, then by size, in the folder and all below it."""
        left = {path: content for path, content in self._away.items() if content not in self.found}
        if not left:
            return
        by_name, by_size = self._listed(folder, {path.name.casefold() for path in left})
        for number, (path, content) in enumerate(left.items(), 1):
            alike = [place for size in self._sizes.get(content, ()) for place in by_size.get(size, ())]
            for place in dict.fromkeys((*by_name.get(path.name.casefold(), ()), *alike)):
                if self._try(content, place, is_namesake=place.name.casefold() == path.name.casefold()):
                    break
            self._report((number, len(left)))

    def _try(self, content: str, place: Path, *, is_namesake: bool = True) -> bool:
        self._token.check()
        try:
            if place not in self._contents:
                self._contents[place] = self._fingerprint_of(place, self._token)
        except FileProblem:  # nothing is there, or nothing that can be read
            return False
        if self._contents[place] == content:
            self.found[content] = place
            return True
        if is_namesake:
            self._refused[place] = None
        return False

    def _listed(self, folder: Path, names: Collection[str]) -> tuple[dict[str, list[Path]], dict[int, list[Path]]]:
        """Files below the folder: those that are called like one of these, and those as large as a wanted one."""
        wanted = {size for sizes in self._sizes.values() for size in sizes}
        by_name, by_size = defaultdict[str, list[Path]](list), defaultdict[int, list[Path]](list)
        for number, entry in enumerate(_files_below(folder, self._token), 1):
            if number > _FILES_MAX:
                self.is_whole = False
                break
            if entry.name.casefold() in names:
                by_name[entry.name.casefold()].append(Path(entry.path))
            if wanted and (size := _size(entry)) in wanted:
                by_size[size].append(Path(entry.path))
            if number % 500 == 0:
                self._report((number, 0))
        return by_name, by_size


def _files_below(folder: Path, token: CancelToken) -> Iterator[os.DirEntry[str]]:
    """Every file; links to folders are not followed, folders that cannot be read are left out."""
    folders = [folder]
    while folders:
        token.check()
        here = folders.pop()
        try:
            with os.scandir(here) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in listed:
            if _is(entry.is_dir):
                folders.append(Path(entry.path))
            elif _is(entry.is_file):
                yield entry


def _is(ask: Callable[..., bool]) -> bool:
    try:
        return ask(follow_symlinks=False)
    except OSError:
        return False


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat(follow_symlinks=False).st_size
    except OSError:
        return -1
