"""What stands above the result list about the libraries that were asked: who answered, when, and who did not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from desktop_search.core.findings import Asked, Findings


class LineKind(Enum):
    """What can be done about a line."""

    TOLD = "told"
    WAITING = "waiting"
    FAILED = "failed"  # try again
    KEPT = "kept"  # ask anew


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One line; `library_id` is the library it is about, "" for one about all, `details` is for a report."""

    kind: LineKind
    text: str
    library_id: str = ""
    details: str = ""


def lines_of(findings: Findings, now: datetime) -> tuple[AnswerLine, ...]:
    """The lines in the order to be shown; none where one library has answered just now and cost nothing."""
    several = len(findings.asked) > 1
    lines = [AnswerLine(LineKind.TOLD, words)] if (words := _summary(findings, several=several)) else []
    return (*lines, *(line for part in findings.asked if (line := _line(part, now, several=several)) is not None))


def _summary(findings: Findings, *, several: bool) -> str:
    words = []
    for part in findings.asked:
        if part.answer is not None and (several or part.cost):
            count = len(part.answer.hits) + len(part.answer.images)
            words.append(f"{part.library.title} {count}" + (f" (about ${part.cost:.4f})" if part.cost else ""))
    return " · ".join(words)


def _line(part: Asked, now: datetime, *, several: bool) -> AnswerLine | None:
    title, library_id = part.library.title, part.library.library_id
    if part.problem is not None:
        words = str(part.problem)
        said = words if title in words else f"{title}: {words}"
        return AnswerLine(LineKind.FAILED, said, library_id, part.problem.details)
    if part.answer is None:
        return AnswerLine(LineKind.WAITING, f"{title} is still searching…", library_id)
    if part.kept_ms is None:
        return None
    words = f"{title}: from {_when(part.kept_ms, now)}" if several else f"From {_when(part.kept_ms, now)}"
    if part.is_outdated:
        words += "; footage has come or gone since, so it may be out of date"
    return AnswerLine(LineKind.KEPT, words, library_id)


def _when(at_ms: int, now: datetime) -> str:
    """A time of today, or the day as well; in the zone of `now`."""
    at = datetime.fromtimestamp(at_ms / 1000, now.tzinfo)
    if at.date() == now.date():
        return f"{at:%H:%M}"
    year = "" if at.year == now.year else f" {at.year}"
    return f"{at.day} {at:%B}{year}, {at:%H:%M}"
