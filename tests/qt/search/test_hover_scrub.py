"""The mouse over a picture shows the frames of the moment: which ones is read from their pixels."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.core.hits import Hit, SearchAnswer
from desktop_search.core.query import Scope, SearchQuery
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner
from desktop_search.models.results_model import Role
from desktop_search.transfers.clip_pictures import STRIP_STILLS, ClipPictures
from desktop_search.transfers.downloads import FootageFiles
from desktop_search.ui.search.hover_scrub import HoverScrub
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.style.tokens import DARK
from tests.clips import Scene, read_frame_number
from tests.clips.fixtures import ClipCache
from tests.fakes.library import FakeLibrary
from tests.support.focus import wait_active

pytestmark = pytest.mark.display
HIT = Hit("VI1", "boat.mp4", 1000, 5000, 0.9, "", Scope.SEEN, library_id="local")
OTHER = replace(HIT, start_ms=6000, end_ms=7600, score=0.8)
ELSEWHERE = replace(HIT, video_no="VI2", name="cloud.mp4", score=0.7)


class Desk:
    """The list with a real clip behind it. Strips are made when the gate is open."""

    def __init__(self, qtbot: QtBot, files: FootageFiles) -> None:
        self.qtbot, self.runner, self.pane = qtbot, JobRunner(), ResultsPane()
        qtbot.addWidget(self.pane)
        self.pictures, self.gate = ClipPictures(files), threading.Event()
        self.gate.set()
        self.asked: list[Hit] = []
        self.cancelled: list[Hit] = []
        self.scrub = HoverScrub(self.runner, self.strip, STRIP_STILLS, self.pane.view)

    def strip(self, hit: Hit, token: CancelToken) -> bytes:
        self.asked.append(hit)
        while not self.gate.is_set():
            try:
                token.wait(0.01)
            except BaseException:
                self.cancelled.append(hit)
                raise
        return self.pictures.strip(hit, token)

    def picture(self, row: int) -> QRect:
        view = self.pane.view
        index = view.model().index(row, 0)
        return view.hits.picture_rect(view.visualRect(index), index.data(Role.ROW))

    def move(self, row: int, part: float) -> None:
        """The mouse to a part of the width of a row's picture."""
        rect = self.picture(row)
        place = rect.topLeft() + QPoint(round(rect.width() * part), rect.height() // 2)
        self.move_to(self.pane.view.viewport().mapTo(self.pane, place))

    def move_to(self, place: QPoint) -> None:
        QTest.mouseMove(self.pane.windowHandle(), place)

    def frame(self) -> int | None:
        scrub = self.pane.view.hits.scrub
        return None if scrub is None else number_of(scrub.picture)


def number_of(image: QImage) -> int:
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    pixels = rows[:, : plain.width() * 3].reshape(plain.height(), plain.width(), 3)
    return read_frame_number(Image.fromarray(pixels.copy()))


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, clips: ClipCache) -> Iterator[Desk]:
    clip = clips.get("scrub.mp4", [Scene(8, "navy")], size=(320, 180), gop=50).path
    with closing(Catalog(tmp_path / "catalog.db")) as catalog:
        status = clip.stat()
        links = LocalFilesTable(catalog)
        links.link("local", "VI1", clip, status.st_size, status.st_mtime_ns, "")
        files = FootageFiles(catalog, FakeLibrary().clients, tmp_path / "downloads", tmp_path / "thumbs")
        made = Desk(qtbot, files)
        made.pane.resize(520, 600)
        made.pane.show()
        made.pane.activateWindow()
        wait_active(qtbot, made.pane)
        made.move_to(QPoint(500, 590))
        made.pane.show_answer(SearchQuery("boat"), SearchAnswer((HIT, OTHER, ELSEWHERE)), 0.1)
        yield made
        made.gate.set()
        made.runner.shut_down()


