"""What the commands of the selects do, as far as the list itself does it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from desktop_search.core.marks import RATING_MAX
from desktop_search.core.selects import COLOURS
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.selects.bins_controller import BinsController
from desktop_search.ui.selects.marking_controller import SelectMarks
from desktop_search.ui.selects.selects_controller import SelectsController
from desktop_search.ui.selects.selects_tab import SelectsTab


def connect_selects(
    commands: CommandSet, selects: SelectsController, bins: BinsController, marks: SelectMarks, tab: SelectsTab
) -> None:
    """Those that need a chosen range say so where there is none."""
    acts: tuple[tuple[str, Callable[[], object]], ...] = (
        ("show", selects.open_chosen),
        ("remove", selects.remove),
        ("up", partial(selects.move, -1)),
        ("down", partial(selects.move, 1)),
        ("top", partial(selects.move_to_end, -1)),
        ("bottom", partial(selects.move_to_end, 1)),
        ("move-to", bins.ask_where_to_move),
        ("copy-to", bins.ask_where_to_copy),
        ("note", marks.edit_note),
        ("tags", marks.edit_tags),
        ("menu", partial(_ask_for_menu, tab)),
        ("colour-none", partial(marks.colour, "")),
        *((f"colour-{colour}", partial(marks.colour, colour)) for colour in COLOURS),
        *((f"rate-{stars}", partial(marks.rate, stars)) for stars in range(RATING_MAX + 1)),
    )
    for name, act in acts:
        commands.connect(f"selects.{name}", act, selects.why_none)
    commands.connect("selects.undo", selects.undo)
    commands.connect("selects.redo", selects.redo)
    commands.connect("selects.new-bin", bins.ask_for_bin)
    commands.connect("selects.rename-bin", bins.ask_for_other_name)
    commands.connect("selects.remove-bin", bins.remove)


def _ask_for_menu(tab: SelectsTab) -> None:
    """As the menu key does, which not every keyboard has."""
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), tab.view.mapToGlobal(QPoint()))
    QApplication.sendEvent(tab.view, event)
