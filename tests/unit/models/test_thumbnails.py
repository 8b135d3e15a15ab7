"""Thumbnails: kept ones wait for nothing, the newest view comes first, an early one is replaced."""

from __future__ import annotations

import io
import threading
from collections.abc import Hashable, Iterator

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner
from desktop_search.models.thumbnails import LANE, Early, ThumbnailLoader


def jpeg(width: int) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (width, 10), "red").save(data, "JPEG")
    return data.getvalue()


class Maker:
    """Makes a picture as wide as its key, each when the test lets it go."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.begun: list[Hashable] = []
        self.kept: set[Hashable] = set()
        self.early: set[Hashable] = set()
        self.cancelled = 0

    def load(self, key: Hashable, _side: int, token: CancelToken, early: Early) -> bytes:
        assert isinstance(key, int)
        self.begun.append(key)
        if key in self.early:
            early(jpeg(1))
        while not self.gate.is_set():
            try:
                token.wait(0.01)
            except BaseException:
                self.cancelled += 1
                raise
        return jpeg(key)

    def read(self, key: Hashable, _side: int) -> bytes | None:
        assert isinstance(key, int)
        return jpeg(key) if key in self.kept else None


@pytest.fixture
def maker() -> Maker:
    return Maker()


@pytest.fixture
def loader(qtbot: QtBot, maker: Maker) -> Iterator[ThumbnailLoader]:
    runner = JobRunner({LANE: 2})
    made = ThumbnailLoader(runner, maker.load, kept=maker.read)
    yield made
    runner.shut_down()
    qtbot.waitUntil(lambda: made.is_idle)


def width(loader: ThumbnailLoader, key: int) -> int:
    image = loader.image(key)
    return 0 if image is None else image.width()


def wait_for(qtbot: QtBot, loader: ThumbnailLoader, key: int) -> None:
    qtbot.waitUntil(lambda: width(loader, key) == key)


def test_kept_ones_do_not_wait_for_those_that_are_made(loader: ThumbnailLoader, maker: Maker, qtbot: QtBot) -> None:
    maker.kept = {50, 51}
    for key in (20, 21, 22):
        loader.image(key)
    qtbot.waitUntil(lambda: len(maker.begun) == 2)  # the threads that make them are taken
    for key in (50, 51):
        assert width(loader, key) == 0
        wait_for(qtbot, loader, key)
    assert len(maker.begun) == 2
    maker.gate.set()


def test_what_is_looked_at_now_comes_first(loader: ThumbnailLoader, maker: Maker, qtbot: QtBot) -> None:
    for key in (20, 21):
        loader.image(key)
    qtbot.waitUntil(lambda: len(maker.begun) == 2)
    for key in (30, 31, 32):
        loader.image(key)
    qtbot.waitUntil(lambda: len(loader._waiting) == 3)
    loader.image(30)  # scrolled back to
    maker.gate.set()
    qtbot.waitUntil(lambda: loader.is_idle)
    assert maker.begun[2] == 30


def test_an_early_picture_is_replaced(loader: ThumbnailLoader, maker: Maker, qtbot: QtBot) -> None:
    maker.early = {40}
    loader.image(40)
    qtbot.waitUntil(lambda: width(loader, 40) == 1)
    maker.gate.set()
    qtbot.waitUntil(lambda: width(loader, 40) == 40)


def test_another_answer_stops_what_is_under_way(loader: ThumbnailLoader, maker: Maker, qtbot: QtBot) -> None:
    for key in (20, 21, 22, 23):
        loader.image(key)
    qtbot.waitUntil(lambda: len(maker.begun) == 2)
    loader.forget_waiting()
    loader.image(20)  # it is in the new answer too
    loader.image(60)
    qtbot.waitUntil(lambda: maker.cancelled == 2)
    maker.gate.set()
    qtbot.waitUntil(lambda: width(loader, 20) == 20 and width(loader, 60) == 60)
    assert set(maker.begun[2:]) == {20, 60}


def test_memory_is_bounded(loader: ThumbnailLoader, maker: Maker, qtbot: QtBot) -> None:
    maker.kept = set(range(10, 450))
    for key in range(10, 450):
        wait_for(qtbot, loader, key)
    assert len(loader._images) == 400
    assert width(loader, 449) == 449
    assert width(loader, 10) == 0
    qtbot.waitUntil(lambda: width(loader, 10) == 10)
