"""What can be done with rows of the upload queue, and with which of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import Enum

from desktop_search.core.language import N_, _
from desktop_search.core.uploads import Priority, UploadItem, UploadState

_S = UploadState


class QueueAction(Enum):
    """One wish about rows. The value is what menus call it, in English."""

    START = N_("Start")
    PAUSE = N_("Pause")
    RESUME = N_("Resume")
    CANCEL = N_("Cancel")
    RETRY = N_("Try again")
    INSIST = N_("Send anyway")
    TOP = N_("Move to top")
    UP = N_("Move up")
    DOWN = N_("Move down")
    BOTTOM = N_("Move to bottom")
    HIGH = N_("High")
    NORMAL = N_("Normal")
    LOW = N_("Low")
    EDIT = N_("Edit details…")
    REVEAL = N_("Show in its folder")
    REMOVE = N_("Remove from the list")

    @property
    def title(self) -> str:
        """What menus call it."""
        return _(self.value)


MOVES = (QueueAction.TOP, QueueAction.UP, QueueAction.DOWN, QueueAction.BOTTOM)
PRIORITIES = {
    QueueAction.HIGH: Priority.HIGH,
    QueueAction.NORMAL: Priority.NORMAL,
    QueueAction.LOW: Priority.LOW,
}
NOT_SENT = frozenset(_S) - {_S.SENDING, _S.INDEXING, _S.SEARCHABLE}
_STATES: dict[QueueAction, frozenset[UploadState]] = {
    QueueAction.START: frozenset({_S.READY}),
    QueueAction.PAUSE: frozenset({_S.READY, _S.WAITING, _S.PREPARING, _S.SENDING}),
    QueueAction.RESUME: frozenset({_S.PAUSED}),
    QueueAction.CANCEL: frozenset({_S.READY, _S.WAITING, _S.PREPARING, _S.SENDING, _S.PAUSED}),
    QueueAction.RETRY: frozenset({_S.FAILED, _S.CANCELLED}),
    QueueAction.INSIST: frozenset({_S.KNOWN}),
    QueueAction.EDIT: NOT_SENT,
    **dict.fromkeys((*MOVES, *PRIORITIES), NOT_SENT),
}


def applies(action: QueueAction, item: UploadItem) -> bool:
    """Whether the row as it is now can be treated so."""
    if action in PRIORITIES and item.priority is PRIORITIES[action]:
        return False
    if action is QueueAction.EDIT and (item.remote_id or item.maybe_sent):
        return False
    return action not in _STATES or item.state in _STATES[action]


def fitting(action: QueueAction, items: Iterable[UploadItem]) -> tuple[int, ...]:
    """The ids of those rows that can be treated so."""
    return tuple(item.item_id for item in items if applies(action, item))


def order_key(item: UploadItem) -> tuple[int, float, int]:
    """Rows go in the order of this key."""
    return (-item.priority, item.position, item.item_id)


def move_target(action: QueueAction, items: Sequence[UploadItem], ids: Collection[int]) -> int | None:
    """Before which row the rows `ids` go for a step of `MOVES`; `None`: behind all others.

    `items` are all rows in order. Rows that were sent already are no place to go to. Raises `LookupError` where the
    rows are as far that way as they can be.
    """
    others = [item for item in items if item.item_id not in ids]
    places = [place for place, item in enumerate(items) if item.item_id in ids]
    top = next((place for place, item in enumerate(others) if item.state in NOT_SENT), len(others))
    before = places[0]  # so many others are above the first of them
    if action is QueueAction.TOP:
        goal = top
    elif action is QueueAction.BOTTOM:
        goal = len(others)
    elif action is QueueAction.UP:
        goal = max(before - 1, top)
    else:
        goal = min(places[-1] - len(places) + 2, len(others))
    if places[-1] - before == len(places) - 1 and goal == before:
        raise LookupError(_("the rows are there already"))
    return others[goal].item_id if goal < len(others) else None
