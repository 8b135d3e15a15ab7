"""What one or several libraries have answered to one query, and their answers as one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop_search.core.errors import AppError
from desktop_search.core.fusion import fuse
from desktop_search.core.hits import ImageHit, SearchAnswer
from desktop_search.core.language import _
from desktop_search.core.library import Library


@dataclass(frozen=True, slots=True)
class Asked:
    """One library that was asked.

    Attributes:
        answer: `None` as long as there is none.
        problem: why there will be none.
        kept_ms: when the answer was given, as a UTC instant, if it is one that was kept; `None` for one of now.
        is_outdated: whether the library's footage has changed since.
        cost: what the answer cost now, estimated in dollars.
    """

    library: Library
    answer: SearchAnswer | None = None
    problem: AppError | None = None
    kept_ms: int | None = None
    is_outdated: bool = False
    cost: float = 0.0

    @property
    def is_waiting(self) -> bool:
        """Whether it has neither answered nor failed yet."""
        return self.answer is None and self.problem is None


@dataclass(frozen=True, slots=True)
class Findings:
    """All libraries that were asked, in the order of the window's list of them, and what they found, best first."""

    asked: tuple[Asked, ...]
    answer: SearchAnswer

    @property
    def is_complete(self) -> bool:
        """Whether every library has answered or failed."""
        return not any(part.is_waiting for part in self.asked)

    @property
    def problem(self) -> AppError | None:
        """Why nothing can be shown: the first reason where no library has answered; `None` where one has."""
        if any(part.answer is not None for part in self.asked):
            return None
        return next((part.problem for part in self.asked if part.problem is not None), None)


def findings_of(asked: Sequence[Asked], top_k: int, floor: float = 0.0) -> Findings:
    """One list of at most `top_k`, by reciprocal rank, what scores lower than `floor` last.

    Where several libraries were asked, rows bear their titles.
    """
    answers = [(part.library.title, part.answer) for part in asked if part.answer is not None]
    if len(asked) == 1:
        return Findings(tuple(asked), answers[0][1] if answers else SearchAnswer())
    titled = [answer.with_title(title) for title, answer in answers]
    hits = fuse([answer.hits for answer in titled], top_k, floor)
    images = () if hits else _in_turn([answer.images for answer in titled])[:top_k]
    return Findings(tuple(asked), SearchAnswer(hits, images))


def with_part(parts: Sequence[Asked], new: Asked) -> tuple[Asked, ...]:
    """The parts with the newer word of one library in its place."""
    return tuple(new if part.library == new.library else part for part in parts)


def stopped(findings: Findings) -> Findings:
    """The same, once nobody waits any more for those that have not answered."""
    problem = AppError(_("The search was stopped before there was an answer."))
    parts = (replace(part, problem=problem) if part.is_waiting else part for part in findings.asked)
    return replace(findings, asked=tuple(parts))


def waiting(part: Asked) -> Asked:
    """The same library, to be asked anew."""
    return replace(part, answer=None, problem=None, kept_ms=None, is_outdated=False, cost=0.0)


def _in_turn(lists: Sequence[Sequence[ImageHit]]) -> tuple[ImageHit, ...]:
    """The best of each, then the second best of each, …: by reciprocal rank, for no image is in two libraries."""
    ranked = sorted(
        ((rank, number, image) for number, images in enumerate(lists) for rank, image in enumerate(images)),
        key=lambda entry: entry[:2],
    )
    return tuple(image for _rank, _number, image in ranked)
