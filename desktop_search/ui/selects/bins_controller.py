"""Bins made, renamed and removed, and ranges moved or copied from one to another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QInputDialog, QMenu

from desktop_search.core.language import _
from desktop_search.core.selects import BIN_NAME_MAX_CHARS, Bin
from desktop_search.models.result_words import one_line
from desktop_search.ui.selects.keeping import Keeper
from desktop_search.ui.selects.selects_controller import SelectsController
from desktop_search.ui.selects.selects_tab import SelectsTab


class BinsController(QObject):
    """Acts on the bin on show, and on what is chosen in it."""

    def __init__(self, selects: SelectsController, keeper: Keeper, tab: SelectsTab) -> None:
        super().__init__(tab)
        self._selects, self._keeper, self._tab = selects, keeper, tab
        tab.bins.selects_dropped.connect(self._on_dropped)

    def ask_for_bin(self) -> None:
        """Ask for a name, and make a bin of it."""
        self._ask_for_name(_("New bin"), "", self.add)

    def ask_for_other_name(self) -> None:
        """Ask for another name for the bin on show."""
        self._ask_for_name(_("Rename the bin"), self._tab.shown_bin.name, self.rename)

    def add(self, name: str) -> None:
        """Make a bin, and show it."""
        self._selects.do(lambda: self._keeper.add_bin(name), done=self._show)

    def rename(self, name: str) -> None:
        """Give the bin on show another name."""
        shown = self._tab.shown_bin
        if name != shown.name:
            self._selects.do(lambda: self._keeper.rename_bin(shown, name))

    def remove(self) -> None:
        """Remove the bin on show with all that is in it, and say how to get it back."""
        shown = self._tab.shown_bin
        said = _("“{name}” was removed; undo brings it back.").format(name=shown.name)
        self._selects.do(lambda: self._keeper.remove_bin(shown), done=lambda _none: self._tab.say(said), chosen=())

    def move_to(self, bin_id: int) -> None:
        """Move the chosen ones to the end of another bin."""
        self._transfer(self._keeper.move_to, bin_id)

    def copy_to(self, bin_id: int) -> None:
        """Copy them there."""
        self._transfer(self._keeper.copy_to, bin_id)

    def ask_where_to_move(self) -> None:
        """Offer the other bins."""
        self._ask_where(self.move_to)

    def ask_where_to_copy(self) -> None:
        """The same for copies."""
        self._ask_where(self.copy_to)

    def fill(self, menu: QMenu, act: Callable[[int], None]) -> QMenu:
        """The other bins as entries of a menu, and a new one."""
        shown = self._tab.shown_bin
        for one in self._tab.bins.bins:
            if one != shown:
                action = menu.addAction(one_line(one.name).replace("&", "&&"))
                action.triggered.connect(partial(_call, act, one.bin_id))
        menu.addSeparator()
        menu.addAction(_("New bin…")).triggered.connect(
            lambda: self._ask_for_name(_("New bin"), "", lambda name: self._into_new(name, act))
        )
        return menu

    def _into_new(self, name: str, act: Callable[[int], None]) -> None:
        self._selects.do(
            lambda: self._keeper.add_bin(name), done=lambda made: act(made.bin_id) if isinstance(made, Bin) else None
        )

    def _ask_where(self, act: Callable[[int], None]) -> None:
        view = self._tab.view
        menu = self.fill(QMenu(view), act)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(view.viewport().mapToGlobal(view.visualRect(view.currentIndex()).center()))
        menu.setActiveAction(menu.actions()[0])

    def _transfer(self, keep: Callable[[frozenset[int], int, int], None], bin_id: int) -> None:
        ids, from_id = frozenset(select.select_id for select in self._tab.chosen()), self._selects.bin_id
        if ids and bin_id != from_id:
            self._selects.do(lambda: keep(ids, from_id, bin_id))

    def _on_dropped(self, bin_id: int, is_copy: bool) -> None:
        (self.copy_to if is_copy else self.move_to)(bin_id)

    def _show(self, made: object) -> None:
        if isinstance(made, Bin):
            self._selects.show_bin(made.bin_id)

    def _ask_for_name(self, title: str, name: str, answer: Callable[[str], None]) -> None:
        dialog = QInputDialog(self._tab)
        dialog.setWindowTitle(title)
        dialog.setLabelText(_("Name of the bin"))
        dialog.setTextValue(name[:BIN_NAME_MAX_CHARS])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.textValueSelected.connect(answer)
        dialog.open()


def _call(act: Callable[[int], None], bin_id: int, _checked: bool = False) -> None:
    act(bin_id)
