"""Where exports go: what is proposed, and what somebody may have typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_search.core.cutting import Cut
from desktop_search.core.editors import Editor
from desktop_search.core.exporting import GOALS, arrangements_of, default_target, goal_of, typed_target
from desktop_search.core.handing_over import Arrangement, Form

FOLDER = Path("/exports")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("/other/cut.edl", Path("/other/cut.edl")),
        (" cut.edl ", FOLDER / "cut.edl"),
        ("", None),
        ("  ", None),
        ("/", None),
        ("~nobody-of-that-name/cut.edl", None),
        ("a\0b", None),
    ],
)
def test_what_is_typed(text: str, place: Path | None) -> None:
    assert typed_target(text, FOLDER) == place


def test_every_form_is_offered_once_and_found_by_its_name_for_good() -> None:
    offered = [goal for group in GOALS for goal in group]
    assert sorted(goal.value for goal in offered) == sorted(each.value for kind in (Form, Cut, Editor) for each in kind)
    assert [goal_of(goal.value) for goal in offered] == offered
    assert goal_of("of another version") is GOALS[0][0]


def test_what_is_proposed() -> None:
    assert default_target(Form.EDL, FOLDER, "A/B: the best?") == FOLDER / "A-B- the best-.edl"
    assert default_target(Cut.COPY, FOLDER, "Bin") == FOLDER
    assert arrangements_of(Form.EDL) == (Arrangement.TIMELINE,)
    assert arrangements_of(Editor.RESOLVE) == tuple(Arrangement)
