from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_search.core.footage import FootageDetails
from desktop_search.ui.uploads.uploads_pane import UploadsPane


def type_into(qtbot: QtBot, pane: UploadsPane, name: str, text: str) -> None:
    pane.details_form.set_open(True)
    field = pane.details_form.field(name)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def test_what_was_entered_goes_along_with_footage_added_from_then_on(qtbot: QtBot, pane: UploadsPane) -> None:
    entered = {
        "namespace": "field-work",
        "tags": "harbour, day 3, harbour,, ",
        "camera": "X100",
        "taken": "2026-03-14 09:20:00",
        "latitude": "53,5461",
        "longitude": "-9.9661",
    }
    for name, text in entered.items():
        type_into(qtbot, pane, name, text)
    with qtbot.waitSignal(pane.add_asked) as asked:
        pane.offer([Path("/footage")])
    taken = datetime(2026, 3, 14, 9, 20)  # noqa: DTZ001 - wall time in UTC by contract
    assert asked.args == [
        [Path("/footage")],
        FootageDetails("field-work", ("harbour", "day 3"), "X100", taken, 53.5461, -9.9661),
    ]


@pytest.mark.parametrize(
    ("name", "text", "problem_at", "words"),
    [
        ("namespace", " ", "namespace", "cannot be empty"),
        ("tags", ",".join(map(str, range(21))), "tags", "At most 20"),
        ("camera", "x" * 201, "camera", "At most 200"),
        ("taken", "yesterday", "taken", "2026-03-14 09:20:00"),
        ("latitude", "91", "latitude", "90 degrees"),
        ("latitude", "north", "latitude", "number of degrees"),
        ("latitude", "10", "longitude", "needs a longitude"),
        ("longitude", "10", "latitude", "needs a latitude"),
        ("latitude", "nan", "latitude", "90 degrees"),
    ],
)
def test_problems_stand_below_their_field_and_nothing_is_added(
    qtbot: QtBot, pane: UploadsPane, name: str, text: str, problem_at: str, words: str
) -> None:
    pane.details_form.set_open(True)
    pane.details_form.field(name).setText(text)
    with qtbot.assertNotEmitted(pane.add_asked):
        pane.offer([Path("/footage")])
    assert words in pane.details_form.problem(problem_at)
    pane.details_form.reset()
    assert pane.details_form.problem(problem_at) == ""
    with qtbot.waitSignal(pane.add_asked):
        pane.offer([Path("/footage")])


def test_a_closed_form_with_a_problem_opens_at_it(qtbot: QtBot, pane: UploadsPane) -> None:
    pane.activateWindow()
    pane.details_form.field("taken").setText("soon")
    before = pane.details_form.is_open
    pane.offer([Path("/footage")])
    assert (before, pane.details_form.is_open) == (False, True)
    qtbot.waitUntil(lambda: pane.details_form.field("taken").hasFocus())
