"""A painter ends with its paint event, whoever still looks at that event's frame: a profiler, a watchdog, an error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import pytest
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_search.player.painted_surface import PaintedSurface
from desktop_search.ui.account.usage_plot import UsagePlot
from desktop_search.ui.notices import NoticeLevel, _Sign
from desktop_search.ui.places.date_plot import DatePlot
from desktop_search.ui.places.map_canvas import MapCanvas
from desktop_search.ui.style.labels import ShortenedLabel
from desktop_search.ui.watch.message_page import MessagePage, PicturePage
from desktop_search.ui.watch.timeline import Timeline
from tests.support.focus import wait_exposed

pytestmark = pytest.mark.display


@contextmanager
def frames_are_held() -> Iterator[list[FrameType]]:
    held: list[FrameType] = []

    def hold(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code.co_name == "paintEvent":
            held.append(frame)

    sys.setprofile(hold)
    try:
        yield held
    finally:
        sys.setprofile(None)


def _picture() -> PicturePage:
    page = PicturePage()
    page.set_pixmap(QPixmap(8, 8))
    return page


@pytest.mark.parametrize(
    "make",
    [
        DatePlot,
        ShortenedLabel,
        MapCanvas,
        MessagePage,
        PaintedSurface,
        _picture,
        lambda: _Sign(NoticeLevel.WARNING),
        Timeline,
        UsagePlot,
    ],
)
def test_it_ends(make: Callable[[], QWidget], qtbot: QtBot) -> None:
    widget = make()
    qtbot.addWidget(widget)
    widget.resize(300, 120)
    widget.show()
    wait_exposed(qtbot, widget)
    with frames_are_held() as held:
        widget.repaint()  # Qt warns of a painter that is still at work
    assert held
