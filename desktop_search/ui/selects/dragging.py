"""What is chosen in the results or in the selects, as it is dragged."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_search.core.footage_range import FootageRange
from desktop_search.core.hits import Hit
from desktop_search.core.language import ngettext
from desktop_search.core.selects import Select
from desktop_search.models.found_texts import dragged_lines
from desktop_search.models.selects_words import text_of
from desktop_search.ui.dragging_out import Dragged, DragOut
from desktop_search.ui.own_drags import RESULTS_FORMAT, SELECTS_FORMAT
from desktop_search.ui.search.results_view import ResultsView
from desktop_search.ui.selects.selects_tab import SelectsTab


class RangeDrags(QObject):
    """Begins the drags of both lists."""

    def __init__(self, drag_out: DragOut, tab: SelectsTab, results: ResultsView) -> None:
        super().__init__(tab)
        self._drag_out, self._tab, self._results = drag_out, tab, results
        tab.view.drag_asked.connect(self._drag_selects)
        results.drag_asked.connect(self._drag_results)

    def _drag_selects(self) -> None:
        chosen, model = self._tab.chosen(), self._tab.model
        words = ngettext("{count} range", "{count} ranges", len(chosen))
        text = "\n".join(text_of(one, model.timebases) for one in chosen)
        there = (one for one in chosen if not model.is_away(one))
        ranges = tuple(each for each in map(_range_of_select, there) if each is not None)
        self._drag_out.drag(self._tab.view, Dragged(SELECTS_FORMAT, words, text, ranges))

    def _drag_results(self) -> None:
        chosen = self._results.chosen()
        words = ngettext("{count} result", "{count} results", len(chosen))
        text = dragged_lines(chosen, self._results.timebases)
        ranges = tuple(
            FootageRange(each.original, each.start_ms, each.out_ms)
            for each in chosen
            if isinstance(each, Hit) and each.original is not None
        )
        self._drag_out.drag(self._results, Dragged(RESULTS_FORMAT, words, text, ranges))


def _range_of_select(one: Select) -> FootageRange | None:
    return None if one.path is None else FootageRange(one.path, one.start_ms, one.end_ms)
