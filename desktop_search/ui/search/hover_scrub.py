"""The mouse moved across a picture of the list shows the frames of its moment, from a strip made when first wanted."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QImage, QMouseEvent

from desktop_search.core.errors import AppError
from desktop_search.core.hits import Hit
from desktop_search.core.result_rows import MomentRow
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report
from desktop_search.models.results_model import Role
from desktop_search.ui.progress_note import APPEARS_AFTER_MS
from desktop_search.ui.search.hit_delegate import Scrub
from desktop_search.ui.search.results_view import ResultsView

LANE = "scrub"
_DWELL_MS = 60  # a mouse that only passes by starts nothing
_STRIPS = 12


class HoverScrub(QObject):
    """Watches the mouse over the list. Where a clip is not on this computer, its picture stays as it is.

    Args:
        strip_of: frames of a hit side by side, as one JPEG; may take long.
        count: how many frames a strip has.
    """

    def __init__(
        self, runner: JobRunner, strip_of: Callable[[Hit, CancelToken], bytes], count: int, view: ResultsView
    ) -> None:
        super().__init__(view)
        self._runner, self._strip_of, self._count, self._view = runner, strip_of, count, view
        self._hit: Hit | None = None
        self._rect, self._at = QRect(), 0.0
        self._strips: OrderedDict[Hit, QImage] = OrderedDict()
        self._without: set[Hit] = set()
        self._dwell = QTimer(self)
        self._dwell.setSingleShot(True)
        self._dwell.setInterval(_DWELL_MS)
        self._dwell.timeout.connect(self._fetch)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(APPEARS_AFTER_MS)
        self._slow.timeout.connect(lambda: self._say_waiting(self._hit))
        view.viewport().installEventFilter(self)
        view.verticalScrollBar().valueChanged.connect(self._leave)
        view.model().modelReset.connect(self._on_reset)

    @property
    def hit(self) -> Hit | None:
        """Whose frames are shown, or on their way."""
        return self._hit

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: what the mouse does over the list."""
        if event.type() is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            if event.buttons() == Qt.MouseButton.NoButton:
                self._move(event.position().toPoint())
        elif event.type() in (QEvent.Type.Leave, QEvent.Type.MouseButtonPress):
            self._leave()
        return super().eventFilter(watched, event)

    def _move(self, place: QPoint) -> None:
        index = self._view.indexAt(place)
        row = index.data(Role.ROW) if index.isValid() else None
        hit = row.found if isinstance(row, MomentRow) else None
        picture = (
            self._view.hits.picture_rect(self._view.visualRect(index), row) if isinstance(row, MomentRow) else QRect()
        )
        if not isinstance(hit, Hit) or not picture.contains(place):
            self._leave()
            return
        if hit != self._hit:
            self._leave()
            self._hit = hit
            if hit not in self._strips and hit not in self._without:
                self._dwell.start()
        self._rect, self._at = picture, (place.x() - picture.left()) / max(1, picture.width())
        self._show()

    def _leave(self, *_scrolled: int) -> None:
        if self._hit is None:
            return
        self._hit = None
        self._dwell.stop()
        self._say_waiting(None)
        self._runner.cancel_lane(LANE)
        self._view.hits.scrub = None
        self._view.viewport().update(self._rect)

    def _fetch(self) -> None:
        hit = self._hit
        if hit is None:
            return

        def work(token: CancelToken, _report: Report) -> QImage:
            return QImage.fromData(self._strip_of(hit, token))

        self._runner.start(
            work, lane=LANE, done=partial(self._on_strip, hit), failed=partial(self._on_failed, hit), latest_wins=True
        )
        self._slow.start()

    def _say_waiting(self, hit: Hit | None) -> None:
        """That the frames are still on their way; the mouse that leaves the picture stops them."""
        self._slow.stop()
        if hit is not self._view.hits.waiting:
            self._view.hits.waiting = hit
            self._view.viewport().update(self._rect)

    def _on_strip(self, hit: Hit, strip: QImage) -> None:
        self._say_waiting(None)
        self._strips[hit] = strip
        while len(self._strips) > _STRIPS:
            self._strips.popitem(last=False)
        self._show()

    def _on_failed(self, hit: Hit, _error: AppError) -> None:
        self._say_waiting(None)
        self._without.add(hit)  # its picture stays; the player says what is wrong with the clip

    def _show(self) -> None:
        strip = None if self._hit is None else self._strips.get(self._hit)
        if self._hit is None or strip is None or strip.isNull():
            return
        width = strip.width() // self._count
        number = min(self._count - 1, int(self._at * self._count))
        frame = strip.copy(QRect(number * width, 0, width, strip.height()))
        self._view.hits.scrub = Scrub(self._hit, frame, self._at)
        self._view.viewport().update(self._rect)

    def _on_reset(self) -> None:
        self._leave()
        self._without.clear()
