"""Searches that are remembered: what was asked lately, and searches with names, whose new hits are counted."""

from __future__ import annotations

import errno
import hashlib
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.searches import RecentTable, SavedTable
from desktop_search.core.errors import AppError, DiskFull, FileProblem
from desktop_search.core.findings import Findings
from desktop_search.core.known_texts import reason_of
from desktop_search.core.language import _
from desktop_search.core.query import SearchQuery
from desktop_search.core.recalling import recalled
from desktop_search.core.searches import RecentSearch, SavedSearch, fresh_after, keys_of
from desktop_search.core.token import CancelToken
from desktop_search.core.when import Clock
from desktop_search.services.finding_together import Report, TogetherFinder
from desktop_search.services.libraries import Libraries
from desktop_search.settings.preferences import PreferencesStore

_log = logging.getLogger(__name__)
_PICTURE_MAX_BYTES = 64 * 1024**2


class SearchMemory:
    """Safe from any thread; not for the GUI thread. Every method may raise `CatalogProblem` or `DiskFull`.

    Args:
        pictures_dir: where the pictures of saved searches are kept.
        clock: what words such as "last week" are relative to; searches that are read have the dates that they mean now.
    """

    def __init__(
        self,
        catalog: Catalog,
        finder: TogetherFinder,
        libraries: Libraries,
        preferences: PreferencesStore,
        pictures_dir: Path,
        clock: Callable[[], Clock],
    ) -> None:
        self._catalog = catalog
        self._recent, self._saved = RecentTable(catalog), SavedTable(catalog)
        self._finder, self._libraries, self._preferences = finder, libraries, preferences
        self._pictures_dir, self._clock = pictures_dir, clock

    def note(self, query: SearchQuery) -> None:
        """A search was asked; remembered unless the user switched that off."""
        if self.remembers:
            self._recent.add(query, _now_ms())

    def recent(self) -> tuple[RecentSearch, ...]:
        """What was asked lately, newest first."""
        clock = self._clock()
        return tuple(replace(each, query=recalled(each.query, clock)) for each in self._recent.all())

    def last(self) -> SearchQuery | None:
        """The newest of them, unless searches are not to be remembered."""
        recent = self.recent() if self.remembers else ()
        if not recent:
            return None
        query = recent[0].query
        return query if query.picture is None or query.picture.is_file() else replace(query, picture=None)

    def forget_recent(self, search_id: int | None = None) -> None:
        """Forget one, or all."""
        if search_id is None:
            self._recent.clear()
        else:
            self._recent.remove(search_id)

    @property
    def remembers(self) -> bool:
        """Whether searches are remembered by themselves."""
        return self._preferences.load().recent_searches

    def set_remembers(self, remembers: bool) -> None:
        """Remember searches from now on, or no more; what is remembered stays. Raises `FileProblem` too."""
        self._preferences.update(recent_searches=remembers)

    def saved(self) -> tuple[SavedSearch, ...]:
        """The searches with names, by name."""
        clock = self._clock()
        return tuple(replace(each, query=recalled(each.query, clock)) for each in self._saved.all())

    def save(
        self, name: str, query: SearchQuery, library_ids: tuple[str, ...], found: Findings | None
    ) -> tuple[SavedSearch, ...]:
        """Keep a search under a name, with a copy of its picture; `library_ids` is empty for all of the user's.

        `found` is what it has found already. Returns all as they are now. Raises `RequestRejected` for a name that
        cannot be, `FileProblem` for a picture that cannot be kept.
        """
        with self._catalog.writing():
            search_id = self._saved.add(name, self._with_own_picture(query), library_ids)
            if found is not None:
                self._saved.looked(search_id, keys_of(found), _now_ms())
        return self.saved()

    def rename(self, search_id: int, name: str) -> tuple[SavedSearch, ...]:
        """Give it another name. Raises `RequestRejected` for one that cannot be."""
        self._saved.rename(search_id, name)
        return self.saved()

    def change(
        self, search_id: int, query: SearchQuery, library_ids: tuple[str, ...], found: Findings | None
    ) -> tuple[SavedSearch, ...]:
        """Let it be another search from now on, under its name. Raises `FileProblem` as `save`."""
        with self._catalog.writing():
            self._saved.change(search_id, self._with_own_picture(query), library_ids)
            if found is not None:
                self._saved.looked(search_id, keys_of(found), _now_ms())
            self._sweep()
        return self.saved()

    def remove(self, search_id: int) -> tuple[SavedSearch, ...]:
        """Forget it, and its picture."""
        with self._catalog.writing():
            self._saved.remove(search_id)
            self._sweep()
        return self.saved()

    def looked(self, search_id: int, found: Findings) -> tuple[SavedSearch, ...]:
        """The user has its answer on show."""
        self._saved.looked(search_id, keys_of(found), _now_ms())
        return self.saved()

    def count_in(self, library_id: str, token: CancelToken) -> tuple[SavedSearch, ...]:
        """Find out what is new in a library whose footage has changed, for all saved searches that ask it.

        Quietly: a library that costs money is not asked, and what fails is left as it was. Raises `Cancelled`.
        """
        if not self._libraries.library(library_id).is_paid:
            for saved in self._saved.all():
                if not saved.library_ids or library_id in saved.library_ids:
                    try:
                        self._count(saved, (library_id,), token)
                    except AppError as error:
                        _log.info("the new hits of a saved search were not counted: %s (%s)", error, error.details)
        return self.saved()

    def count(self, search_id: int, token: CancelToken, report: Report) -> tuple[SavedSearch, ...]:
        """Find out what is new, by asking its libraries anew, whatever that costs. Raises what the search raises.

        `report` gets what is there each time that one of several libraries has answered.
        """
        saved = self._saved.get(search_id)
        if saved is not None:
            self._count(saved, saved.library_ids, token, report)
        return self.saved()

    def _count(
        self,
        saved: SavedSearch,
        library_ids: tuple[str, ...],
        token: CancelToken,
        report: Report = lambda _part: None,
    ) -> None:
        found = self._finder.find(library_ids, recalled(saved.query, self._clock()), token, report, asks_anew=True)
        if found.problem is not None:
            raise found.problem
        self._saved.counted(saved, fresh_after(saved, found), _now_ms())

    def _with_own_picture(self, query: SearchQuery) -> SearchQuery:
        """The query with a copy of its picture in the place of it: pasted ones are not kept for ever, others move."""
        if query.picture is None or query.picture.parent == self._pictures_dir:
            return query
        try:
            if query.picture.stat().st_size > _PICTURE_MAX_BYTES:
                raise FileProblem(_("The picture is too large to be kept with the search."))
            content = query.picture.read_bytes()
            digest = hashlib.sha256(content).hexdigest()[:32]
            target = self._pictures_dir / f"{digest}{query.picture.suffix.lower()}"
            self._pictures_dir.mkdir(parents=True, exist_ok=True)
            fresh = target.with_name(f"{target.name}.new")
            fresh.write_bytes(content)
            fresh.replace(target)
        except OSError as error:
            raise _not_kept(error) from None
        return replace(query, picture=target)

    def _sweep(self) -> None:
        """Delete pictures that no saved search has any more; inside the transaction, so that none is on its way."""
        used = self._saved.pictures()
        for path in self._pictures_dir.glob("*"):
            if path not in used:
                with suppress(OSError):
                    path.unlink()


def _not_kept(error: OSError) -> AppError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(_("There is no room left to keep the picture of the search."), hint=_("Free some space."))
    words = _("The picture of the search could not be kept: {reason}.").format(reason=reason_of(error))
    return FileProblem(words, hint=_("Is it still there?"))


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
