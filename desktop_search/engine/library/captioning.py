"""Sentences about what is seen, by the caption model in use: one video at a time, once it is searchable."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from desktop_search.core.errors import Cancelled
from desktop_search.engine.library.awaiting import awaited
from desktop_search.engine.library.catching_up import LOOK_EVERY_S, CatchingUp
from desktop_search.engine.library.files import Files
from desktop_search.engine.library.indexer import Indexer
from desktop_search.engine.library.worker_process import Task
from desktop_search.engine.meaning.material import Material
from desktop_search.engine.model_store.installed import ChosenModels, InstalledModel
from desktop_search.engine.store.rows import Video
from desktop_search.engine.store.store import Store

_AT_ONCE = 16  # key frames: some ten seconds on a slow computer, then new footage may go first


class Captioning(CatchingUp):
    """Has the key frames described of what has no captions by the model in use.

    It takes much longer than all other indexing, so footage never waits for it: until then its sentences are made of
    its index words.
    """

    def __init__(
        self,
        store: Store,
        files: Files,
        indexer: Indexer,
        *,
        models: Callable[[], ChosenModels] = ChosenModels,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        super().__init__("captioning", store, indexer, models, lambda chosen: chosen.caption, look_every_s)
        self._files = files

    def _total(self) -> int:
        return len(self._store.videos.searchable())

    def _without(self, model: InstalledModel) -> list[int]:
        return self._store.captions.waiting(model.identity)

    def _go_through(self, video: Video, model: InstalledModel) -> bool:
        segments = list(self._store.moments.segments_of([video.video_id]))
        captions: dict[int, str] = {}
        for first in range(0, len(segments), _AT_ONCE):
            part = segments[first : first + _AT_ONCE]
            frames = tuple(self._files.keyframe(video.video_id, segment.keyframe_ms) for segment in part)
            texts = self._written(video, model, frames=Material(keyframes=frames))
            captions |= dict(zip((segment.segment_id for segment in part), texts, strict=True))
        self._store.captions.keep(video.video_id, model.identity, captions)
        return True

    def _written(self, video: Video, model: InstalledModel, *, frames: Material) -> tuple[str, ...]:
        def is_void() -> bool:
            return self._is_void(video, model)

        if is_void():
            raise Cancelled
        task = Task("caption", self._files.keyframes, video.name, ChosenModels(caption=model), frames)
        future: Future[tuple[str, ...]] = self._indexer.later(task, stopped=is_void)
        return awaited(future, self._closing)
