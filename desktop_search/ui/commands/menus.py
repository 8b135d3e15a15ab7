"""The menu bar, made from the table of commands."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu, QMenuBar

from desktop_search.core.commands import Command, Group
from desktop_search.ui.commands.command_set import CommandSet


def fill_menu_bar(bar: QMenuBar, commands: CommandSet) -> None:
    """A menu for each group that has commands. What cannot be done is greyed there, and its tool tip says why."""
    for group in Group:
        members = [command for command in commands.commands if command.group is group]
        if not members:
            continue
        menu = bar.addMenu(group.menu_title)
        menu.setToolTipsVisible(True)
        inside: dict[str, QMenu] = {}
        for command in members:
            if command.opens_section:
                menu.addSeparator()
            if command.inside and command.inside not in inside:
                inside[command.inside] = menu.addMenu(command.inside)
            inside.get(command.inside, menu).addAction(commands.action(command.command_id))
        menu.aboutToShow.connect(partial(_grey, commands, members))
        menu.aboutToHide.connect(partial(_ungrey, commands, members))


def _grey(commands: CommandSet, members: list[Command]) -> None:
    for command in members:
        action, why = commands.action(command.command_id), commands.why_not(command.command_id)
        action.setEnabled(not why)
        action.setToolTip(why or command.name)


def _ungrey(commands: CommandSet, members: list[Command]) -> None:
    """A greyed action would keep its keys from working later, when it can be done."""
    for command in members:
        commands.action(command.command_id).setEnabled(True)
