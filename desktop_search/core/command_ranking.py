"""Which commands the palette offers for what is typed, and in which order."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_search.core.commands import Command
from desktop_search.core.matching import score

_RECENT_BONUS = 3.0
_ELSEWHERE = 0.5  # what is found by menu and further words counts half


def ranked(query: str, commands: Sequence[Command], recent: Sequence[str]) -> tuple[Command, ...]:
    """Without a query the recent ones and then all others as they stand; else those that match, the best first."""
    if not query.strip():
        last = [command for each in recent for command in commands if command.command_id == each]
        return (*last, *(command for command in commands if command not in last))
    scored = [(_score(query, command, recent), command) for command in commands]
    found = [(points, command) for points, command in scored if points is not None]
    return tuple(command for _points, command in sorted(found, key=lambda pair: -pair[0]))


def _score(query: str, command: Command, recent: Sequence[str]) -> float | None:
    by_name = score(query, command.name)
    by_rest = score(query, f"{command.name} {command.group.title} {command.words}")
    points = [by_name] if by_name is not None else []
    points += [by_rest * _ELSEWHERE] if by_rest is not None else []
    return max(points) + (_RECENT_BONUS if command.command_id in recent else 0.0) if points else None
