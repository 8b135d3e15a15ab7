"""Better transcripts for footage that was heard roughly before a speech model was in use: one video at a time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from desktop_search.engine.indexing.results import Meant, Said
from desktop_search.engine.library.awaiting import awaited
from desktop_search.engine.library.catching_up import LOOK_EVERY_S, CatchingUp
from desktop_search.engine.library.indexer import Indexer
from desktop_search.engine.library.worker_process import Task
from desktop_search.engine.model_store.installed import ChosenModels, InstalledModel
from desktop_search.engine.store.rows import Video
from desktop_search.engine.store.store import Store


def _unheard() -> None:
    pass


class ListeningAgain(CatchingUp):
    """Listens with the speech model in use to what was heard by none.

    The transcript of before answers until the new one takes its place, all at once.
    """

    def __init__(
        self,
        store: Store,
        indexer: Indexer,
        *,
        models: Callable[[], ChosenModels] = ChosenModels,
        on_heard: Callable[[], None] = _unheard,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        super().__init__("listening again", store, indexer, models, lambda chosen: chosen.speech, look_every_s)
        self._on_heard = on_heard

    def ask(self) -> int:
        """Have those heard again as well that another model has heard; how many they are. 0 without a model."""
        model = self._models().speech
        return 0 if model is None else self._store.transcripts.ask_again(model.identity)

    def _total(self) -> int:
        """Those with sound."""
        return self._store.transcripts.heard()

    def _without(self, model: InstalledModel) -> list[int]:  # noqa: ARG002 - any will do
        return self._store.transcripts.waiting()

    def _go_through(self, video: Video, model: InstalledModel) -> bool:
        if video.file is None:
            return False
        task = Task("said", video.file, video.name, self._models())
        future: Future[tuple[Said, Meant | None]] = self._indexer.later(
            task, stopped=lambda: self._is_void(video, model)
        )
        is_kept = self._store.transcripts.replace(video.video_id, *awaited(future, self._closing))
        if is_kept:
            self._on_heard()
        return is_kept

    def _is_void(self, video: Video, model: InstalledModel) -> bool:
        """Also where new footage must not wait for it: it then begins anew."""
        return bool(self._indexer.waiting) or super()._is_void(video, model)
