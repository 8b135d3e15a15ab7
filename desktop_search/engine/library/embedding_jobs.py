"""What the background embedding does at one time: a video, or a handful of images."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import starmap, zip_longest
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np

from desktop_search.engine.indexing.results import Meant
from desktop_search.engine.library.files import Files
from desktop_search.engine.library.worker_process import Task
from desktop_search.engine.meaning.material import Embedded, Material
from desktop_search.engine.model_store.installed import ChosenModels, InstalledModel
from desktop_search.engine.store.meanings import Part
from desktop_search.engine.store.store import Store

_KEYFRAMES_AT_ONCE, _TEXTS_AT_ONCE = 128, 512  # some ten seconds on a slow computer
Item = TypeVar("Item", Path, str)


class Job(Protocol):
    """Something to be embedded by the models it was made for."""

    @property
    def ids(self) -> tuple[int, ...]:
        """The videos or images it is about."""

    @property
    def models(self) -> ChosenModels:
        """The models."""

    def tasks(self) -> list[Task]:
        """The work for a worker process, in pieces, so that new footage need not wait for long; maybe none."""

    def is_wanted(self) -> bool:
        """Whether the footage is still there, and nobody else has done it meanwhile."""

    def to_index_again(self) -> bool:
        """Whether only that can help."""

    def keep(self, made: Sequence[Embedded]) -> tuple[int, ...]:
        """Store what became of all pieces; the ids of what has got no vectors."""


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

    def tasks(self) -> list[Task]:
        """Reads the record only: the files are opened by the worker."""
        video = self.store.videos.get(self.video_id)
        if video is None:
            return []
        keyframes = self._pieces("seen", self.models.seen, self.keyframes, _KEYFRAMES_AT_ONCE)
        texts = self._pieces("said", self.models.text, self._texts, _TEXTS_AT_ONCE)
        materials = starmap(Material, zip_longest(keyframes, texts))
        return [Task("meaning", self.files.keyframes, video.name, self.models, each) for each in materials]

    def keyframes(self) -> tuple[Path, ...]:
        """The file of each segment, whether or not it is there."""
        segments = self.store.moments.segments_of(self.ids)
        return tuple(self.files.keyframe(self.video_id, segment.keyframe_ms) for segment in segments)

    def is_wanted(self) -> bool:
        """Not once it is deleted, nor when it was indexed again, which gives it its vectors."""
        lacks = self._lacks("seen", self.models.seen) or self._lacks("said", self.models.text)
        return lacks and self.store.videos.get(self.video_id) is not None

    def to_index_again(self) -> bool:
        """Whether key frames are gone, which are only derived, while the video itself is there."""
        video = self.store.videos.get(self.video_id)
        if video is None or video.file is None or not video.file.is_file():
            return False
        return not all(file.is_file() for file in self.keyframes())

    def keep(self, made: Sequence[Embedded]) -> tuple[int, ...]:
        """What does not fit the record any longer is not stored: whatever changed it has it embedded anew."""
        keep = self.store.meanings.keep
        seen, said = _joined(each.seen for each in made), _joined(each.said for each in made)
        if seen is not None:
            keep(self.video_id, "seen", seen.model, seen.vectors)
        if said is not None:
            texts = tuple(text for each in made for text in each.texts or ())
            keep(self.video_id, "said", said.model, said.vectors, texts=texts)
        return ()

    def _texts(self) -> tuple[str, ...]:
        return tuple(line.text for line in self.store.moments.spoken_in(self.ids))

    def _lacks(self, part: Part, model: InstalledModel | None) -> bool:
        return model is not None and not self.store.meanings.has(self.video_id, part, model.identity)

    def _pieces(
        self, part: Part, model: InstalledModel | None, whole: Callable[[], tuple[Item, ...]], size: int
    ) -> list[tuple[Item, ...]]:
        """What is to be embedded, at least one piece of it, if only an empty one; none where nothing is lacking."""
        if not self._lacks(part, model):
            return []
        items = whole()
        return [items[start : start + size] for start in range(0, max(1, len(items)), size)]


@dataclass(frozen=True, slots=True)
class ImagesJob:
    """Some still images."""

    store: Store
    files: Files
    ids: tuple[int, ...]
    models: ChosenModels

    def tasks(self) -> list[Task]:
        """One path for each id; that of a deleted image leads nowhere."""
        suffixes = {image.image_id: image.suffix for image, _, _ in self.store.images.some(self.ids)}
        if not suffixes:
            return []
        paths = tuple(
            self.files.image(each, suffixes[each]) if each in suffixes else self.files.images / f"{each}"
            for each in self.ids
        )
        return [Task("meaning", self.files.images, f"{len(paths)} images", self.models, Material(images=paths))]

    def is_wanted(self) -> bool:
        """They are few; those that are deleted meanwhile are left out at the end."""
        return True

    def to_index_again(self) -> bool:
        """Their files are all there is."""
        return False

    def keep(self, made: Sequence[Embedded]) -> tuple[int, ...]:
        """Images are deleted or unreadable one by one."""
        failed = []
        for image_id, meant in zip(self.ids, (meant for each in made for meant in each.images), strict=True):
            if meant is None or not self.store.meanings.keep_image(image_id, meant.model, meant.vectors[0]):
                failed.append(image_id)
        return tuple(failed)


def _joined(pieces: Iterable[Meant | None]) -> Meant | None:
    found = [piece for piece in pieces if piece is not None]
    return Meant(found[0].model, np.concatenate([piece.vectors for piece in found])) if found else None
