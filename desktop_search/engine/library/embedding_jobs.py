"""What the background embedding does at one time: a video, or a handful of images."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop_search.engine.library.files import Files
from desktop_search.engine.library.worker_process import Task
from desktop_search.engine.meaning.material import Embedded, Material
from desktop_search.engine.model_store.installed import ChosenModels, InstalledModel
from desktop_search.engine.store.meanings import Part
from desktop_search.engine.store.store import Store


class Job(Protocol):
    """Something to be embedded by the models it was made for."""

    @property
    def ids(self) -> tuple[int, ...]:
        """The videos or images it is about."""

    @property
    def models(self) -> ChosenModels:
        """The models."""

    def task(self) -> Task | None:
        """The work for a worker process; `None` where nothing is to be done any longer."""

    def is_wanted(self) -> bool:
        """Whether the footage is still there."""

    def to_index_again(self) -> bool:
        """Whether only that can help."""

    def keep(self, embedded: Embedded) -> tuple[int, ...]:
        """Store what was made; the ids of what has got no vectors."""


@dataclass(frozen=True, slots=True)
class VideoJob:
    """One video: its key frames, its utterances, or both, whichever has no vectors yet."""

    store: Store
    files: Files
    video_id: int
    models: ChosenModels

    @property
    def ids(self) -> tuple[int, ...]:
        """The video."""
        return (self.video_id,)

    def task(self) -> Task | None:
        """Reads the record only: the files are opened by the worker."""
        video = self.store.videos.get(self.video_id)
        if video is None:
            return None
        keyframes = texts = None
        if self._lacks("seen", self.models.seen):
            keyframes = self.keyframes()
        if self._lacks("said", self.models.text):
            texts = tuple(line.text for line in self.store.moments.spoken_in(self.ids))
        if keyframes is None and texts is None:
            return None
        return Task("meaning", self.files.keyframes, video.name, self.models, Material(keyframes, texts))

    def keyframes(self) -> tuple[Path, ...]:
        """The file of each segment, whether or not it is there."""
        segments = self.store.moments.segments_of(self.ids)
        return tuple(self.files.keyframe(self.video_id, segment.keyframe_ms) for segment in segments)

    def is_wanted(self) -> bool:
        """Whether it was not deleted."""
        return self.store.videos.get(self.video_id) is not None

    def to_index_again(self) -> bool:
        """Whether key frames are gone, which are only derived, while the video itself is there."""
        video = self.store.videos.get(self.video_id)
        if video is None or video.file is None or not video.file.is_file():
            return False
        return not all(file.is_file() for file in self.keyframes())

    def keep(self, embedded: Embedded) -> tuple[int, ...]:
        """All of it is stored, or it does not fit the record any longer."""
        keep = self.store.meanings.keep
        seen, said = embedded.seen, embedded.said
        fits = (seen is None or keep(self.video_id, "seen", seen.model, seen.vectors)) and (
            said is None or keep(self.video_id, "said", said.model, said.vectors)
        )
        return () if fits else self.ids

    def _lacks(self, part: Part, model: InstalledModel | None) -> bool:
        return model is not None and not any(self.store.meanings.of(self.ids, part, model.identity))


@dataclass(frozen=True, slots=True)
class ImagesJob:
    """Some still images."""

    store: Store
    files: Files
    ids: tuple[int, ...]
    models: ChosenModels

    def task(self) -> Task | None:
        """One path for each id; that of a deleted image leads nowhere."""
        suffixes = {image.image_id: image.suffix for image, _, _ in self.store.images.some(self.ids)}
        if not suffixes:
            return None
        paths = tuple(
            self.files.image(each, suffixes[each]) if each in suffixes else self.files.images / f"{each}"
            for each in self.ids
        )
        return Task("meaning", self.files.images, f"{len(paths)} images", self.models, Material(images=paths))

    def is_wanted(self) -> bool:
        """They are few; those that are deleted meanwhile are left out at the end."""
        return True

    def to_index_again(self) -> bool:
        """Their files are all there is."""
        return False

    def keep(self, embedded: Embedded) -> tuple[int, ...]:
        """Images are deleted or unreadable one by one."""
        failed = []
        for image_id, meant in zip(self.ids, embedded.images, strict=True):
            if meant is None or not self.store.meanings.keep_image(image_id, meant.model, meant.vectors[0]):
                failed.append(image_id)
        return tuple(failed)
