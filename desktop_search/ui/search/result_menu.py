"""The menu of results: what can be done with one or many of them, by mouse, menu key, or each command's own key.

Whoever can do something with results adds an entry; the menu knows nothing of what entries do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop_search.core.hits import Found
from desktop_search.core.language import _
from desktop_search.ui.commands.asking import ask_for_menu
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.style.icons import icon

Chosen = tuple[Found, ...]
NO_ORIGINAL = _("not on this computer")


class Section(IntEnum):
    """Entries of a section stand together, sections in this order."""

    FIND = 1
    COPY = 2
    FILE = 3
    MARK = 4


def _always(_chosen: Chosen) -> str:
    return ""


@dataclass(frozen=True)
class MenuEntry:
    """One thing to do with what is chosen.

    Attributes:
        command_id: the command in the table (`core/commands.py`) that does the same from elsewhere.
        act: does it, for at least one result.
        needs_file: it can only be done where an original is on this computer.
        why_not: why it cannot be done with these, in a few words; "" where it can.
        is_on: for entries that are switched: whether they are, for these; `None` for others.
        inside: the name of the menu inside the menu that it stands in.
    """

    command_id: str
    act: Callable[[Chosen], object]
    section: Section
    icon: str = ""
    needs_file: bool = False
    why_not: Callable[[Chosen], str] = _always
    is_on: Callable[[Chosen], bool] | None = None
    inside: str = ""


class ResultMenu(QObject):
    """Entries by section; those that need a file are greyed until it is known to be there.

    Signals:
        originals_asked(object): which of these results have their original here? `set_originals` answers.
    """

    originals_asked = Signal(object)

    def __init__(self, pane: ResultsPane, commands: CommandSet) -> None:
        super().__init__(pane)
        self._pane, self._commands = pane, commands
        self._entries: list[MenuEntry] = []
        self._awaiting: list[tuple[QAction, MenuEntry]] = []
        self._awaited: Chosen = ()
        pane.menu_requested.connect(self.popup)
        commands.connect("results.menu", ask_for_menu)

    def add(self, entry: MenuEntry) -> None:
        """Offer something from now on; its command does it too."""
        self._entries.append(entry)
        self._commands.connect(
            entry.command_id, lambda: entry.act(self._pane.chosen()), lambda: self._why_not(entry, self._pane.chosen())
        )

    def popup(self, place: QPoint) -> None:
        """Show it at a point of the screen."""
        chosen = self._pane.chosen()
        if not chosen:
            return
        menu = self._build(chosen)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)
        self._awaited = chosen
        menu.destroyed.connect(lambda: self._on_gone(chosen))
        self.originals_asked.emit(chosen)

    def set_originals(self, chosen: Chosen, are_there: bool) -> None:
        """Whether any of these results has its original on this computer."""
        if chosen is not self._awaited:
            return  # the menu was closed, or opened again for others
        awaiting, self._awaiting = self._awaiting, []
        for action, entry in awaiting:
            action.setEnabled(are_there)
            if not are_there:
                action.setText(f"{self._commands.name(entry.command_id)} ({NO_ORIGINAL})")

    def _build(self, chosen: Chosen) -> QMenu:
        menu = QMenu(self._pane)
        menu.setAccessibleName(_("What to do with the chosen results"))
        self._awaiting = []
        inside: dict[str, QMenu] = {}
        section: Section | None = None
        for entry in sorted(self._entries, key=lambda each: each.section):
            if section is not None and entry.section is not section:
                menu.addSeparator()
            section = entry.section
            if entry.inside and entry.inside not in inside:
                inside[entry.inside] = menu.addMenu(entry.inside)
            self._add_action(inside.get(entry.inside, menu), entry, chosen)
        return menu

    def _add_action(self, menu: QMenu, entry: MenuEntry, chosen: Chosen) -> None:
        reason, keys = entry.why_not(chosen), self._commands.keys_text(entry.command_id)
        behind = f" ({reason})" if reason else f"\t{keys}" if keys else ""
        action = menu.addAction(self._commands.name(entry.command_id) + behind)
        action.setEnabled(not reason)
        if entry.icon:
            action.setIcon(icon(entry.icon))
        if entry.is_on is not None:
            action.setCheckable(True)
            action.setChecked(entry.is_on(chosen))
        action.triggered.connect(lambda _checked=False: entry.act(chosen))
        if entry.needs_file and not reason:
            action.setEnabled(False)
            self._awaiting.append((action, entry))

    def _why_not(self, entry: MenuEntry, chosen: Chosen) -> str:
        return entry.why_not(chosen) if chosen else _("Choose a result first.")

    def _on_gone(self, chosen: Chosen) -> None:
        if chosen is self._awaited:
            self._awaiting, self._awaited = [], ()
