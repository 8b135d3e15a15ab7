"""Footage looked through for faces: a video or image at a time, once it is searchable, while that is switched on."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial

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
from desktop_search.engine.store.rows import Image, Video
from desktop_search.engine.store.store import Store

_SETTING, _ON = "people", "on"
_AT_ONCE = 64  # key frames: some seconds on a slow computer, then new footage may go first


class PeopleInFootage(CatchingUp):
    """Looks at key frames, which are decoded already, and stills. Nothing is looked at before it is switched on."""

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
        """Videos and images."""
        identity = self._identity(model)
        return [*self._store.people.waiting(identity), *self._store.people.images_waiting(identity)]

    def _next(self, model: InstalledModel) -> Video | None:
        """A video, of which new ones go first; where there is none, stills are looked at meanwhile."""
        while (video := super()._next(model)) is None:
            image = next((found for each in self._waiting(model) if (found := self._store.images.get(each))), None)
            if image is None or self._is_void_image(image, model) or self._has_failed(model):
                return None
            self._attempt(image.image_id, f"image {image.image_id}", model, partial(self._look_at, image, model))
        return video

    def _identity(self, model: InstalledModel) -> str:
        face = self._models().face
        return f"{'' if face is None else face.identity} {model.identity}"

    def _go_through(self, video: Video, model: InstalledModel) -> bool:
        identity = self._identity(model)
        segments = list(self._store.moments.segments_of([video.video_id]))
        found: dict[int, tuple[SeenFace, ...]] = {}
        for first in range(0, len(segments), _AT_ONCE):
            part = segments[first : first + _AT_ONCE]
            frames = tuple(self._files.keyframe(video.video_id, segment.keyframe_ms) for segment in part)
            faces = self._seen(video.name, model, Material(keyframes=frames), lambda: self._is_void(video, model))
            found |= dict(zip((segment.segment_id for segment in part), faces, strict=True))
        if self._is_void(video, model):
            raise Cancelled
        return self._store.people.keep(video.video_id, identity, found)

    def _look_at(self, image: Image, model: InstalledModel) -> bool:
        identity, file = self._identity(model), self._files.image(image.image_id, image.suffix)
        material = Material(images=(file,))
        (faces,) = self._seen(image.name, model, material, lambda: self._is_void_image(image, model))
        if self._is_void_image(image, model):
            raise Cancelled
        return self._store.people.keep_image(image.image_id, identity, faces)

    def _is_void_image(self, image: Image, model: InstalledModel) -> bool:
        is_over = self._closing.is_set() or self._model_in_use(self._models()) != model
        return is_over or self._store.images.get(image.image_id) is None

    def _seen(
        self, name: str, model: InstalledModel, material: Material, is_void: Callable[[], bool]
    ) -> tuple[tuple[SeenFace, ...], ...]:
        """The faces of each of the pictures. Raises Cancelled, FileProblem."""
        if is_void():
            raise Cancelled
        chosen = ChosenModels(face=self._models().face, person=model)
        task = Task("faces", self._files.data_dir, name, chosen, material)
        future: Future[tuple[tuple[SeenFace, ...], ...]] = self._indexer.later(task, stopped=is_void)
        return awaited(future, self._closing)
