"""The line that shows fewer results by their marks, and says what is hidden. It is there while there is any mark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy

from desktop_search.core.hits import Hit, ImageHit
from desktop_search.core.language import _, ngettext
from desktop_search.core.marks import RATING_MAX, Mark, MarkFilter
from desktop_search.ui.list_parts import refill
from desktop_search.ui.style.labels import say


class MarksBar(QFrame):
    """Signals:
    filter_changed(MarkFilter): show these.
    """

    filter_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._filter = MarkFilter()
        self.rating, self.tag = QComboBox(), QComboBox()
        self.rating.setAccessibleName(_("Show by rating"))
        self.rating.addItem(_("Any rating"), 0)
        for stars in range(1, RATING_MAX + 1):
            words = "{stars}" if stars == RATING_MAX else _("{stars} or more")
            self.rating.addItem(words.format(stars="★" * stars), stars)
        self.tag.setAccessibleName(_("Show by tag"))
        for box in (self.rating, self.tag):
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumWidth(106)
            box.setMaximumWidth(150)
            box.currentIndexChanged.connect(self._on_chosen)
        self.hidden = QLabel()
        self.hidden.setProperty("role", "caption")
        self.rejected = QPushButton()
        self.rejected.setProperty("role", "link")
        self.rejected.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)  # as high as the line
        self.rejected.clicked.connect(self._toggle_rejected)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 0, 8, 4)
        line.setSpacing(6)
        line.addWidget(self.rating)
        line.addWidget(self.tag)
        line.addStretch()
        line.addWidget(self.hidden)
        line.addWidget(self.rejected)
        self.show_marks({}, ())

    @property
    def filter(self) -> MarkFilter:
        """What is to be shown."""
        return self._filter

    def show_marks(self, marks: Mapping[Hit | ImageHit, Mark], tags: Iterable[str]) -> None:
        """The marks of what was found, and every tag that there is."""
        offered = dict.fromkeys([*([self._filter.tag] if self._filter.tag else []), *tags])
        refill(self.tag, [(_("Any tag"), ""), *((tag, tag) for tag in offered)])
        count = sum(mark.is_rejected for mark in marks.values())
        say(self.hidden, ngettext("{count} rejected", "{count} rejected", count) if count else "")
        self.rejected.setVisible(bool(count))
        is_shown = self._filter.shows_rejected
        self.rejected.setText(_("Hide") if is_shown else _("Show"))
        self.rejected.setAccessibleName(_("Hide what was rejected") if is_shown else _("Show what was rejected"))
        self.setVisible(bool(marks) or self._filter != MarkFilter())

    def _on_chosen(self) -> None:
        self._change(replace(self._filter, min_rating=self.rating.currentData(), tag=self.tag.currentData()))

    def _toggle_rejected(self) -> None:
        self._change(replace(self._filter, shows_rejected=not self._filter.shows_rejected))

    def _change(self, wanted: MarkFilter) -> None:
        self._filter = wanted
        self.filter_changed.emit(wanted)
