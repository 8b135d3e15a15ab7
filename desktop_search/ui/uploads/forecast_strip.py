"""What the rows that are not started will take, above the list: time and money first, then the button that starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from desktop_search.core.forecast import Forecast
from desktop_search.core.language import _
from desktop_search.core.usage import BudgetState
from desktop_search.models import forecast_words as words
from desktop_search.ui.style.labels import say, wrapped_label


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the strip shows.

    Attributes:
        libraries: where the rows go, in words.
        chosen: whether it is about the chosen rows alone.
        budget: how the month stands; `None` while nobody knows.
        now: local time with its zone.
    """

    forecast: Forecast
    libraries: str
    chosen: bool
    budget: BudgetState | None
    now: datetime


class ForecastStrip(QFrame):
    """Hidden while everything was started.

    Signals:
        start_asked(): let the rows that it tells of go.
        prices_asked(): change the prices or the budget.
    """

    start_asked = Signal()
    prices_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(_("What starting the uploads will take"))
        self._headline = wrapped_label("strong")
        self._lines = wrapped_label("caption")
        self._budget = wrapped_label("problem")
        self._prices = QPushButton()
        self._prices.setProperty("role", "link")
        self._prices.setToolTip(_("Change the prices that this is reckoned with, or the month's budget"))
        self._prices.clicked.connect(self.prices_asked)
        self.start = QPushButton()
        self.start.setProperty("role", "primary")
        self.start.clicked.connect(self.start_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 10)
        column.setSpacing(3)
        for widget in (self._headline, self._lines):
            column.addWidget(widget)
        line = QHBoxLayout()
        line.addWidget(self._prices)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self._budget)
        column.addSpacing(4)
        column.addWidget(self.start)
        self.show_outlook(None)

    @property
    def text(self) -> str:
        """All that it says, line by line."""
        labels = (self._headline, self._lines, self._prices, self._budget)
        return "\n".join(label.text() for label in labels if label.text())

    def event(self, event: QEvent) -> bool:
        """Whatever else has to give way, cost and button stay readable: wrapped text alone would be squeezed."""
        wants_room = event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}
        handled = super().event(event)
        layout = self.layout() if wants_room else None
        if layout is not None:
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))
        return handled

    def show_outlook(self, outlook: Outlook | None) -> None:
        """Tell of these rows; `None` when there are none."""
        self.setVisible(outlook is not None)
        if outlook is None:
            return
        made = outlook.forecast
        headline = words.headline_words(made)
        self._headline.setText(_("Chosen: {files}").format(files=headline) if outlook.chosen else headline)
        self.start.setToolTip(_("Send them to {libraries}").format(libraries=outlook.libraries))
        lines = (
            words.footage_words(made),
            words.copies_words(made),
            words.time_words(made),
            words.end_words(made, outlook.now),
            words.cost_words(made),
        )
        self._lines.setText("\n".join(_sentence(line) for line in lines if line))
        self._prices.setText(_("{prices}, change…").format(prices=_sentence(words.prices_words(made))))
        say(self._budget, words.budget_words(made, outlook.budget))
        self.start.setText(words.start_words(made))
        goes_to = _("To {libraries}.").format(libraries=outlook.libraries)
        self.setAccessibleDescription(f"{goes_to}\n{self.text}")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
