"""The menu of a library's items: what can be done with one or many of them, by mouse, menu key, or each one's key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from desktop_search.core.language import _
from desktop_search.core.library_items import LibraryItem
from desktop_search.ui.browse.library_page import LibraryPage
from desktop_search.ui.commands.asking import ask_for_menu
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.style.icons import icon

Items = tuple[LibraryItem, ...]


def _always(_items: Items) -> str:
    return ""


@dataclass(frozen=True)
class ItemEntry:
    """One thing to do with chosen items.

    Attributes:
        command_id: the command in the table (`core/commands.py`) that does the same from elsewhere.
        act: does it, for at least one item.
        why_not: why it cannot be done with these, in a few words; "" where it can.
        opens_section: whether a line stands above it.
        is_offered: whether the library offers it at all; what it does not offer is not shown.
    """

    command_id: str
    act: Callable[[Items], object]
    icon: str = ""
    why_not: Callable[[Items], str] = _always
    opens_section: bool = False
    is_offered: Callable[[], bool] = lambda: True


class LibraryMenu(QObject):
    """Entries in the order in which they were added. What cannot be done says why."""

    def __init__(self, page: LibraryPage, commands: CommandSet) -> None:
        super().__init__(page)
        self._page, self._commands = page, commands
        self._entries: list[ItemEntry] = []
        page.views.menu_requested.connect(self.popup)
        commands.connect("library.menu", ask_for_menu)

    def add(self, entry: ItemEntry) -> None:
        """Offer something from now on; its command does it too."""
        self._entries.append(entry)
        chosen = self._page.views.chosen
        self._commands.connect(entry.command_id, lambda: entry.act(chosen()), lambda: self._why_not(entry, chosen()))

    def popup(self, place: QPoint) -> None:
        """Show it at a point of the screen."""
        chosen = self._page.views.chosen()
        if not chosen:
            return
        menu = QMenu(self._page)
        menu.setAccessibleName(_("What to do with the chosen items"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for entry in (each for each in self._entries if each.is_offered()):
            if entry.opens_section:
                menu.addSeparator()
            self._add_action(menu, entry, chosen)
        menu.popup(place)

    def _add_action(self, menu: QMenu, entry: ItemEntry, chosen: Items) -> None:
        reason, keys = entry.why_not(chosen), self._commands.keys_text(entry.command_id)
        behind = f" ({reason})" if reason else f"\t{keys}" if keys else ""
        action = menu.addAction(self._commands.name(entry.command_id) + behind)
        action.setEnabled(not reason)
        if entry.icon:
            action.setIcon(icon(entry.icon))
        action.triggered.connect(lambda _checked=False: entry.act(chosen))

    def _why_not(self, entry: ItemEntry, chosen: Items) -> str:
        if not entry.is_offered():
            return _("This library does not offer that.")
        return entry.why_not(chosen) if chosen else _("Choose an item of the library first.")
