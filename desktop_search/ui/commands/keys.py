"""Keys as text, as the user reads them, and as Qt tells of them."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

_SIGNS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


@cache  # the same few texts again and again, when keys are given out
def sequence(keys: str) -> QKeySequence:
    """One press as Qt holds it. Raises `ValueError` for text that is no key, and for more than one press."""
    read = QKeySequence(keys, QKeySequence.SequenceFormat.PortableText)
    if read.count() != 1 or not read.toString(QKeySequence.SequenceFormat.PortableText):
        raise ValueError(f"“{keys}” is no key.")
    return read


@cache
def portable(keys: str) -> str:
    """The one way to write these keys down. Raises as `sequence`."""
    return sequence(keys).toString(QKeySequence.SequenceFormat.PortableText)


@cache
def shown(keys: str) -> str:
    """The keys as the user reads them on this system, arrows as arrows. Raises as `sequence`."""
    *held, last = sequence(keys).toString(QKeySequence.SequenceFormat.NativeText).rsplit("+", 1)
    return "+".join([*held, _SIGNS.get(portable(keys).rsplit("+", 1)[-1], last)])


def spellings(event: QKeyEvent) -> tuple[str, ...]:
    """How the pressed keys may be written in the table, the nearest first: "?" may have been typed with Shift."""
    pressed = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    ways = [pressed]
    if event.text().strip() and not event.text().isalpha():
        ways.append(pressed & ~Qt.KeyboardModifier.ShiftModifier)
    return tuple(dict.fromkeys(_text(way, Qt.Key(event.key())) for way in ways))


def _text(modifiers: Qt.KeyboardModifier, key: Qt.Key) -> str:
    return QKeySequence(QKeyCombination(modifiers, key)).toString(QKeySequence.SequenceFormat.PortableText)
