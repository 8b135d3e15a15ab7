"""Undo and redo."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_search.core.undoing import Step, UndoStack


def step(done: list[str], name: str) -> Step:
    return Step(name, lambda: done.append(name), done.pop)


def test_steps_are_taken_back_and_done_again() -> None:
    done: list[str] = []
    stack = UndoStack()
    for name in "ab":
        stack.do(step(done, name))
    assert [stack.undo(), stack.undo(), stack.undo()] == ["b", "a", ""]
    assert done == []
    assert [stack.redo(), stack.redo(), stack.redo()] == ["a", "b", ""]
    assert done == ["a", "b"]
    stack.undo()
    stack.do(step(done, "c"))
    assert stack.redo() == ""
    assert done == ["a", "c"]


def test_the_oldest_steps_are_forgotten() -> None:
    done: list[str] = []
    stack = UndoStack()
    for number in range(205):
        stack.do(step(done, str(number)))
    while stack.undo():
        pass
    assert done == [str(number) for number in range(5)]


def test_steps_that_hold_much_are_forgotten_sooner_but_never_the_last_one() -> None:
    done: list[str] = []
    stack = UndoStack()
    for name in "abc":
        stack.do(replace(step(done, name), weight=40_000))
    assert [stack.undo(), stack.undo(), stack.undo()] == ["c", "b", ""]
    stack.do(replace(step(done, "d"), weight=10**9))
    assert stack.undo() == "d"


def test_a_step_that_fails_changes_nothing() -> None:
    def fail() -> None:
        raise OSError

    done: list[str] = []
    stack = UndoStack()
    stack.do(step(done, "a"))
    with pytest.raises(OSError):  # noqa: PT011 - whatever it raises
        stack.do(Step("b", fail, fail))
    assert stack.undo() == "a"
    stack.do(Step("c", lambda: None, fail))
    with pytest.raises(OSError):  # noqa: PT011
        stack.undo()
    assert stack.redo() == ""
