"""What a library has, as the window lists it: videos, images and posts, each with what is known of it anywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from desktop_search.core.footage import Readiness
from desktop_search.core.hits import BlobRef, ClipKey, Found, Hit, ImageHit
from desktop_search.core.library import LOCAL_ID

_SEARCHABLE = "PARSE"  # on the wire; of others more is known once they are it
_POSTER_MS = 1000  # the first frames of footage are often black, or a slate that is not yet held still


class ItemKind(Enum):
    """The value is what the catalog stores. Posts are videos of the library that all users of a service share."""

    VIDEO = "video"
    IMAGE = "image"
    POST = "post"


class ItemState(Enum):
    """What can be done with an item. `OFFLINE`: indexed in place, and its file is not where it was."""

    SEARCHABLE = "searchable"
    INDEXING = "indexing"
    FAILED = "failed"
    OFFLINE = "offline"


class LibraryItem(NamedTuple):
    """One item. Unknown numbers are `None`, unknown texts "". A tuple, because tens of thousands are made at once.

    Attributes:
        item_id: the library's id, as text.
        name: any Unicode, may hold newlines, may repeat.
        status: the word of the wire; "" for what is not asked for it.
        cause: why it failed.
        created_ms, taken_ms: UTC instants in ms.
        width, height: of the picture in pixels; 0 where the library was asked and does not say.
        fps: frames in a second; 0 likewise.
        url: the post that it came from.
        blob, keyframe: where the library keeps it, and a picture of it.
        path: the file of this computer that was sent, as `os.fsdecode` gives it; `is_away`: it is not there now.
        part_start_ms: where a video was split before it was sent: when in the original the part begins.
    """

    library_id: str
    kind: ItemKind
    namespace: str
    item_id: str
    name: str
    status: str = ""
    cause: str = ""
    duration_ms: int | None = None
    size_bytes: int | None = None
    created_ms: int | None = None
    taken_ms: int | None = None
    camera: str = ""
    latitude: float | None = None
    longitude: float | None = None
    tags: tuple[str, ...] = ()
    width: int | None = None
    height: int | None = None
    fps: float | None = None
    url: str = ""
    blob: BlobRef | None = None
    keyframe: BlobRef | None = None
    path: str = ""
    is_away: bool = False
    part_start_ms: int = 0

    @property
    def original(self) -> Path | None:
        """The file of this computer that was sent, whether or not it is there now."""
        return Path(self.path) if self.path else None

    @property
    def key(self) -> ClipKey:
        """Which item it is, in which library."""
        return key_of(self)

    @property
    def state(self) -> ItemState:
        """What can be done with it."""
        readiness = Readiness.from_wire(self.status) if self.status else Readiness.SEARCHABLE
        if readiness is Readiness.FAILED:
            return ItemState.FAILED
        if self.is_away and self.library_id == LOCAL_ID:
            return ItemState.OFFLINE
        return ItemState.SEARCHABLE if readiness is Readiness.SEARCHABLE else ItemState.INDEXING

    @property
    def lacks_details(self) -> bool:
        """Whether its library could tell more of it than its list does: the size of the picture, and the rate."""
        return self.kind is ItemKind.VIDEO and (self.width is None or self.fps is None) and self.status == _SEARCHABLE

    @property
    def has_original(self) -> bool:
        """Whether the file it was made from was on this computer when that was looked at last."""
        return bool(self.path) and not self.is_away

    @property
    def as_found(self) -> Found:
        """The item as if it had been found: the image, or the first moment of the video."""
        return self._image if self.kind is ItemKind.IMAGE else self._moment(0)

    @property
    def poster(self) -> Found:
        """What its picture is made of."""
        if self.kind is ItemKind.IMAGE:
            return self._image
        return self._moment(min(_POSTER_MS, (self.duration_ms or 2 * _POSTER_MS) // 2))

    def _moment(self, start_ms: int) -> Hit:
        return Hit(
            self.item_id,
            self.name,
            self.part_start_ms + start_ms,
            self.part_start_ms + self.duration_ms if self.duration_ms else None,
            part_start_ms=self.part_start_ms,
            namespace=self.namespace,
            keyframe=self.keyframe,
            video=self.blob,
            original=self.original,
            library_id=self.library_id,
            is_public=self.kind is ItemKind.POST,
        )

    @property
    def _image(self) -> ImageHit:
        return ImageHit(
            self.item_id,
            self.name,
            image_url=self.url,
            taken_ms=self.taken_ms,
            camera=self.camera,
            latitude=self.latitude,
            longitude=self.longitude,
            namespace=self.namespace,
            blob=self.blob,
            library_id=self.library_id,
        )


_FIELDS = LibraryItem._fields
key_of: Callable[[LibraryItem], ClipKey] = itemgetter(*map(_FIELDS.index, ("library_id", "namespace", "item_id")))


@dataclass(frozen=True, slots=True)
class Reading:
    """How far the list of a library was read.

    Attributes:
        items: what came with the last page.
        seen, total: how many were read so far, and how many there are as far as that is known.
    """

    items: tuple[LibraryItem, ...]
    seen: int
    total: int
