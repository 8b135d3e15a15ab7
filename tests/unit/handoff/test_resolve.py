"""Handing over to DaVinci Resolve, which is a stand-in here with the documented interface."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from desktop_search.core.handing_over import Arrangement
from desktop_search.core.token import CancelToken
from desktop_search.handoff.resolve import EditorUnavailable, places
from desktop_search.services.handing_over import HandOver
from desktop_search.services.to_editor import ToEditor
from tests.clips import Clip
from tests.unit.handoff.test_every_rate import footage, select

STAND_IN = Path(__file__).parents[2] / "fakes" / "resolve"


@pytest.fixture
def clips(tmp_path: Path) -> list[Clip]:
    return [footage(tmp_path, Fraction(25), "10:00:00:00", name) for name in ("a & b.mov", "c.mov")]


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "stand-in.json"
    monkeypatch.setenv("RESOLVE_SCRIPT_API", str(STAND_IN))
    monkeypatch.setenv("RESOLVE_STAND_IN", str(file))
    return file


def hand_over(clips: list[Clip], arrangement: Arrangement = Arrangement.TIMELINE) -> Any:
    selects = [select(clips[0], 5, 15), select(clips[1], 0, 1), select(clips[0], 30, 50)]
    return ToEditor(HandOver()).export(selects, arrangement, "Cut", CancelToken(), lambda _: None)


@pytest.mark.parametrize("inclusive", [True, False], ids=["as up to 18", "as later"])
def test_ranges_are_appended_with_their_very_frames(clips: list[Clip], state: Path, inclusive: bool) -> None:
    one, two = (str(clip.path) for clip in clips)
    state.write_text(json.dumps({"inclusive": inclusive, "there": [one]}))
    made = hand_over(clips)
    assert (made.said, made.problems) == ("3 of 3 ranges are in DaVinci Resolve", ())
    told = json.loads(state.read_text())
    assert told["timeline"] == "Cut"
    assert told["done"]["imported"] == [[two]]
    assert told["done"]["appended"] == [[one, 5, 10], [two, 0, 1], [one, 30, 20]]
    assert [marker[0] for marker in told["done"]["markers"]] == [0, 10, 11]
    assert told["done"]["markers"][0][1:] == ["Blue", "a & b.mov", "note <&>", 1]


def test_ranges_are_marked_on_their_clips(clips: list[Clip], state: Path) -> None:
    one, two = (str(clip.path) for clip in clips)
    state.write_text("{}")
    assert hand_over(clips, Arrangement.SOURCES).problems == ()
    told = json.loads(state.read_text())["done"]
    assert [marker[:2] + marker[5:] for marker in told["on_clips"]] == [[one, 5, 10], [two, 0, 1], [one, 30, 20]]
    assert not told["appended"]


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        ({"running": False}, "does not answer"),
        ({"project": False}, "No project is open"),
        ({"crashes": True}, "broke off"),
    ],
)
def test_what_is_in_the_way_is_said(clips: list[Clip], state: Path, behaviour: dict[str, Any], words: str) -> None:
    state.write_text(json.dumps(behaviour))
    with pytest.raises(EditorUnavailable, match=words):
        hand_over(clips)


def test_a_clip_that_is_not_taken_leaves_the_timeline_alone(clips: list[Clip], state: Path) -> None:
    state.write_text(json.dumps({"refuses": [str(clips[1].path)]}))
    with pytest.raises(EditorUnavailable, match=r"did not take .*c\.mov"):
        hand_over(clips)
    assert not json.loads(state.read_text())["done"]["appended"]


def test_a_computer_without_it(clips: list[Clip], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESOLVE_SCRIPT_API", str(tmp_path))
    with pytest.raises(EditorUnavailable, match="was not found on this computer"):
        hand_over(clips)


def test_the_documented_places() -> None:
    for system in ("darwin", "win32", "linux"):
        assert all("esolve" in str(place) for place in places(system, {}))
    own = places("linux", {"RESOLVE_SCRIPT_API": "/mine", "RESOLVE_SCRIPT_LIB": "/lib.so"})
    assert own == (Path("/mine"), Path("/lib.so"))
