"""The list of results with a thousand of them: from the answer to the first paint, and scrolling."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from io import BytesIO

from PIL import Image
from PySide6.QtWidgets import QApplication, QListView

from desktop_search.bootstrap.virtual_display import VirtualDisplay
from desktop_search.core.arranging import Sort
from desktop_search.core.hits import Hit, SearchAnswer
from desktop_search.core.query import Scope, SearchFilters, SearchQuery, Strictness
from desktop_search.core.result_rows import Arrangement
from desktop_search.jobs.runner import JobRunner
from desktop_search.models.thumbnails import ThumbnailLoader
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.style.theme import Theme, apply_theme
from tests.benchmarks.lists import HEIGHT_PX, WIDTH_PX, BareList, scrolling, wait_ms
from tests.benchmarks.measuring import Measured, compare

_WORDS = "cast off on the left and take the boat out of the harbour, slowly"
_QUERY = SearchQuery("a boat leaving the harbour", filters=SearchFilters(strictness=Strictness.LOW))
_FLOOR = "a bare QListView of as many strings"


def results(rows: int) -> Iterator[Measured]:
    """First paint, and what one step of scrolling takes with its paint, beside a bare list in the same run."""
    with VirtualDisplay():
        app = QApplication([])
        apply_theme(app, Theme.DARK)
        desk, floor = _Desk(rows), _Bare(rows)
        for title, arrangement in (
            ("list, grouped and folded", Arrangement()),
            ("list, every result", Arrangement(is_grouped=False, is_folded=False)),
            ("grid, every result", Arrangement(is_grid=True, is_grouped=False, is_folded=False)),
        ):
            desk.pane.set_arrangement(arrangement)
            name = f"{rows:,} results, {title}"
            yield compare(f"{name}: from the answer to the paint", desk.answer, _FLOOR, floor.answer)
            yield scrolling(f"{name}: a step of scrolling, painted", desk.view, floor.view, _FLOOR)
        yield compare(f"{rows:,} results: sorted otherwise, painted", desk.sort, _FLOOR, floor.answer)
        yield compare(f"{rows:,} results: the line moved, painted", desk.move_line, _FLOOR, floor.answer)
        desk.close()


class _Desk:
    """The real pane. Its thumbnails are made as they are asked for."""

    def __init__(self, rows: int) -> None:
        self._runner = JobRunner({"thumbs": 2})
        self.pane = ResultsPane(ThumbnailLoader(self._runner, _thumbnail))
        self._hits = tuple(_hit(number, rows) for number in range(rows))
        self._steps = 0
        self.pane.resize(WIDTH_PX, HEIGHT_PX)
        self.pane.show()
        wait_ms(300)
        self.answer()

    @property
    def view(self) -> QListView:
        return self.pane.view

    def answer(self) -> None:
        self.pane.show_answer(_QUERY, SearchAnswer(self._hits), 0.1)
        self.view.viewport().repaint()

    def sort(self) -> None:
        self._steps += 1
        self.pane.set_arrangement(Arrangement(sort=tuple(Sort)[self._steps % len(Sort)]))
        self.view.viewport().repaint()

    def move_line(self) -> None:
        self._steps += 1
        self.pane.move_floor(self._steps % 40 / 40)
        self.view.viewport().repaint()

    def close(self) -> None:
        self._runner.shut_down()
        self.pane.close()


class _Bare(BareList):
    """The names of as many clips."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._names = [f"A001_C{number:05}.mp4" for number in range(rows)]
        self.answer()

    def answer(self) -> None:
        self.show(self._names)


def _hit(number: int, rows: int) -> Hit:
    clip, place = number % (rows // 20 or 1), number // (rows // 20 or 1)
    is_said = number % 3 == 0
    return Hit(
        video_no=f"VI{clip}",
        name=f"A001_C{clip:05}.mp4",
        start_ms=place * 5000,
        end_ms=place * 5000 + 4000,
        score=1 - number / rows,
        excerpt=_WORDS if is_said else "",
        found_by=Scope.SAID if is_said else Scope.SEEN,
        library_id="local",
    )


def _thumbnail(key: Hashable, _side_px: int, _token: object, _early: object) -> bytes:
    number = hash(key) % 251
    data = BytesIO()
    gradient = Image.linear_gradient("L").resize((256, 144)).rotate(number)
    Image.merge("RGB", (gradient, gradient.point(lambda value: value * number // 251), gradient)).save(data, "JPEG")
    return data.getvalue()
