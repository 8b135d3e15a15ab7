"""Names go with the faces from one model to the next: a face is the same where it is in the same place of a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_search.engine.people.faces import Box

_SAME_PLACE = 0.4  # of both boxes together, so much is in both: detectors draw them differently


@dataclass(frozen=True, slots=True)
class NamedFace:
    """A face of somebody with a name, found by the models before; `box` is `None` where it was not kept."""

    person_id: int
    box: Box | None


def carried_over(found: Sequence[Box], before: Sequence[NamedFace]) -> dict[int, int]:
    """By the number of each face that was found in a picture: who it is, as far as that was known. Nobody is twice.

    Where the places of faces were not kept, one face alone before and one alone now are the same.
    """
    if len(found) == len(before) == 1 and before[0].box is None:
        return {0: before[0].person_id}
    alike = sorted(
        (
            (shared(box, face.box), number, face.person_id)
            for number, box in enumerate(found)
            for face in before
            if face.box is not None
        ),
        key=lambda each: -each[0],
    )
    people: dict[int, int] = {}
    for share, number, person_id in alike:
        if share >= _SAME_PLACE and number not in people and person_id not in people.values():
            people[number] = person_id
    return people


def shared(one: Box, other: Box) -> float:
    """The part of the area of both that is in both, 0 to 1."""
    wide = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    high = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    if wide <= 0 or high <= 0:
        return 0.0
    both = wide * high
    return both / (one.width * one.height + other.width * other.height - both)
