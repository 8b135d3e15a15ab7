"""Footage with GPS on the map of the whole window: from the real engine, into the filters, and into the player."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.areas import Area
from desktop_search.ui.places.places_page import PlacesPage
from tests.clips import Clip, Scene, make_clip
from tests.e2e.acting import drop, on_screen, type_query
from tests.e2e.conftest import wait_until_done

pytestmark = pytest.mark.display

CITIES = {"berlin": ("+52.5200+013.4050/", "2026-03-01"), "paris": ("+48.8566+002.3522/", "2026-06-01")}


@pytest.fixture(scope="session")
def travels(tmp_path_factory: pytest.TempPathFactory) -> list[Clip]:
    """A red scene each, captured in two cities."""
    folder = tmp_path_factory.mktemp("travels")
    return [_taken_in(folder / f"{name}.mkv", *CITIES[name], number) for number, name in enumerate(CITIES, 3)]


def _taken_in(path: Path, location: str, day: str, number: int) -> Clip:
    tags = {
        "com.apple.quicktime.creationdate": f"{day}T12:00:00+0000",
        "com.apple.quicktime.location.ISO6709": location,
    }
    return make_clip(path, [Scene(2, "red")], clip_id=number, metadata=tags)


def test_clips_are_shown_where_they_were_captured_and_a_rectangle_narrows_the_search(
    program: Composition, qtbot: QtBot, travels: list[Clip]
) -> None:
    page = program.window.findChild(PlacesPage)
    assert page is not None
    drop(program.uploads_pane, *(clip.path for clip in travels))
    wait_until_done(qtbot, program, 2)
    assert len({hit.video_no for hit in type_query(program, qtbot, "red")}) == 2
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(program.window, Qt.Key.Key_3, keys)
    qtbot.waitUntil(lambda: len(page.map.clusters()) == 2, timeout=20_000)
    assert [circle.hits for circle in page.map.clusters()] == [1, 1]
    assert sum(each.count for each in page.plot.bins) == 2

    qtbot.waitUntil(page.map.hasFocus)
    qtbot.keyClick(page.map, Qt.Key.Key_N)  # Paris, the western one
    with qtbot.waitSignal(program.watch.shown, timeout=20_000):
        qtbot.keyClick(page.map, Qt.Key.Key_Return)
    assert on_screen(program) == (4, 0)

    page.map.area_drawn.emit(Area(50, 10, 55, 15))
    assert program.search_pane.query().filters.area == Area(50, 10, 55, 15)
    hits = type_query(program, qtbot, "red")
    assert [hit.name for hit in hits] == ["berlin"]
    qtbot.keyClick(program.window, Qt.Key.Key_3, keys)
    qtbot.waitUntil(page.map.hasFocus)
    assert [circle.hits for circle in page.map.clusters()] == [0, 1]
