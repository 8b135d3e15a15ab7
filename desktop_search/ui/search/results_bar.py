"""The line above the results: what was found, how it is arranged, and how close a match must be to count."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_search.core.arranging import Sort
from desktop_search.core.language import _
from desktop_search.core.query import Strictness
from desktop_search.core.result_rows import Arrangement
from desktop_search.models.result_words import floor_words
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.commands.tips import KeyTip
from desktop_search.ui.list_parts import choice, quiet_tool
from desktop_search.ui.style.icons import icon

_SORTS = {
    Sort.RELEVANCE: _("By relevance"),
    Sort.TAKEN: _("By capture time, newest first"),
    Sort.NAME: _("By name"),
    Sort.POSITION: _("By position in the clip"),
}
_WIDEST = f"{floor_words(Strictness.MEDIUM.floor)} "
_SWITCHES = {"results.group": "is_grouped", "results.fold": "is_folded", "results.below": "shows_below"}
_PER_CLIP = (1, 2, 3, 5, 10, 20)
_FLOOR_STEPS, _STEP, _PAGE = 1000, 25, 75  # in thousandths; the named levels are whole steps
_SORT_COMMANDS = {
    Sort.RELEVANCE: "results.by-relevance",
    Sort.TAKEN: "results.by-time",
    Sort.NAME: "results.by-name",
    Sort.POSITION: "results.by-position",
}


class ResultsBar(QFrame):
    """Signals:
    arranged(Arrangement): the user wants the list arranged so.
    floor_moved(float): the user moves the line, 0 to 1.
    """

    arranged = Signal(object)
    floor_moved = Signal(float)

    def __init__(self, commands: CommandSet) -> None:
        super().__init__()
        self._arrangement = Arrangement()
        self._summary = QLabel()
        self._summary.setProperty("role", "caption")
        self._summary.setTextFormat(Qt.TextFormat.PlainText)
        self._summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._view = quiet_tool()
        self._view.clicked.connect(self._toggle_view)
        self._view_tip = KeyTip(self._view, commands, "results.view", "")
        self._arrange = quiet_tool()
        self._arrange.setIcon(icon("sort"))
        self._arrange.setAccessibleName(_("Arrange the results"))
        self._arrange.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._fill_menu()
        self._floor_row = QWidget()
        self._floor, self._floor_text = QSlider(Qt.Orientation.Horizontal), QLabel()
        self._build_floor()
        self._lay_out()
        self.set_arrangement(self._arrangement)
        self._connect_commands(commands)

    def say(self, summary: str) -> None:
        """What was found, in a line."""
        self._summary.setText(summary)
        self._summary.setToolTip(summary)

    def set_arrangement(self, arrangement: Arrangement) -> None:
        """Show how the list is arranged."""
        self._arrangement = arrangement
        self._view.setIcon(icon("list" if arrangement.is_grid else "grid"))
        title = _("Show as a list") if arrangement.is_grid else _("Show as a grid")
        self._view.setAccessibleName(title)
        self._view_tip.set_words(title)
        self._sorts[arrangement.sort].setChecked(True)
        self._arrange.setToolTip(_("Arrange: {order}").format(order=_SORTS[arrangement.sort]))
        self._grouped.setChecked(arrangement.is_grouped)
        self._folded.setChecked(arrangement.is_folded)
        self._below.setChecked(arrangement.shows_below)
        self._counts_menu.setEnabled(arrangement.is_grouped)
        if arrangement.per_clip in self._counts:
            self._counts[arrangement.per_clip].setChecked(True)

    def set_floor(self, floor: float, *, is_known: bool) -> None:
        """Show where the line is; `is_known`: whether what was found has scores at all."""
        blocker = QSignalBlocker(self._floor)
        self._floor.setValue(round(floor * _FLOOR_STEPS))
        blocker.unblock()
        self._floor_row.setVisible(is_known)
        self._name_floor(floor)

    def _change(self, **changes: object) -> None:
        self.arranged.emit(replace(self._arrangement, **changes))  # type: ignore[arg-type]

    def _fill_menu(self) -> None:
        menu = QMenu(self._arrange)
        sorts, counts = QActionGroup(self), QActionGroup(self)
        self._sorts = {sort: choice(menu, words, sorts) for sort, words in _SORTS.items()}
        for sort, action in self._sorts.items():
            action.triggered.connect(partial(self._on_sorted, sort))
        menu.addSeparator()
        self._grouped = choice(menu, _("Group by clip"))
        self._grouped.triggered.connect(lambda on: self._change(is_grouped=on))
        self._counts_menu = menu.addMenu(_("Rows of a clip"))
        self._counts = {count: choice(self._counts_menu, str(count), counts) for count in _PER_CLIP}
        for count, action in self._counts.items():
            action.triggered.connect(partial(self._on_count_chosen, count))
        self._folded = choice(menu, _("Fold duplicates and neighbours"))
        self._folded.triggered.connect(lambda on: self._change(is_folded=on))
        self._below = choice(menu, _("Show what is not close enough"))
        self._below.triggered.connect(lambda on: self._change(shows_below=on))
        self._arrange.setMenu(menu)

    def _toggle_view(self) -> None:
        self._change(is_grid=not self._arrangement.is_grid)

    def _connect_commands(self, commands: CommandSet) -> None:
        commands.connect("results.view", self._toggle_view)
        for sort, command_id in _SORT_COMMANDS.items():
            commands.connect(command_id, partial(self._on_sorted, sort))
        for command_id, name in _SWITCHES.items():
            commands.connect(command_id, partial(self._switch, name))

    def _switch(self, name: str) -> None:
        self._change(**{name: not getattr(self._arrangement, name)})

    def _build_floor(self) -> None:
        self._floor.setRange(0, _FLOOR_STEPS)
        self._floor.setSingleStep(_STEP)
        self._floor.setPageStep(_PAGE)
        self._floor.setAccessibleName(_("How close a match must be"))
        self._floor.setToolTip(_("Move the line below which matches are not close enough; nothing is asked again"))
        self._floor.valueChanged.connect(self._on_floor_moved)
        self._floor_text.setProperty("role", "caption")
        self._floor_text.setFixedWidth(self._floor_text.fontMetrics().horizontalAdvance(_WIDEST))
        words = QLabel(_("At least"))
        words.setProperty("role", "caption")
        row = QHBoxLayout(self._floor_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(words)
        row.addWidget(self._floor, 1)
        row.addWidget(self._floor_text)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self._summary, 1)
        line.addWidget(self._arrange)
        line.addWidget(self._view)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 4, 4)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self._floor_row)

    def _on_sorted(self, sort: Sort, *_checked: bool) -> None:
        self._change(sort=sort)

    def _on_count_chosen(self, count: int, _checked: bool) -> None:
        self._change(per_clip=count)

    def _on_floor_moved(self, value: int) -> None:
        self._name_floor(value / _FLOOR_STEPS)
        self.floor_moved.emit(value / _FLOOR_STEPS)

    def _name_floor(self, floor: float) -> None:
        words = floor_words(floor) if floor else _("any match")
        self._floor_text.setText(words)
        self._floor.setAccessibleDescription(words)
