"""The table of tasks while tasks come, go on and end."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop_search.core.library_tasks import Task, TaskKind
from desktop_search.ui.browse.tasks import TasksDialog

pytestmark = pytest.mark.display
ONE, TWO, THREE = (
    Task(TaskKind.UPLOAD, "local", f"{name}.mp4", None, 0, 0, 1, 1000, is_over=False)
    for name in ("one", "two", "three")
)


def test_what_is_chosen_stays_so(qtbot: QtBot) -> None:
    dialog = TasksDialog()
    qtbot.addWidget(dialog)
    dialog.show_tasks((ONE, TWO, TWO, THREE))
    dialog.table.selectRow(2)
    for tasks, row in (((TWO, TWO, THREE), 1), ((THREE, TWO, TWO), 2), ((THREE, TWO, replace(TWO, arrived=1)), 2)):
        dialog.show_tasks(tasks)
        assert {index.row() for index in dialog.table.selectionModel().selectedRows()} == {row}
    dialog.show_tasks((ONE,))
    assert dialog.table.selectionModel().selectedRows() == []
    assert dialog.model.index(0, 0).data() == "one.mp4"
