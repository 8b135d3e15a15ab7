"""Footage looked through for faces: one video at a time, once it is searchable, and while that is switched on."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from desktop_search.core.errors import Cancelled
from desktop_search.engine.library.awaiting import awaited
from desktop_search.engine.library.catching_up import LOOK_EVERY_S, CatchingUp
from desktop_search.engine.library.files import Files
from desktop_search.engine.library.indexer import Indexer
from desktop_search.engine.library.tidying import Tidying
from desktop_search.engine.library.worker_process import Task
from desktop_search.engine.meaning.material import Material
from desktop_search.engine.model_store.installed import ChosenModels, InstalledModel
from desktop_search.engine.people.faces import SeenFace
from desktop_search.engine.store.rows import Video
from desktop_search.engine.store.store import Store

_SETTING, _ON = "people", "on"
_AT_ONCE = 64  # key frames: some seconds on a slow computer, then new footage may go first


class PeopleInFootage(CatchingUp):
    """Looks at the key frames, which are decoded already. Nothing is looked at before it is switched on."""

    def __init__(
        self,
        store: Store,
        files: Files,
        indexer: Indexer,
        tidying: Tidying,
        *,
        models: Callable[[], ChosenModels] = ChosenModels,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        self._is_on = store.settings.get(_SETTING) == _ON
        super().__init__("people", store, indexer, models, self._model_in_use, look_every_s)
        self._files, self._tidying = files, tidying

    @property
    def is_on(self) -> bool:
        """Whether footage is looked through, and people can be searched for."""
        return self._is_on

    @property
    def models_here(self) -> tuple[bool, bool]:
        """Whether a model that finds faces is in use, and one that tells them apart."""
        models = self._models()
        return models.face is not None, models.person is not None

    def switch(self, *, on: bool) -> None:
        """Begin, or stop; what is known stays until it is deleted, and is not used while it is off."""
        self._store.settings.put(_SETTING, _ON if on else "")
        self._is_on = on

    def delete_all(self) -> None:
        """Switch it off, and forget every face and every name."""
        self.switch(on=False)
        self._store.people.delete_all()
        self._tidying.wake()

    def _model_in_use(self, models: ChosenModels) -> InstalledModel | None:
        return models.person if self._is_on and models.face is not None else None

    def _total(self) -> int:
        return self._store.people.total()

    def _without(self, model: InstalledModel) -> list[int]:
        return self._store.people.waiting(self._identity(model))

    def _identity(self, model: InstalledModel) -> str:
        face = self._models().face
        return f"{'' if face is None else face.identity} {model.identity}"

    def _go_through(self, video: Video, model: InstalledModel) -> bool:
        identity, detector = self._identity(model), self._models().face
        chosen = ChosenModels(face=detector, person=model)
        segments = list(self._store.moments.segments_of([video.video_id]))
        found: dict[int, tuple[SeenFace, ...]] = {}
        for first in range(0, len(segments), _AT_ONCE):
            part = segments[first : first + _AT_ONCE]
            frames = tuple(self._files.keyframe(video.video_id, segment.keyframe_ms) for segment in part)
            faces = self._seen_in(video, model, chosen, frames=Material(keyframes=frames))
            found |= dict(zip((segment.segment_id for segment in part), faces, strict=True))
        if self._is_void(video, model):
            raise Cancelled
        return self._store.people.keep(video.video_id, identity, found)

    def _seen_in(
        self, video: Video, model: InstalledModel, chosen: ChosenModels, *, frames: Material
    ) -> tuple[tuple[SeenFace, ...], ...]:
        if self._is_void(video, model):
            raise Cancelled
        task = Task("faces", self._files.keyframes, video.name, chosen, frames)
        future: Future[tuple[tuple[SeenFace, ...], ...]] = self._indexer.later(
            task, stopped=lambda: self._is_void(video, model)
        )
        return awaited(future, self._closing)
