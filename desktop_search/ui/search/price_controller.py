"""Says below the query, before it is asked, how many searches it is made of where each of them is charged."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop_search.core.library import CLOUD_ID
from desktop_search.core.transfer_settings import PriceTable
from desktop_search.jobs.runner import JobRunner
from desktop_search.models.price_words import price_words
from desktop_search.services.asking import most_searches
from desktop_search.ui.search.search_controller import SearchController
from desktop_search.ui.search.search_pane import SearchPane

_LANE = "search prices"

Charges = tuple[PriceTable, bool]
"""The prices, and whether a library that charges for searches is among all those of the user."""


class PriceController(QObject):
    """`read` tells the charges; called off the GUI thread. What cannot be read is not said."""

    def __init__(
        self, runner: JobRunner, read: Callable[[], Charges], pane: SearchPane, search: SearchController
    ) -> None:
        super().__init__(pane)
        self._runner, self._read, self._pane, self._search = runner, read, pane, search
        self._charges: Charges = (PriceTable(), False)
        pane.changed.connect(self._show)

    def read_again(self, *_changed: object) -> None:
        """Prices, keys, or the libraries that are asked are others."""
        self._runner.start(lambda _token, _report: self._read(), lane=_LANE, done=self._on_read, latest_wins=True)
        self._show()

    def _on_read(self, charges: Charges) -> None:
        self._charges = charges
        self._show()

    def _show(self) -> None:
        query = self._pane.query()
        asked = self._search.library_ids if query.inside is None else query.inside[:1]
        prices, is_one_paid = self._charges
        is_paid = CLOUD_ID in asked if asked else is_one_paid
        self._pane.show_price("" if not is_paid or query.problems() else price_words(query, most_searches, prices))
