"""The pages in the place of the results: what was found, the library, the map."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop_search.core.language import _
from desktop_search.ui.commands.command_set import CommandSet

_ORDER = ("view.found", "view.library", "view.map")


class BrowseTabs(QFrame):
    """Holds the pages in the order of their commands; there is no tab to choose while there is one page."""

    def __init__(self, commands: CommandSet) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._bar = QTabBar()
        self._bar.setAccessibleName(_("Results and library"))
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.hide()
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._stack, 1)
        self._bar.currentChanged.connect(self._stack.setCurrentIndex)
        self._commands = commands
        self._pages: dict[str, tuple[QWidget, Callable[[], object]]] = {}

    def add_page(self, command_id: str, page: QWidget, title: str, focus: Callable[[], object]) -> None:
        """Add the page that this command brings to the front; `focus` leads into it."""
        place = sum(_ORDER.index(other) < _ORDER.index(command_id) for other in self._pages)
        self._pages[command_id] = page, focus
        self._stack.insertWidget(place, page)
        self._bar.insertTab(place, title.replace("&", "&&"))
        self._bar.setCurrentIndex(self._stack.currentIndex())
        self._bar.setVisible(len(self._pages) > 1)
        self._commands.connect(command_id, partial(self.enter, command_id))

    @property
    def current(self) -> str:
        """The command of the page that is in front; "" without pages."""
        shown = self._stack.currentWidget()
        return next((command_id for command_id, (page, _focus) in self._pages.items() if page is shown), "")

    def bring(self, command_id: str) -> None:
        """Bring the page of this command to the front; the focus stays where it is."""
        self._bar.setCurrentIndex(self._stack.indexOf(self._pages[command_id][0]))

    def enter(self, command_id: str) -> None:
        """Bring a page to the front and go into it."""
        self.bring(command_id)
        self._pages[command_id][1]()

    def enter_current(self) -> None:
        """Go into the page that is in front."""
        self.enter(self.current)
