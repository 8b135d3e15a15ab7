"""The bins as tabs; ranges and results are dropped onto them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar

from desktop_search.core.language import _
from desktop_search.core.selects import Bin
from desktop_search.models.result_words import one_line
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.own_drags import RESULTS_FORMAT, SELECTS_FORMAT
from desktop_search.ui.style.theme import tokens


class BinTabs(QTabBar):
    """Signals:
    bin_chosen(int): the user wants to see this bin.
    selects_dropped(int, bool): the dragged ranges go into this bin; True: copies of them.
    results_dropped(int): results were dropped onto this bin.
    """

    bin_chosen = Signal(int)
    selects_dropped = Signal(int, bool)
    results_dropped = Signal(int)

    def __init__(self, commands: CommandSet) -> None:
        super().__init__()
        self._over = -1
        self.setAccessibleName(_("Bins"))
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setUsesScrollButtons(True)
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.addActions([commands.action(f"selects.{name}") for name in ("new-bin", "rename-bin", "remove-bin")])
        self.currentChanged.connect(self._on_current_changed)

    @property
    def bins(self) -> tuple[Bin, ...]:
        """All of them, as they stand."""
        return tuple(self.tabData(place) for place in range(self.count()))

    @property
    def shown(self) -> Bin:
        """The one that is in front."""
        one = self.tabData(self.currentIndex())
        return one if isinstance(one, Bin) else Bin(0, "")

    def set_bins(self, bins: Sequence[Bin], shown_id: int) -> None:
        """All bins, and which one is in front."""
        was_blocked = self.blockSignals(True)
        while self.count() > len(bins):
            self.removeTab(self.count() - 1)
        for place, one in enumerate(bins):
            if place == self.count():
                self.addTab("")
            self.setTabText(place, one_line(one.name).replace("&", "&&"))
            self.setTabToolTip(place, one_line(one.name))
            self.setTabData(place, one)
        self.setCurrentIndex(next((place for place, one in enumerate(bins) if one.bin_id == shown_id), 0))
        self.blockSignals(was_blocked)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Ranges and results."""
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show which bin would take them."""
        self._show_over(self._place_for(event))
        event.setAccepted(self._over >= 0)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Dragged elsewhere."""
        self._show_over(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        """Into the bin under the mouse; with Control ranges are copied."""
        place = self._place_for(event)
        self._show_over(-1)
        event.setAccepted(place >= 0)
        if place < 0:
            return
        bin_id = self.tabData(place).bin_id
        if event.mimeData().hasFormat(RESULTS_FORMAT):
            self.results_dropped.emit(bin_id)
        else:
            self.selects_dropped.emit(bin_id, bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tabs, and a frame around the one that would take what is dragged."""
        super().paintEvent(event)
        if self._over >= 0:
            painter = QPainter(self)
            painter.setPen(tokens().accent)
            painter.drawRect(self.tabRect(self._over).adjusted(0, 0, -1, -1))
            painter.end()

    def _place_for(self, event: QDropEvent) -> int:
        """The tab that takes it, -1 for none. Ranges of a bin go to others only."""
        if event.source() is None:
            return -1
        place = self.tabAt(event.position().toPoint())
        if event.mimeData().hasFormat(SELECTS_FORMAT):
            return place if place != self.currentIndex() else -1
        return place if event.mimeData().hasFormat(RESULTS_FORMAT) else -1

    def _show_over(self, place: int) -> None:
        if place != self._over:
            self._over = place
            self.update()

    def _on_current_changed(self, place: int) -> None:
        if place >= 0:
            self.bin_chosen.emit(self.tabData(place).bin_id)
