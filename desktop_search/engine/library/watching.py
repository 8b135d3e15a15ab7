"""An eye on files that are indexed in place: away, back, elsewhere, changed."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_search.core.errors import Cancelled, FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.results import INDEX_VERSION
from desktop_search.engine.library import finding
from desktop_search.engine.library.indexer import Indexer
from desktop_search.engine.store.places import Place, Stamp, stamp_of
from desktop_search.engine.store.store import Store
from desktop_search.media.fingerprint import fingerprint

EVERY_S = 30.0
_BATCH = 500  # files looked at between two rests
_TWINS_MAX = 100
_REST = 9  # times as long as a round took: slow drives have other things to do
_END_S = 2.0  # a drive that does not answer holds its thread for long
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Relinked:
    """What came of looking through a folder: what was found, among how many entries, and whether that was all of it."""

    found: list[Place]
    looked_at: int
    complete: bool


class Watch:
    """Looks at some of the files at a time, in a thread of its own: a drive may take long to answer.

    Nothing is read of a file unless its size or time changed, or one of the right size was found where it may be.
    """

    def __init__(self, store: Store, indexer: Indexer, *, every_s: float = EVERY_S) -> None:
        self._store, self._indexer, self._every_s = store, indexer, every_s
        self._token, self._ended = CancelToken(), threading.Event()
        self._after_id = 0
        self._moves: list[tuple[Path, Path]] = []
        self._changing: dict[int, Stamp] = {}  # files that were not as they were, as they were seen then
        self._looked: dict[int, object] = {}  # what the neighbourhood of a file that is away was like
        self._thread = threading.Thread(target=self._watch, name="watch", daemon=True)

    def start(self) -> None:
        """Look at everything once, and then go round."""
        self._thread.start()

    def close(self) -> None:
        """Stop looking; the store is in use no longer, unless a drive hangs."""
        self._token.cancel()
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(_END_S)

    def look(self) -> bool:
        """Look at the next batch; whether that was the last of this round."""
        places = self._store.places.page(self._after_id, _BATCH)
        seen = [(place, self._seen(place)) for place in places if not self._indexer.is_busy(place.video_id)]
        self._mark(seen)
        around = finding.Neighbourhood(self._moves)
        for place, stamp in seen:
            self._token.check()
            self._look_at(place, stamp, around)
        for video_id, file in self._store.places.twins(_TWINS_MAX):
            self._take_twin(video_id, file)
        self._after_id = places[-1].video_id if len(places) == _BATCH else 0
        return self._after_id == 0

    def relink(self, folder: Path) -> Relinked:
        """Look through a folder, and all folders in it, for the files that are away."""
        files, looked_at, complete = finding.walk(folder, self._ended.is_set)
        found = []
        for place in self._store.places.offline():
            alike = files.get(place.stamp.size_bytes, []) if place.stamp is not None else []
            same_name = [file for file in alike if file.name == place.file.name]
            if (file := self._first_same(place, [*same_name, *alike])) is not None:
                found.append(replace(place, file=file))
        return Relinked(found, looked_at, complete)

    def _watch(self) -> None:
        while not self._ended.is_set():
            began_s = time.monotonic()
            try:
                self._indexer.take_up_unstored()
                while not self.look():
                    pass
            except Cancelled:
                return
            except Exception:  # noqa: BLE001 - a full record, a drive like no other: look again later
                if not self._ended.is_set():
                    _log.exception("the files could not be looked after")
            self._ended.wait(max(self._every_s, _REST * (time.monotonic() - began_s)))

    def _seen(self, place: Place) -> Stamp | None:
        """The stamp of a file as it is now; `None` when it is away."""
        self._token.check()
        try:
            return stamp_of(place.file)
        except OSError:
            return None

    def _mark(self, seen: list[tuple[Place, Stamp | None]]) -> None:
        """Write down at once who went away and who is back: a drive holds many files."""
        away = [place for place, stamp in seen if stamp is None and not place.offline]
        back = [place for place, stamp in seen if stamp is not None and place.offline and stamp == place.stamp]
        for place in away:
            _log.info("“%s” is away", place.name)
        self._store.places.set_offline([place.video_id for place in away], True)
        self._store.places.set_offline([place.video_id for place in back], False)

    def _look_at(self, place: Place, stamp: Stamp | None, around: finding.Neighbourhood) -> None:
        if stamp is None:
            self._look_around(place, around)
        elif place.stamp is None or (stamp == place.stamp and not place.fingerprint):
            self._keep(place, stamp)  # indexed by an older version, or away in the wrong moment
        elif stamp != place.stamp:
            self._may_have_changed(place, stamp)
        else:
            self._changing.pop(place.video_id, None)
            if place.offline:
                self._online(place)

    def _look_around(self, place: Place, around: finding.Neighbourhood) -> None:
        folder = finding.nearest_folder(place.file)
        neighbourhood = folder, _mtime_ns(folder), tuple(self._moves)
        if self._looked.get(place.video_id) != neighbourhood:
            self._looked[place.video_id] = neighbourhood
            self._first_same(place, around.candidates(place))

    def _online(self, place: Place) -> None:
        _log.info("“%s” is there again", place.name)
        self._looked.pop(place.video_id, None)
        if place.index_version != INDEX_VERSION:
            self._indexer.add_video(place.video_id)

    def _first_same(self, place: Place, files: Iterable[Path]) -> Path | None:
        """The first of these files that is what was away; it is the video's file from now on."""
        return next((file for file in files if self._take(place, file)), None)

    def _take(self, place: Place, file: Path) -> bool:
        stamp = finding.is_same(place, file, self._token)
        if stamp is None:
            return False
        self._store.places.move(place.video_id, file, stamp)
        finding.remember(self._moves, finding.common_move(place.file, file))
        self._online(place)
        return True

    def _take_twin(self, video_id: int, file: Path) -> None:
        place = next(iter(self._store.places.page(video_id - 1, 1)), None)
        if place is not None and place.video_id == video_id and place.offline:
            self._take(place, file)

    def _may_have_changed(self, place: Place, stamp: Stamp) -> None:
        """Look what is in the file once it rests: nobody wants half a copy indexed."""
        if self._changing.get(place.video_id) != stamp:
            self._changing[place.video_id] = stamp
            return
        del self._changing[place.video_id]
        try:
            found = fingerprint(place.file, self._token)
        except FileProblem as error:
            _log.info("“%s” has changed and cannot be read: %s", place.name, error)
            return
        if found == place.fingerprint:
            self._store.places.keep(place.video_id, stamp, found)
            if place.offline:
                self._online(place)
            return
        _log.info("“%s” has changed", place.name)
        if place.offline:
            self._store.places.set_offline([place.video_id], False)
        self._indexer.add_video(place.video_id)

    def _keep(self, place: Place, stamp: Stamp) -> None:
        try:
            found = fingerprint(place.file, self._token)
        except FileProblem:
            return
        self._store.places.keep(place.video_id, stamp, found)


def _mtime_ns(folder: Path | None) -> int:
    try:
        return 0 if folder is None else folder.stat().st_mtime_ns
    except OSError:
        return 0
