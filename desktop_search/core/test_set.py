"""The user's own test set: what was found rightly and wrongly, by search; and which of two models does better on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from desktop_search.core.marks import Place, nearest

_LOOKED_AT = 50  # as many results a person looks at, at most


@dataclass(frozen=True, slots=True)
class Verdict:
    """That some moment is right, or wrong, for a search."""

    place: Place
    is_right: bool


@dataclass(frozen=True, slots=True)
class TrialState:
    """How far another model is, of which both are asked the same.

    Attributes:
        is_on: whether the model before still answers.
        before, after: the ids of the models on either side, "" for none.
        done, total: what the models in use have gone through, of how much.
    """

    is_on: bool
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    done: int = 0
    total: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether the model after has gone through everything."""
        return self.done >= self.total


@dataclass(frozen=True, slots=True)
class Asked:
    """One search of the test set, and how well either model did: more is better."""

    words: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of asking both models the same searches."""

    state: TrialState
    searches: tuple[Asked, ...]

    @property
    def better(self) -> int:
        """On how many searches the model after does better."""
        return sum(each.after > each.before for each in self.searches)

    @property
    def worse(self) -> int:
        """On how many it does worse."""
        return sum(each.after < each.before for each in self.searches)


def worth(found: Sequence[Collection[Place]], verdicts: Sequence[Verdict]) -> float:
    """How well an answer agrees with the verdicts.

    Each right moment counts 1 at the first place, 1/2 at the second, and so on, and nothing where it was not found;
    each wrong one counts as much against it. `found` has the places of each result, the best result first.
    """
    total = 0.0
    left = {verdict.place: verdict for verdict in verdicts}
    for rank, places in enumerate(found[:_LOOKED_AT], 1):
        for place in places:
            same = nearest(place, left)
            if same is not None:
                total += (1 if left.pop(same).is_right else -1) / rank
                break
    return round(total, 6)
