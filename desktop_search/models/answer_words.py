"""What stands above the result list about the libraries that were asked: who answered, when, and who did not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from desktop_search.core.date_words import long_day_words
from desktop_search.core.findings import Asked, Findings
from desktop_search.core.language import _, number


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
            words.append(f"{part.library.title} {number(count)}{_cost(part.cost)}")
    return " · ".join(words)


def _cost(cost: float) -> str:
    words = _("about ${amount}").format(amount=number(cost, 4))
    return f" ({words})" if cost else ""


def _line(part: Asked, now: datetime, *, several: bool) -> AnswerLine | None:
    title, library_id = part.library.title, part.library.library_id
    if part.problem is not None:
        words = str(part.problem)
        said = words if title in words else f"{title}: {words}"
        return AnswerLine(LineKind.FAILED, said, library_id, part.problem.details)
    if part.answer is None:
        return AnswerLine(LineKind.WAITING, _("{library} is still searching…").format(library=title), library_id)
    if part.kept_ms is None:
        return None
    words = _("{library}: from {time}") if several else _("From {time}")
    if part.is_outdated:
        words = _("{answer}; footage has come or gone since, so it may be out of date").format(answer=words)
    return AnswerLine(LineKind.KEPT, words.format(library=title, time=_when(part.kept_ms, now)), library_id)


def _when(at_ms: int, now: datetime) -> str:
    """A time of today, or the day as well; in the zone of `now`."""
    at = datetime.fromtimestamp(at_ms / 1000, now.tzinfo)
    if at.date() == now.date():
        return f"{at:%H:%M}"
    return f"{long_day_words(at, year=at.year != now.year)}, {at:%H:%M}"
