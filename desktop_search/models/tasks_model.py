"""The tasks of all libraries as rows of a table."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from desktop_search.core.language import _, number
from desktop_search.core.library_tasks import Task, TaskKind
from desktop_search.models.headed_table import HeadedTable
from desktop_search.models.import_words import import_title, library_words
from desktop_search.models.kept_rows import replace_rows
from desktop_search.models.result_words import one_line
from desktop_search.models.upload_words import plain_line, tool_tip

TASK, LIBRARY, STATE, ARRIVED, FAILED, AGE = (
    _("Task"),
    _("Library"),
    _("State"),
    _("Searchable"),
    _("Failed"),
    _("Since"),
)
COLUMNS = (TASK, LIBRARY, STATE, ARRIVED, FAILED, AGE)
_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86_400
_NO_PARENT = QModelIndex()


class TasksModel(HeadedTable):
    """Ages are told by the clock that is given, in seconds since the epoch."""

    def __init__(self, clock_s: Callable[[], float] = time.time) -> None:
        super().__init__(COLUMNS, {ARRIVED, FAILED, AGE})
        self._clock_s = clock_s
        self.tasks: tuple[Task, ...] = ()

    def set_tasks(self, tasks: Sequence[Task]) -> None:
        """Show these; what was chosen stays so."""
        replace_rows(self, _keys(self.tasks), _keys(tasks), lambda: self._put(tasks))

    def _put(self, tasks: Sequence[Task]) -> None:
        self.tasks = tuple(tasks)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """Qt: how many rows."""
        return 0 if parent.isValid() else len(self.tasks)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Qt: one fact about one task."""
        if not index.isValid() or not 0 <= index.row() < len(self.tasks):
            return None
        task = self.tasks[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(task)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip("\n".join(part for part in (task_title(task), plain_line(task.cause)) if part))
        return self.alignment(index.column()) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _words(self, task: Task) -> tuple[str, ...]:
        arrived = f"{number(task.arrived)} / {number(task.expected)}" if task.expected > 1 else number(task.arrived)
        age = age_words(self._clock_s() - task.began_ms / 1000) if task.began_ms else ""
        where = library_words(task.library_id)
        return task_title(task), where, task_state(task), arrived, number(task.failed) if task.failed else "", age


def _keys(tasks: Sequence[Task]) -> list[Hashable]:
    """What tells them apart; of several that are alike, which of them it is."""
    seen: Counter[Hashable] = Counter()
    keys: list[Hashable] = []
    for task in tasks:
        key = task.kind, task.library_id, task.name, task.wish
        keys.append((key, seen[key]))
        seen[key] += 1
    return keys


def task_title(task: Task) -> str:
    """What is worked on, in one line."""
    if task.wish is not None:
        return import_title(task.wish)
    return plain_line(one_line(task.name)) or _("(no name)")


def task_state(task: Task) -> str:
    """How it is, with the cause of a failure."""
    if task.is_over:
        return _("failed: {cause}").format(cause=plain_line(one_line(task.cause))) if task.cause else _("failed")
    return _("importing") if task.kind is TaskKind.IMPORT else _("indexing")


def age_words(age_s: float) -> str:
    """How long ago it began: "40 s", "12 min", "3 h 5 min", "2 d 4 h"."""
    whole_s = max(0, int(age_s))
    if whole_s < _MINUTE_S:
        return _("{seconds} s").format(seconds=whole_s)
    if whole_s < _HOUR_S:
        return _("{minutes} min").format(minutes=whole_s // _MINUTE_S)
    hours, minutes = whole_s // _HOUR_S, whole_s % _HOUR_S // _MINUTE_S
    if whole_s < _DAY_S:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    return _("{days} d {hours} h").format(days=hours // 24, hours=hours % 24)
