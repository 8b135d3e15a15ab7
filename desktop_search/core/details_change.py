"""One change to the details of many rows: what is not named stays as each row has it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Final

from desktop_search.core.footage import FootageDetails


class Keep(Enum):
    """Stands for "as it is" where a value, or none, could stand too."""

    KEEP = "keep"


KEEP: Final = Keep.KEEP


@dataclass(frozen=True, slots=True)
class DetailsChange:
    """What is to become of the details of some rows.

    `taken` is wall time in UTC, whole seconds; `place` is latitude and longitude; `None` takes either away.
    """

    namespace: str | Keep = KEEP
    camera: str | Keep = KEEP
    taken: datetime | Keep | None = KEEP
    place: tuple[float, float] | Keep | None = KEEP
    tags_added: tuple[str, ...] = ()
    tags_removed: tuple[str, ...] = ()

    def applied_to(self, details: FootageDetails) -> FootageDetails:
        """`details` with the change; tags keep their order, and none is there twice."""
        kept = [tag for tag in details.tags if tag not in self.tags_removed]
        changed = replace(details, tags=tuple(dict.fromkeys((*kept, *self.tags_added))))
        if not isinstance(self.namespace, Keep):
            changed = replace(changed, namespace=self.namespace)
        if not isinstance(self.camera, Keep):
            changed = replace(changed, camera=self.camera)
        if not isinstance(self.taken, Keep):
            changed = replace(changed, taken=self.taken)
        if not isinstance(self.place, Keep):
            latitude, longitude = self.place or (None, None)
            changed = replace(changed, latitude=latitude, longitude=longitude)
        return changed
