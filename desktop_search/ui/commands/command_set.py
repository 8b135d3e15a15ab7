"""Makes the table of commands work: an action for each, the keys they have now, and what they do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_search.core.alt_letters import with_letters
from desktop_search.core.commands import COMMANDS, Command, Place, share_keys
from desktop_search.core.language import _
from desktop_search.ui.commands import keys as key_texts

_NOT_HERE = _("This is not available here.")


class _Teller(QObject):
    keys_changed = Signal()
    ran = Signal(str)


class _KeyFilter(QObject):
    """Offers keys that reach a pane to the commands first; what text fields in it take never comes here."""

    def __init__(self, run: Callable[[QKeyEvent], bool], pane: QWidget) -> None:
        super().__init__(pane)
        self._run = run

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._run(event)
        return super().eventFilter(watched, event)


class CommandSet:
    """Holds what can be done, by id. A pane says what its commands do with `connect`, and where their keys work with
    `attach`; the window, the palette and the sheet take the rest from here.
    """

    def __init__(self, parent: QObject | None = None, table: Sequence[Command] = COMMANDS) -> None:
        self._teller = _Teller(parent)
        self._table = {command.command_id: command for command in table}
        self._slots: dict[str, Callable[[], object]] = {}
        self._why_not: dict[str, Callable[[], str]] = {}
        self._unconnected = _NOT_HERE
        self._titles = _titles(table)
        self._actions = {command.command_id: self._make(command) for command in table}
        self._keys: dict[str, tuple[str, ...]] = {}
        self._changed: set[str] = set()
        self._by_key: dict[tuple[Place, str], str] = {}
        self.set_keys({})

    @property
    def commands(self) -> tuple[Command, ...]:
        """All of them, in the order of the table."""
        return tuple(self._table.values())

    @property
    def keys_changed(self) -> SignalInstance:
        """Signal(): some commands have other keys now."""
        return self._teller.keys_changed

    @property
    def ran(self) -> SignalInstance:
        """Signal(str): the command of this id was done."""
        return self._teller.ran

    def connect(self, command_id: str, slot: Callable[[], object], why_not: Callable[[], str] | None = None) -> None:
        """Say what a command does. `why_not` tells why it cannot be done now, "" when it can.

        Raises `KeyError` for an id that the table does not have, `ValueError` for one that does something already.
        """
        if command_id in self._slots:
            raise ValueError(f"{command_id} does something already")
        self._slots[self._table[command_id].command_id] = slot
        if why_not is not None:
            self._why_not[command_id] = why_not

    def tell_unconnected(self, words: str = _NOT_HERE) -> None:
        """Why commands cannot be done of which nobody has said what they do."""
        self._unconnected = words

    def attach(self, place: Place, widget: QWidget) -> None:
        """Let the keys of `place` work in `widget` and in what is inside it."""
        if place is Place.WINDOW:
            widget.addActions([self._actions[each.command_id] for each in self.commands if each.place is place])
        else:
            widget.installEventFilter(_KeyFilter(partial(self._on_key, place), widget))

    def name(self, command_id: str) -> str:
        """What it is called, without the sign of its Alt key."""
        return self._table[command_id].name

    def action(self, command_id: str) -> QAction:
        """The action of a command, for menus."""
        return self._actions[command_id]

    def run(self, command_id: str) -> bool:
        """Do it, if it can be done now; says whether."""
        if self.why_not(command_id):
            return False
        self._slots[command_id]()
        self._teller.ran.emit(command_id)
        return True

    def why_not(self, command_id: str) -> str:
        """Why it cannot be done now; "" when it can."""
        if command_id not in self._slots:
            return self._unconnected
        return self._why_not[command_id]() if command_id in self._why_not else ""

    def keys(self, command_id: str) -> tuple[str, ...]:
        """The keys it has now, as the table writes them."""
        return self._keys[command_id]

    @property
    def changes(self) -> dict[str, tuple[str, ...]]:
        """The keys of the commands that have others than their own, as `set_keys` takes them."""
        return {
            command.command_id: self._keys[command.command_id] for command in self.commands if self.is_changed(command)
        }

    def is_changed(self, command: Command) -> bool:
        """Whether the user gave it other keys."""
        return command.command_id in self._changed

    def holder(self, keys: str, command: Command) -> Command | None:
        """Another command that these keys would mean as well, were they given to `command`."""
        holders = (self._table[command_id] for command_id, held in self._keys.items() if keys in held)
        return next((each for each in holders if each != command and share_keys(each.place, command.place)), None)

    def keys_text(self, command_id: str) -> str:
        """The first of its keys as the user reads it; "" for none."""
        return next((key_texts.shown(each) for each in self._keys[command_id]), "")

    def all_keys_text(self, command_id: str) -> str:
        """All of its keys as the user reads them; "" for none."""
        return ", ".join(key_texts.shown(each) for each in self._keys[command_id])

    def tip(self, command_id: str, words: str) -> str:
        """`words` with the key of the command behind them, for tool tips."""
        text = self.keys_text(command_id)
        return f"{words} ({text})" if text else words

    def set_keys(self, changes: Mapping[str, Sequence[str]]) -> None:
        """Give the commands in `changes` these keys and all others their own.

        What is no command, no key, or the key of another is left out; the changes come first.
        """
        self._keys = {}
        for command in sorted(self.commands, key=lambda each: each.command_id not in changes):
            wanted = changes.get(command.command_id, command.keys)
            free = (each for each in map(_portable, wanted) if each and self.holder(each, command) is None)
            self._keys[command.command_id] = tuple(dict.fromkeys(free))
        self._changed = {each for each in changes if each in self._table and self._keys[each] != self._table[each].keys}
        self._by_key = {
            (self._table[command_id].place, each): command_id
            for command_id, keys in self._keys.items()
            for each in keys
        }
        for command_id, action in self._actions.items():
            if self._table[command_id].place is Place.WINDOW:
                action.setShortcuts([key_texts.sequence(each) for each in self._keys[command_id]])
            else:  # shown in the menu; that they work is `_KeyFilter`'s, for Qt would let them work in an open menu too
                action.setText(f"{self._titles[command_id]}\t{self.keys_text(command_id)}")
        self._teller.keys_changed.emit()

    def _make(self, command: Command) -> QAction:
        action = QAction(self._titles[command.command_id], self._teller)
        action.triggered.connect(lambda _checked: self.run(command.command_id))
        return action

    def _on_key(self, place: Place, event: QKeyEvent) -> bool:
        for spelling in key_texts.spellings(event):
            command_id = self._by_key.get((place, spelling))
            if command_id in self._slots:
                self.run(command_id)
                return True  # also where it cannot be done now: the key means nothing else meanwhile
        return False


def _titles(table: Sequence[Command]) -> dict[str, str]:
    titles: dict[str, str] = {}
    for menu in {(command.group, command.inside) for command in table}:
        members = [command for command in table if (command.group, command.inside) == menu]
        letters = with_letters([command.title for command in members])
        titles |= {command.command_id: title for command, title in zip(members, letters, strict=True)}
    return titles


def _portable(keys: str) -> str:
    try:
        return key_texts.portable(keys)
    except ValueError:
        return ""
