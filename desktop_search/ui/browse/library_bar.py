"""Above the items of a library: which kind is shown, what is filtered, and how it is arranged."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
)

from desktop_search.core.language import _
from desktop_search.core.library_items import ItemKind, ItemState
from desktop_search.core.library_rows import ItemArrangement, ItemFilter, ItemGroup, ItemSort
from desktop_search.models.item_words import GROUPS, SORTS, STATES
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.commands.tips import KeyTip
from desktop_search.ui.list_parts import choice, quiet_tool
from desktop_search.ui.style.icons import icon

_KINDS = (
    (ItemKind.VIDEO, _("Videos"), "first", _("The videos of this library")),
    (ItemKind.IMAGE, _("Images"), "middle", _("The images that this computer has sent or found in it")),
    (ItemKind.POST, _("Public"), "last", _("Posts of the public library that were imported or found from here")),
)


class LibraryBar(QFrame):
    """Signals:
    kind_chosen(ItemKind), filter_changed(ItemFilter), arranged(ItemArrangement): what the user wants to see.
    """

    kind_chosen = Signal(object)
    filter_changed = Signal(object)
    arranged = Signal(object)

    def __init__(self, commands: CommandSet) -> None:
        super().__init__()
        self._arrangement = ItemArrangement()
        self._kinds = QButtonGroup(self)
        self.words, self.state, self.summary = QLineEdit(), QComboBox(), QLabel()
        self._refresh, self._folders = _tool("retry"), _tool("folder")
        self._arrange, self._view = _tool("sort"), _tool("list")
        self._dress(commands)
        self._fill_menu()
        self._lay_out()
        self.show_arrangement(self._arrangement)
        self._kinds.idToggled.connect(self._on_kind_toggled)
        self.words.textChanged.connect(self._on_filtered)
        self.state.currentIndexChanged.connect(self._on_filtered)

    @property
    def kind(self) -> ItemKind:
        """Which button is down."""
        return _KINDS[self._kinds.checkedId()][0]

    @property
    def filter(self) -> ItemFilter:
        """What the controls say."""
        state = self.state.currentData()
        return ItemFilter(self.words.text(), state if isinstance(state, ItemState) else None)

    def show_kind(self, kind: ItemKind) -> None:
        """Put the button of this kind down, as if it was clicked."""
        self._kinds.button([entry[0] for entry in _KINDS].index(kind)).setChecked(True)

    def show_arrangement(self, arrangement: ItemArrangement) -> None:
        """Say how the items are arranged."""
        self._arrangement = arrangement
        self._view.setIcon(icon("list" if arrangement.is_grid else "grid"))
        title = _("Show as a table") if arrangement.is_grid else _("Show as a grid")
        self._view.setAccessibleName(title)
        self._view_tip.set_words(title)
        self._sorts[arrangement.sort].setChecked(True)
        self._groups[arrangement.group].setChecked(True)
        self._turned.setChecked(arrangement.descending)
        self._arrange.setToolTip(SORTS[arrangement.sort])

    def say(self, words: str) -> None:
        """What is on show, in a line."""
        self.summary.setText(words)
        self.summary.setToolTip(words)

    def _dress(self, commands: CommandSet) -> None:
        self.words.setPlaceholderText(_("Name, tag, camera, folder…"))
        self.words.setAccessibleName(_("Find in the library by words"))
        self.words.setClearButtonEnabled(True)
        self.state.setAccessibleName(_("Show by state"))
        self.state.addItem(_("Any state"), None)
        for state, words in STATES.items():
            self.state.addItem(words[0].upper() + words[1:], state)
        self.state.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.summary.setProperty("role", "caption")
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._arrange.setAccessibleName(_("Arrange the items"))
        self._arrange.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._view_tip = KeyTip(self._view, commands, "library.view", "")
        for button, command_id, words in (
            (self._refresh, "library.refresh", _("Read the library anew")),
            (self._folders, "library.folders", _("Folders and namespaces")),
        ):
            button.setAccessibleName(words)
            KeyTip(button, commands, command_id, words)
            button.clicked.connect(partial(commands.run, command_id))
        self._view.clicked.connect(self.toggle_view)
        commands.connect("library.view", self.toggle_view)
        commands.connect("library.filter", self.words.setFocus)

    def toggle_view(self) -> None:
        """Grid or table."""
        self.arranged.emit(replace(self._arrangement, is_grid=not self._arrangement.is_grid))

    def _fill_menu(self) -> None:
        menu = QMenu(self._arrange)
        sorts, groups = QActionGroup(self), QActionGroup(self)
        self._sorts = {sort: choice(menu, words, sorts) for sort, words in SORTS.items()}
        self._turned = choice(menu, _("The largest, or latest, first"))
        menu.addSeparator()
        self._groups = {group: choice(menu, words, groups) for group, words in GROUPS.items()}
        for sort, action in self._sorts.items():
            action.triggered.connect(partial(self._on_sorted, sort))
        for group, action in self._groups.items():
            action.triggered.connect(partial(self._on_grouped, group))
        self._turned.triggered.connect(lambda on: self.arranged.emit(replace(self._arrangement, descending=on)))
        self._arrange.setMenu(menu)

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(0)
        for number, (_kind, title, place, tip) in enumerate(_KINDS):
            button = _segment(title, place, tip)
            button.setChecked(number == 0)
            self._kinds.addButton(button, number)
            first.addWidget(button)
        first.addStretch(1)
        for tool in (self._refresh, self._folders, self._arrange, self._view):
            first.addWidget(tool)
            first.addSpacing(2)
        second.setSpacing(6)
        second.addWidget(self.words, 1)
        second.addWidget(self.state)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 4, 4)
        column.setSpacing(6)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self.summary)

    def _on_kind_toggled(self, _number: int, is_down: bool) -> None:
        if is_down:
            self.kind_chosen.emit(self.kind)

    def _on_filtered(self, *_changed: object) -> None:
        self.filter_changed.emit(self.filter)

    def _on_sorted(self, sort: ItemSort, _checked: bool) -> None:
        self.arranged.emit(replace(self._arrangement, sort=sort))

    def _on_grouped(self, group: ItemGroup, _checked: bool) -> None:
        self.arranged.emit(replace(self._arrangement, group=group))


def _segment(title: str, place: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(title)
    button.setCheckable(True)
    button.setProperty("role", "segment")
    button.setProperty("place", place)
    button.setProperty("bare", True)
    button.setToolTip(tip)
    button.setAccessibleName(title)
    return button


def _tool(icon_name: str) -> QToolButton:
    button = quiet_tool()
    button.setIcon(icon(icon_name))
    button.setIconSize(QSize(16, 16))
    return button
