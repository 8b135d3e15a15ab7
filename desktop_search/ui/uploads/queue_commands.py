"""The commands of the upload queue: for its chosen rows, by key, by menu and by the palette."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from desktop_search.core.language import _
from desktop_search.core.uploads import UploadItem
from desktop_search.models.upload_actions import QueueAction, fitting
from desktop_search.ui.commands.command_set import CommandSet

COMMANDS = {
    QueueAction.START: "queue.start",
    QueueAction.PAUSE: "queue.pause",
    QueueAction.RESUME: "queue.pause",
    QueueAction.CANCEL: "queue.cancel",
    QueueAction.RETRY: "queue.retry",
    QueueAction.INSIST: "queue.insist",
    QueueAction.TOP: "queue.top",
    QueueAction.UP: "queue.up",
    QueueAction.DOWN: "queue.down",
    QueueAction.BOTTOM: "queue.bottom",
    QueueAction.HIGH: "queue.high",
    QueueAction.NORMAL: "queue.normal",
    QueueAction.LOW: "queue.low",
    QueueAction.EDIT: "queue.edit",
    QueueAction.REVEAL: "queue.reveal",
    QueueAction.REMOVE: "queue.remove",
}


class Rows(Protocol):
    """The list whose chosen rows are meant."""

    def chosen(self) -> list[UploadItem]:
        """Those rows."""

    def can(self, action: QueueAction) -> bool:
        """Whether `act` would do something now."""

    def act(self, action: QueueAction) -> None:
        """Do it with those of the rows that it fits."""


def connect_rows(rows: Rows, commands: CommandSet) -> None:
    """Let the commands act on the chosen rows."""

    def run(action: QueueAction) -> None:
        if action is QueueAction.PAUSE and not fitting(action, rows.chosen()):
            action = QueueAction.RESUME
        rows.act(action)

    def why_not(action: QueueAction) -> str:
        if not rows.chosen():
            return _("Choose files in the uploads first.")
        can = rows.can(action) or (action is QueueAction.PAUSE and rows.can(QueueAction.RESUME))
        return "" if can else _("This does not apply to the chosen files.")

    for action, command_id in COMMANDS.items():
        if action is not QueueAction.RESUME:
            commands.connect(command_id, partial(run, action), partial(why_not, action))
