"""Undo and redo: what was done, and how it is taken back."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

_STEPS = 200


@dataclass(frozen=True)
class Step:
    """Something that can be done and taken back, any number of times in turn. `words` say what, as in "rating of 3"."""

    words: str
    do: Callable[[], object]
    undo: Callable[[], object]


class UndoStack:
    """The steps that were done, the oldest forgotten beyond 200. A step that raises changes nothing here."""

    def __init__(self) -> None:
        self._done: deque[Step] = deque(maxlen=_STEPS)
        self._undone: list[Step] = []

    def do(self, step: Step) -> None:
        """Do it now. What was taken back before cannot be done again after this."""
        step.do()
        self._done.append(step)
        self._undone.clear()

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
