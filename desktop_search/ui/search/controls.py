"""Small controls of the search pane, ready made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QSizePolicy, QToolButton, QWidget

from desktop_search.core.language import _, short_number
from desktop_search.core.query import PICTURE_SUFFIXES, Strictness
from desktop_search.models.result_words import STRICTNESS_TITLES
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.commands.tips import KeyTip
from desktop_search.ui.style.icons import icon


def strictness_box() -> QComboBox:
    """How close a match must be; the data of its entries are `Strictness` or `None`."""
    box = QComboBox()
    box.setAccessibleName(_("Strictness"))
    box.setToolTip(_("How close a match must be"))
    box.addItem(_("Any match"), None)
    for level in Strictness:
        box.addItem(STRICTNESS_TITLES[level], level)
        words = _("Score {floor} or more").format(floor=short_number(level.floor))
        box.setItemData(box.count() - 1, words, Qt.ItemDataRole.ToolTipRole)
    box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return box


def tool_button(icon_name: str, words: str, commands: CommandSet, command_id: str) -> QToolButton:
    """An icon that stands for a command; `words` are its name, and with the key its tip."""
    button = QToolButton()
    button.setProperty("role", "tool")
    button.setIcon(icon(icon_name))
    button.setAccessibleName(words.rstrip("…"))
    KeyTip(button, commands, command_id, words)
    return button


def choose_picture(parent: QWidget, taken: Callable[[Path], object]) -> None:
    """Let the user choose a picture file; `taken` is called with it."""
    kinds = " ".join(f"*{suffix}" for suffix in sorted(PICTURE_SUFFIXES))
    dialog = QFileDialog(parent, _("Search by a picture"), "", _("Pictures ({patterns})").format(patterns=kinds))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: taken(Path(name)))
    dialog.open()
