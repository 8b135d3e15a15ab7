"""The menu of the chosen ranges."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from desktop_search.core.commands import Group
from desktop_search.core.language import _
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.selects.bins_controller import BinsController

_IN_THIS_ORDER = (
    ("show", "play-all"),
    ("note", "tags"),
    ("top", "up", "down", "bottom"),
    ("remove", "relink"),
)


def pop_up(commands: CommandSet, bins: BinsController, view: QWidget, place: QPoint) -> None:
    """Show it at a point of the screen."""
    menu = QMenu(view)
    menu.setAccessibleName(_("What to do with the chosen ranges"))
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for number, names in enumerate(_IN_THIS_ORDER):
        if number:
            menu.addSeparator()
        menu.addActions([commands.action(f"selects.{name}") for name in names])
        if number == 1:
            _add_inside(menu, commands)
        if number == 2:
            bins.fill(menu.addMenu(_("Move to")), bins.move_to)
            bins.fill(menu.addMenu(_("Copy to")), bins.copy_to)
    menu.popup(place)


def _add_inside(menu: QMenu, commands: CommandSet) -> None:
    """The menus inside the menu, as the table of commands has them."""
    inside: dict[str, QMenu] = {}
    for command in commands.commands:
        if command.group is Group.SELECTS and command.inside:
            if command.inside not in inside:
                inside[command.inside] = menu.addMenu(command.inside)
            inside[command.inside].addAction(commands.action(command.command_id))
