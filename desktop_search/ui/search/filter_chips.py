"""The active filters as chips; a click takes one away."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from desktop_search.core.query import SearchFilters
from desktop_search.models.result_words import one_line
from desktop_search.ui.style.flow_layout import FlowLayout
from desktop_search.ui.style.icons import icon

_LONGEST = 32


def chips_of(filters: SearchFilters) -> list[tuple[str, SearchFilters]]:
    """What is on, in words, and the filters as they are without it."""
    plain = SearchFilters()
    found: list[tuple[str, SearchFilters]] = []
    if filters.namespace != plain.namespace:
        found.append((f"namespace: {filters.namespace}", replace(filters, namespace=plain.namespace)))
    if filters.top_k != plain.top_k:
        found.append((f"best {filters.top_k}", replace(filters, top_k=plain.top_k)))
    if filters.strictness is not None:
        found.append((f"strictness: {filters.strictness.value}", replace(filters, strictness=None)))
    if filters.tag:
        found.append((f"tag: {filters.tag}", replace(filters, tag="")))
    for camera in filters.cameras:
        others = tuple(other for other in filters.cameras if other != camera)
        found.append((f"camera: {camera}", replace(filters, cameras=others)))
    if filters.taken_after is not None:
        found.append((f"taken after {filters.taken_after:%Y-%m-%d %H:%M}", replace(filters, taken_after=None)))
    if filters.latitude is not None and filters.longitude is not None:
        place = f"within 20 km of {filters.latitude:g}, {filters.longitude:g}"
        found.append((place, replace(filters, latitude=None, longitude=None)))
    if filters.video_nos:
        number = len(filters.video_nos)
        found.append((f"in {number} video{'s' * (number != 1)}", replace(filters, video_nos=())))
    return found


class FilterChips(QWidget):
    """Signals:
    removed(SearchFilters): the filters that stay when the clicked chip is gone.
    """

    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Active filters")
        self._layout = FlowLayout(self)
        self.hide()

    def show_filters(self, filters: SearchFilters) -> None:
        """One chip for everything that is not as it is by itself."""
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        chips = chips_of(filters)
        for text, rest in chips:
            chip = QToolButton()
            chip.setProperty("role", "chip")
            shown = one_line(text)
            chip.setText(shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…")
            chip.setIcon(icon("close"))
            chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            chip.setAccessibleName(f"Remove filter {shown}")
            chip.setToolTip(f"Remove “{shown}”")
            chip.clicked.connect(partial(self.removed.emit, rest))
            self._layout.addWidget(chip)
        self.setVisible(bool(chips))
