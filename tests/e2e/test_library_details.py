"""What the library view knows of videos that were not sent from this computer."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.footage import FootageDetails
from desktop_search.core.library import CLOUD_ID, LOCAL_ID
from desktop_search.core.library_items import LibraryItem
from desktop_search.core.token import CancelToken
from desktop_search.settings.folders import Folders
from desktop_search.settings.preferences import PreferencesStore
from tests.clips import Clip, Scene, make_clip
from tests.contract.engine_child import EngineChild
from tests.e2e.conftest import active_window
from tests.e2e.paid import KEY, stand_in

pytestmark = pytest.mark.display
SOON_MS = 30_000
MADE = {"a": (24, (320, 180)), "b": (50, (640, 360)), "c": (25, (480, 270))}


@pytest.fixture
def cloud(tmp_path: Path, profile: Folders, monkeypatch: pytest.MonkeyPatch) -> Iterator[EngineChild]:
    """In place of memories.ai, with three videos that were not sent from here."""
    with EngineChild(tmp_path / "cloud", "--compat-2025", key=KEY) as made:
        for name, (rate, size) in MADE.items():
            clip = make_clip(tmp_path / f"{name}.mp4", [Scene(1, "red")], rate=Fraction(rate), size=size)
            assert made.wait_indexed(made.add_in_place(clip.path))["status"] == "PARSE"
        stand_in(made, profile, monkeypatch)
        PreferencesStore(profile.preferences_file).update(library_id=CLOUD_ID)
        yield made


def test_sizes_and_rates_come_behind_the_list_and_sort_it(profile: Folders, qtbot: QtBot, cloud: EngineChild) -> None:
    with active_window(profile, qtbot) as program:
        page = program.items.page
        model = page.model

        def names() -> list[str]:
            rows = (model.row_at(row) for row in range(model.rowCount()))
            return [row.name for row in rows if isinstance(row, LibraryItem)]

        program.commands.run("view.library")
        qtbot.waitUntil(lambda: sorted(names()) == ["a", "b", "c"], timeout=SOON_MS)
        qtbot.waitUntil(lambda: all(item.fps for item in model.items.values()), timeout=SOON_MS)
        known = {item.name: (item.fps, (item.width, item.height)) for item in model.items.values()}
        assert known == {name: (float(rate), size) for name, (rate, size) in MADE.items()}
        qtbot.keyClick(page.views.view, Qt.Key.Key_G)
        header = page.views.table.horizontalHeader()
        titles = [str(model.headerData(each, Qt.Orientation.Horizontal)) for each in range(model.columnCount())]

        def click(title: str) -> None:
            section = titles.index(title)
            page.views.table.scrollTo(model.index(0, section))
            place = QPoint(header.sectionViewportPosition(section) + 20, header.height() // 2)
            qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)

        click("Rate")
        assert names() == ["a", "c", "b"]
        click("Picture")
        click("Picture")
        assert names() == ["b", "c", "a"]
        page.bar.words.setText("25fps")
        assert names() == ["c"]
        page.bar.words.setText("640x360")
        assert names() == ["b"]

    with active_window(profile, qtbot) as program:
        _is_known_and_not_asked_for_again(program, qtbot)


def _is_known_and_not_asked_for_again(program: Composition, qtbot: QtBot) -> None:
    program.commands.run("view.library")
    qtbot.waitUntil(lambda: len(program.items.page.model.items) == 3, timeout=SOON_MS)
    assert all(item.fps for item in program.items.page.model.items.values())
    qtbot.waitUntil(lambda: not program.items.page.reading.isVisible(), timeout=SOON_MS)
    usage = program.services.usage
    usage.flush()
    asked = [row for row in usage.month(usage.today) if row.endpoint == "/get_metadata"]
    assert [(row.library_id, row.calls, row.cost) for row in asked] == [(CLOUD_ID, 3, 0.0)]


def test_footage_that_another_program_has_added_has_its_picture_size_and_rate(
    profile: Folders, qtbot: QtBot, footage: Clip
) -> None:
    with active_window(profile, qtbot) as program:
        client = program.services.libraries.client(LOCAL_ID, CancelToken())
        client.upload_url(footage.path.as_uri(), FootageDetails(), token=CancelToken())
        model = program.items.page.model
        program.commands.run("view.library")

        def is_known() -> bool:
            if not any(job.lane == "library" for job in program.runner._running):
                program.commands.run("library.refresh")
            return [(each.width, each.height, each.fps) for each in model.items.values()] == [(640, 360, 25.0)]

        qtbot.waitUntil(is_known, timeout=60_000)
        (item,) = model.items.values()
        qtbot.waitUntil(lambda: program.items.posters.image(item.poster) is not None, timeout=SOON_MS)
