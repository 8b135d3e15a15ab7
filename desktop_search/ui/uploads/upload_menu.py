"""The menu of chosen rows: everything that can be done with them, with its key; what does not apply is greyed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop_search.core.language import _
from desktop_search.models.upload_actions import MOVES, PRIORITIES, QueueAction
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.style.icons import icon
from desktop_search.ui.uploads.queue_commands import COMMANDS

_ICONS = {
    QueueAction.START: "play",
    QueueAction.PAUSE: "pause",
    QueueAction.RESUME: "play",
    QueueAction.CANCEL: "close",
    QueueAction.RETRY: "retry",
    QueueAction.INSIST: "send",
    QueueAction.REVEAL: "folder",
    QueueAction.REMOVE: "remove",
}
_SENT = _("These rows have been sent, or are being sent: their details cannot change any more.")


def rows_menu(
    can: Callable[[QueueAction], bool],
    act: Callable[[QueueAction], object],
    commands: CommandSet,
    parent: QWidget,
) -> QMenu:
    """A menu of what `can` be done with the chosen rows; it calls `act` with what was picked."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)

    def add(action: QueueAction, to: QMenu = menu) -> QAction:
        key = commands.keys_text(COMMANDS[action])
        entry = to.addAction(f"{action.title}\t{key}" if key else action.title)
        if action in _ICONS:
            entry.setIcon(icon(_ICONS[action]))
        entry.setEnabled(can(action))
        entry.triggered.connect(lambda: act(action))
        return entry

    steps = (QueueAction.START, QueueAction.PAUSE, QueueAction.RESUME, QueueAction.CANCEL, QueueAction.RETRY)
    for action in (*steps, QueueAction.INSIST):
        entry = add(action)
        entry.setVisible(entry.isEnabled())
    menu.addSeparator()
    for action in MOVES:
        add(action)
    priority = menu.addMenu(_("Priority"))
    for action in PRIORITIES:
        add(action, priority)
    priority.setEnabled(any(entry.isEnabled() for entry in priority.actions()))
    menu.addSeparator()
    edit = add(QueueAction.EDIT)
    if not edit.isEnabled():
        edit.setToolTip(_SENT)
    add(QueueAction.REVEAL)
    add(QueueAction.REMOVE)
    return menu
