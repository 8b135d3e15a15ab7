"""People in footage, as *This computer* has gathered them."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_search.core.hits import BlobRef, Found, Hit, ImageHit
from desktop_search.core.library import LOCAL_ID


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody; `name` is "" as long as nobody gave one, `face_id` the face that shows them best."""

    person_id: int
    name: str
    faces: int
    videos: int
    face_id: int | None = None


@dataclass(frozen=True, slots=True)
class Face:
    """A face, and where it was seen: in the segment of a video that begins at `start_ms`, or in an image."""

    face_id: int
    video_no: str
    name: str
    namespace: str
    start_ms: int
    image_id: str = ""
    blob: BlobRef | None = None

    @property
    def found(self) -> Found:
        """Where it can be watched, or looked at."""
        if self.image_id:
            return ImageHit(self.image_id, self.name, namespace=self.namespace, blob=self.blob, library_id=LOCAL_ID)
        return Hit(self.video_no, self.name, self.start_ms, namespace=self.namespace, library_id=LOCAL_ID)


@dataclass(frozen=True, slots=True)
class PeopleState:
    """What is known of people.

    Attributes:
        is_on: whether footage is looked through for them.
        has_models: whether both models are in use.
        done, total: how many videos and images were looked through, of how many; 0 and 0 while none is.
    """

    is_on: bool = False
    has_models: bool = False
    done: int = 0
    total: int = 0
    people: tuple[Person, ...] = ()
