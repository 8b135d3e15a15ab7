"""The search in the first frame of the window, before the rest of it is loaded: the field is the one that stays."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from desktop_search.core.language import _, pgettext
from desktop_search.ui.search.picture_intake import PictureIntake
from desktop_search.ui.search.query_field import QueryField
from desktop_search.ui.search.query_lines import QueryLines

_CHOICES_WIDTH_PX, _CHOICES_HEIGHT_PX = 640, 30


@dataclass(frozen=True)
class QueryParts:
    """What is asked with, from the first frame on."""

    intake: PictureIntake
    field: QueryField
    go: QPushButton


def query_parts() -> QueryParts:
    """New ones, in no window yet."""
    intake = PictureIntake()
    return QueryParts(intake, QueryField(intake), go_button())


def go_button() -> QPushButton:
    """Searches, or stops; wide enough for all that it says."""
    button = QPushButton(pgettext("a button", "Search"))
    button.setProperty("role", "primary")
    button.setFixedWidth(92)
    button.setToolTip(_("Search (Enter)"))
    return button


class FirstSearch(QFrame):
    """Field and button where they will be, and room for the choices. That something was asked is kept for later.

    Attributes:
        parts: for the pane that takes the place of this.
        is_asked: Enter or the button was pressed.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.parts = query_parts()
        self.is_asked = False
        choices = QWidget()
        choices.setFixedSize(_CHOICES_WIDTH_PX, _CHOICES_HEIGHT_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        beside = QWidget()
        beside.hide()
        column.addWidget(QueryLines((self.parts.field,), beside, (choices,), self.parts.go))
        self.parts.field.returnPressed.connect(self._on_asked)
        self.parts.go.clicked.connect(self._on_asked)

    def _on_asked(self) -> None:
        self.is_asked = True