def expected(hit: Hit, part: int) -> int:
    return int((hit.start_ms + (hit.out_ms - hit.start_ms) * part // STRIP_STILLS + 0.5) * 25 / 1000)


def test_the_frames_follow_the_mouse(desk: Desk, qtbot: QtBot) -> None:
    desk.move(0, 0.03)
    qtbot.waitUntil(lambda: desk.frame() == expected(HIT, 0) == 25)
    for part in (4, 9, 15):
        desk.move(0, (part + 0.5) / STRIP_STILLS)
        qtbot.waitUntil(lambda part=part: desk.frame() == expected(HIT, part))  # type: ignore[misc]
    assert desk.asked == [HIT]
    grab = desk.pane.view.viewport().grab(desk.picture(0)).toImage()
    line = [x for x in range(grab.width()) if grab.pixelColor(x, 20) == DARK.accent]
    assert len(line) == 2
    assert line[0] == pytest.approx(grab.width() * 15.5 / STRIP_STILLS, abs=2)


def test_leaving_brings_the_thumbnail_back(desk: Desk, qtbot: QtBot) -> None:
    desk.move(0, 0.5)
    qtbot.waitUntil(lambda: desk.frame() is not None)
    desk.move_to(QPoint(400, desk.pane.view.y() + 40))  # on the words of the same row
    qtbot.waitUntil(lambda: desk.frame() is None)
    desk.move(0, 0.5)
    qtbot.waitUntil(lambda: desk.frame() is not None)
    assert desk.asked == [HIT]  # it is kept in memory
    desk.pane.show_answer(SearchQuery("boat"), SearchAnswer((OTHER,)), 0.1)
    assert desk.frame() is None


def test_moving_on_cancels(desk: Desk, qtbot: QtBot) -> None:
    desk.gate.clear()
    desk.move(0, 0.5)
    qtbot.waitUntil(lambda: desk.asked == [HIT])
    desk.move(1, 0.5)
    qtbot.waitUntil(lambda: desk.cancelled == [HIT])
    desk.gate.set()
    qtbot.waitUntil(lambda: desk.frame() == expected(OTHER, 8))
    assert desk.asked == [HIT, OTHER]


def test_frames_that_take_long_say_so_until_the_mouse_leaves(desk: Desk, qtbot: QtBot) -> None:
    desk.gate.clear()
    calm = desk.pane.view.viewport().grab(desk.picture(0)).toImage()
    desk.move(0, 0.5)
    qtbot.waitUntil(lambda: desk.pane.view.hits.waiting == HIT)
    told = desk.pane.view.viewport().grab(desk.picture(0)).toImage()
    assert told.pixelColor(2, told.height() - 3) == DARK.raised != calm.pixelColor(2, told.height() - 3)
    desk.move_to(QPoint(400, desk.pane.view.y() + 40))
    qtbot.waitUntil(lambda: desk.pane.view.hits.waiting is None and desk.cancelled == [HIT])
    desk.gate.set()


def test_what_is_elsewhere_keeps_its_picture(desk: Desk, qtbot: QtBot) -> None:
    desk.move(2, 0.5)
    qtbot.waitUntil(lambda: desk.asked == [ELSEWHERE] and desk.scrub._without == {ELSEWHERE})
    desk.move(2, 0.6)
    desk.move(0, 0.5)
    qtbot.waitUntil(lambda: desk.frame() is not None)
    desk.move(2, 0.7)
    qtbot.waitUntil(lambda: desk.scrub.hit == ELSEWHERE)
    assert desk.frame() is None
    assert desk.asked == [ELSEWHERE, HIT]


def test_a_pressed_button_is_no_hovering(desk: Desk, qtbot: QtBot) -> None:
    desk.move(0, 0.5)
    qtbot.waitUntil(lambda: desk.frame() is not None)
    place = desk.pane.view.viewport().mapTo(desk.pane, desk.picture(0).center())
    QTest.mousePress(desk.pane.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    qtbot.waitUntil(lambda: desk.frame() is None)
    QTest.mouseRelease(desk.pane.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert desk.pane.chosen() == (HIT,)
