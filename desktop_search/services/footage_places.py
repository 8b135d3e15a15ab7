"""Where the files of selects are: whether they are there, found again where they are known, or below another folder."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.catalog.selects import SelectsTable
from desktop_search.core.errors import FileProblem
from desktop_search.core.language import _
from desktop_search.core.relinking import Relinked, folder_below, roots_of
from desktop_search.core.selects import Select
from desktop_search.core.token import CancelToken
from desktop_search.media.fingerprint import fingerprint
from desktop_search.services.footage_search import FootageSearch, Report

FingerprintOf = Callable[[Path, CancelToken], str]


class FootagePlaces:
    """Files are known by their content. Every method may take long, and raises `CatalogProblem` or `DiskFull`."""

    def __init__(self, catalog: Catalog, fingerprint_of: FingerprintOf = fingerprint) -> None:
        self._table, self._links = SelectsTable(catalog), LocalFilesTable(catalog)
        self._fingerprint_of = fingerprint_of

    def away(self, selects: Iterable[Select], token: CancelToken) -> frozenset[Path]:
        """Which of their files are not there, or have become other ones.

        Those of which another place is known are looked for there first, and found again: the selects say so when they
        are read the next time.
        """
        files = {one.path: one.fingerprint for one in selects if one.path is not None}
        away = self._away(files, token)
        found = {content: place for content in away.values() if content and (place := self._known(content, token))}
        if found:
            self._table.relocate(found)
        return frozenset(path for path, content in away.items() if content not in found)

    def relink(self, old: Path, new: Path, token: CancelToken, report: Report) -> Relinked:
        """The file that was at `old` is at `new` now: so are all others of selects that are away, by its folders.

        First where each would be if the folders above had moved, then by its name, then by its size, everywhere below;
        what is there must have the same content. With `report((looked at, all))` on the way; `all` is 0 while files are
        listed. Raises `FileProblem` where `new` is another file than `old` was; `Cancelled`.
        """
        files = {path: content for content, path in self._table.files()}
        content = files.get(old, "")
        if not content or self._fingerprint_of(new, token) != content:
            raise FileProblem(
                _("“{name}” is another file: its content differs.").format(name=new.name),
                hint=_("Choose the file itself; a copy that was converted has other content."),
            )
        away = self._away({path: each for path, each in files.items() if each != content}, token)
        search = FootageSearch(away, self._links.sizes_of(away.values()), self._fingerprint_of, token, report)
        search.by_place(*roots_of(old, new))
        search.below(folder_below(old, new))
        found = {content: new} | search.found
        self._keep(found)
        return Relinked(
            tuple((path, found[each]) for path, each in files.items() if each in found),
            tuple(path for path, each in away.items() if each not in found),
            search.refused,
            search.is_whole,
        )

    def _keep(self, found: dict[str, Path]) -> None:
        self._table.relocate(found)
        for content, path in found.items():
            status = path.stat()
            self._links.relocate_content(content, path, status.st_size, status.st_mtime_ns)

    def _away(self, files: dict[Path, str], token: CancelToken) -> dict[Path, str]:
        """Those that are not there with the size that they had."""
        sizes = self._links.sizes_of(files.values())
        return {path: each for path, each in files.items() if not _is_there(path, sizes.get(each, ()), token)}

    def _known(self, content: str, token: CancelToken) -> Path | None:
        """Another place where a file of this content was, if it is there."""
        places = dict.fromkeys((*self._links.paths_of(content), *self._table.paths_of(content)))
        return next((place for place in places if self._has_content(place, content, token)), None)

    def _has_content(self, path: Path, content: str, token: CancelToken) -> bool:
        try:
            return self._fingerprint_of(path, token) == content
        except FileProblem:
            return False


def _is_there(path: Path, sizes: Collection[int], token: CancelToken) -> bool:
    token.check()
    try:
        return path.is_file() and (not sizes or path.stat().st_size in sizes)
    except OSError:
        return False
