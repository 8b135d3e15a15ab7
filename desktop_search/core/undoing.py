"""Undo and redo: what was done, and how it is taken back."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

_STEPS = 200
_WEIGHT = 100_000


@dataclass(frozen=True)
class Step:
    """Something that can be done and taken back, any number of times in turn.

    `words` say what, as in "rating of 3". `weight` is how many things it holds in memory.
    """

    words: str
    do: Callable[[], object]
    undo: Callable[[], object]
    weight: int = 1


class UndoStack:
    """The steps that were done. The oldest are forgotten beyond 200, or where all hold more than 100,000 things.

    The last one never is. A step that raises changes nothing here.
    """

    def __init__(self) -> None:
        self._done: deque[Step] = deque()
        self._undone: list[Step] = []

    def do(self, step: Step) -> None:
        """Do it now. What was taken back before cannot be done again after this."""
        step.do()
        self._done.append(step)
        self._undone.clear()
        while len(self._done) > 1 and (len(self._done) > _STEPS or sum(each.weight for each in self._done) > _WEIGHT):
            self._done.popleft()

    def undo(self) -> str:
        """Take the last step back; its words, or "" where there is none."""
        if not self._done:
            return ""
        self._done[-1].undo()
        self._undone.append(self._done.pop())
        return self._undone[-1].words

    def redo(self) -> str:
        """Do again what was taken back last; its words, or "" where there is nothing."""
        if not self._undone:
            return ""
        self._undone[-1].do()
        self._done.append(self._undone.pop())
        return self._done[-1].words
