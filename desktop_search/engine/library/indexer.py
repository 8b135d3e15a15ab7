"""Indexing in the background: what is waiting, how far it is, and what becomes of the results."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from desktop_search.core.errors import Cancelled, FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.results import INDEX_VERSION, ImageAnalysis, Vector, VideoAnalysis
from desktop_search.engine.library.files import Files
from desktop_search.engine.library.lane import Lane
from desktop_search.engine.library.worker import Worker
from desktop_search.engine.library.worker_process import Task
from desktop_search.engine.model_store.installed import ChosenModels
from desktop_search.engine.store.places import Stamp, stamp_of
from desktop_search.engine.store.rows import PARSE, Video
from desktop_search.engine.store.store import Store
from desktop_search.media.fingerprint import fingerprint

_log = logging.getLogger(__name__)
_PAUSED, _YES, _NO = "paused", "yes", "no"
_ROOM_BYTES = 16 * 1024 * 1024  # with less, what is read would find no room again
_QUERY, _NEW_IMAGE, _AGAIN = 0, 1, 2  # who goes first among pictures
_NEW_VIDEO, _VIDEO_AGAIN, _LATER = 0, 1, 2  # and among videos


def _unheard() -> None:
    pass


class Indexer:
    """Videos in one lane, pictures in another, so that a query picture never waits for a long film.

    `models` says which models are in use; a file is read with those that are when its turn has come.
    """

    def __init__(
        self,
        store: Store,
        files: Files,
        *,
        video_workers: int,
        models: Callable[[], ChosenModels] = ChosenModels,
        make_worker: Callable[[], Worker] = Worker,
        on_ended: Callable[[], None] = _unheard,
    ) -> None:
        self._store, self._files, self._models, self._on_ended = store, files, models, on_ended
        self._waiting: set[int] = set()  # videos whose turn has not come
        self._running: dict[int, int] = {}  # videos being read, with their permille
        self._stamps: dict[int, Stamp] = {}  # of the user's own files, when their reading began
        self._dropped: set[int] = set()
        self._unstored: dict[int, Callable[[], object]] = {}  # what the disk did not take, and how it is read again
        self._videos = Lane("videos", video_workers, make_worker, prepared=self._with_models)
        self._pictures = Lane(  # of the urgent ones, somebody waits for the answer
            "pictures", 1, make_worker, urgent=_NEW_IMAGE, prepared=self._with_models
        )
        if store.settings.get(_PAUSED) == _YES:
            self._pause()

    def resume(self) -> None:
        """Take up what an earlier run left unfinished, and what an older version indexed."""
        for video_id in self._store.videos.to_index(INDEX_VERSION):
            self.add_video(video_id)
        for image_id in self._store.images.to_index():
            self.add_image(image_id, again=True)

    def add_video(self, video_id: int) -> None:
        """Index a stored video when its turn comes."""
        video = self._store.videos.get(video_id)
        if video is None or video.file is None:
            return
        self._waiting.add(video_id)
        future = self._videos.submit(
            Task("video", video.file, video.name),
            priority=_VIDEO_AGAIN if video.status == PARSE else _NEW_VIDEO,
            began=lambda: self._begin_video(video_id, video),
            report=lambda permille: self._report(video_id, permille),
            stopped=lambda: video_id in self._dropped,
        )
        again = partial(self.add_video, video_id)
        future.add_done_callback(lambda ended: self._finish(video_id, ended, self._keep_video, self._fail_video, again))

    def add_image(self, image_id: int, *, again: bool = False) -> Future[Any] | None:
        """Index a stored image; the future ends once it is searchable or failed."""
        image = self._store.images.get(image_id)
        if image is None:
            return None
        task = Task("image", self._files.image(image_id, image.suffix), image.name)
        kept: Future[Any] = Future()
        future = self._pictures.submit(task, priority=_AGAIN if again else _NEW_IMAGE)

        def finish(ended: Future[Any]) -> None:
            take_up = partial(self.add_image, image_id, again=True)
            images = self._store.images
            self._finish(image_id, ended, images.keep, lambda failed, _: images.fail(failed), take_up)
            error = ended.exception()
            if error is None:
                kept.set_result(None)
            else:
                kept.set_exception(error)

        future.add_done_callback(finish)
        return kept

    def picture(self, path: Path, name: str) -> Future[Vector]:
        """The look vector of a query picture; FileProblem where it cannot be read."""
        return self._pictures.submit(Task("picture", path, name), priority=_QUERY)

    def later(self, task: Task, *, stopped: Callable[[], bool]) -> Future[Any]:
        """Have footage read that is searchable already: after everything else, in the lane of the videos."""
        return self._videos.submit(task, priority=_LATER, stopped=stopped)

    def take_up_unstored(self) -> None:
        """Read once more what the disk did not take, now that there is room on it."""
        if not self._unstored or shutil.disk_usage(self._files.data_dir).free < _ROOM_BYTES:
            return
        for item_id in list(self._unstored):  # more may come meanwhile
            self._unstored.pop(item_id)()

    def drop(self, video_id: int) -> None:
        """The video was deleted: stop reading it, if it is being read or waits for it."""
        if self.is_busy(video_id):
            self._dropped.add(video_id)

    def permille(self, video_id: int) -> int | None:
        """How far indexing is, 0 to 1000; `None` when it is not being read."""
        return self._running.get(video_id)

    def is_busy(self, video_id: int) -> bool:
        """Whether a video is being read or waits for it."""
        return video_id in self._waiting or video_id in self._running

    @property
    def running(self) -> dict[int, int]:
        """The videos that are being read, each with its permille."""
        return self._running.copy()

    @property
    def waiting(self) -> int:
        """How many videos wait for their turn."""
        return len(self._waiting - self._dropped)

    @property
    def paused(self) -> bool:
        """Whether a pause was asked for."""
        return self._store.settings.get(_PAUSED) == _YES

    def set_paused(self, paused: bool) -> None:
        """Pause, or go on from where it was. It holds across restarts. Query pictures and new images are never held up.

        Raises sqlite3.Error where it cannot be written down; nothing is changed then.
        """
        self._store.settings.put(_PAUSED, _YES if paused else _NO)
        if paused:
            self._pause()
        else:
            for lane in (self._videos, self._pictures):
                lane.resume()

    def close(self) -> None:
        """Stop; unfinished videos are taken up at the next start."""
        self._videos.close()
        self._pictures.close()

    def _with_models(self, task: Task) -> Task:
        """With the models of this moment, unless the task is about certain ones."""
        return task if task.models != ChosenModels() else replace(task, models=self._models())

    def _pause(self) -> None:
        for lane in (self._videos, self._pictures):
            lane.pause()

    def _begin_video(self, video_id: int, video: Video) -> None:
        self._report(video_id, 0)
        if video.in_place and video.file is not None:
            with suppress(OSError):
                self._stamps[video_id] = stamp_of(video.file)

    def _report(self, video_id: int, permille: int) -> None:
        self._running[video_id] = min(max(permille, 0), 1000)
        self._waiting.discard(video_id)

    def _keep_video(self, video_id: int, analysis: VideoAnalysis) -> None:
        self._files.keep_keyframes(video_id, analysis.segments)
        video = self._store.videos.get(video_id)
        content = self._content_of(video)  # before anybody hears that it is searchable, and may move it
        if not self._store.moments.keep(video_id, analysis):
            self._files.drop_keyframes(video_id)
            return
        self._keep_place(video, content)
        if video is not None and video.file is not None and not video.retain and not video.in_place:
            self._store.videos.forget_file(video)
            video.file.unlink(missing_ok=True)
            self._store.leftovers.remove([video.file.name])

    def _fail_video(self, video_id: int, cause: str) -> None:
        video = self._store.videos.get(video_id)
        self._store.videos.fail(video_id, cause)
        self._keep_place(video, self._content_of(video))

    def _content_of(self, video: Video | None) -> str | None:
        """The fingerprint of what was read; "" when it changed meanwhile, `None` when it is away or not the user's."""
        if video is None or not video.in_place or video.file is None or video.video_id not in self._stamps:
            return None
        try:
            found = fingerprint(video.file, CancelToken())
            return found if stamp_of(video.file) == self._stamps[video.video_id] else ""
        except (FileProblem, OSError):
            return None

    def _keep_place(self, video: Video | None, content: str | None) -> None:
        if video is None or not video.in_place:
            return
        if content is None:
            self._store.places.set_offline([video.video_id], True)
        else:
            self._store.places.keep(video.video_id, self._stamps[video.video_id], content)

    def _finish(
        self,
        item_id: int,
        ended: Future[VideoAnalysis | ImageAnalysis],
        keep: Callable[[int, Any], None],
        fail: Callable[[int, str], None],
        again: Callable[[], object],
    ) -> None:
        """Store the result or the cause. Where the disk takes neither, it is read `again` once there is room."""
        try:
            cause = self._stored(item_id, ended, keep)
            if cause:
                _log.warning("%s: %s", item_id, cause)
                fail(item_id, cause)
        except sqlite3.Error:
            _log.exception("what became of %s could not be stored", item_id)
            self._unstored[item_id] = again
        finally:
            self._running.pop(item_id, None)
            self._stamps.pop(item_id, None)
            self._waiting.discard(item_id)
            self._dropped.discard(item_id)
            self._on_ended()

    @staticmethod
    def _stored(item_id: int, ended: Future[VideoAnalysis | ImageAnalysis], keep: Callable[[int, Any], None]) -> str:
        """Store the result; "" or why there is nothing to search."""
        try:
            keep(item_id, ended.result())
        except Cancelled:
            return ""
        except FileProblem as error:
            if error.details:
                _log.warning("%s: %s", item_id, error.details)
            return str(error)
        except (OSError, sqlite3.Error) as error:
            reason = error.strerror if isinstance(error, OSError) else None
            return f"What was found in this file could not be stored: {reason or error}."
        except Exception:  # noqa: BLE001 - the row must not say "indexing" for ever
            _log.exception("indexing %s failed unexpectedly", item_id)
            return "Something went wrong inside the engine while indexing this file."
        return ""
