"""The list of selects: bins, ranges in their order, and what becomes of handing them over."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop_search.core.commands import Place
from desktop_search.core.language import _, ngettext, number
from desktop_search.core.selects import Bin, Select
from desktop_search.models.selects_model import SelectsModel
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.progress_note import ProgressNote
from desktop_search.ui.style.labels import wrapped_label

_TEACHING = _("Nothing is chosen yet. {key} takes the chosen result, or the marked range of the player.")


class SelectsTab(QWidget):
    """Signals:
    opened(Select): show its first frame.
    bin_chosen(int): show this bin.
    """

    opened = Signal(object)
    bin_chosen = Signal(int)

    def __init__(self, commands: CommandSet) -> None:
        super().__init__()
        self._commands = commands
        self.model = SelectsModel()
        self.view = self._make_view()
        commands.attach(Place.SELECTS, self.view)
        self.bins = QComboBox()
        self.bins.setAccessibleName(_("Bin"))
        self.bins.activated.connect(lambda row: self.bin_chosen.emit(self.bins.itemData(row)))
        self.bins.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.bins.addActions([commands.action(f"selects.{name}") for name in ("new-bin", "rename-bin", "remove-bin")])
        self.new_bin = self._button(_("New bin…"), "selects.new-bin")
        self.export = self._button(_("Export…"), "selects.export")
        self.summary = QLabel()
        self.summary.setProperty("role", "caption")
        self.note = wrapped_label("caption")
        self.note.setContentsMargins(8, 8, 8, 8)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.said = wrapped_label("caption")
        self.said.setContentsMargins(8, 4, 8, 6)
        self.said.hide()
        self.exporting = ProgressNote(_("Exporting selects"))
        self.exporting.setContentsMargins(8, 0, 8, 6)
        self._lay_out()
        self.model.modelReset.connect(self._on_reset)
        self._on_reset()

    def set_bins(self, bins: Sequence[Bin], chosen_id: int) -> None:
        """All bins, and which one is shown."""
        self.bins.clear()
        for one in bins:
            self.bins.addItem(one.name, one.bin_id)
        self.bins.setCurrentIndex(self.bins.findData(chosen_id))

    @property
    def shown_bin(self) -> Bin:
        """The bin that is shown."""
        return Bin(self.bins.currentData(), self.bins.currentText())

    def chosen(self) -> tuple[Select, ...]:
        """The chosen ones, in their order."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return tuple(self.model.selects[row] for row in rows)

    def choose(self, select_ids: set[int]) -> None:
        """Choose these rows."""
        self.view.clearSelection()
        flags = self.view.selectionModel().SelectionFlag
        for row, select in enumerate(self.model.selects):
            if select.select_id in select_ids:
                self.view.selectionModel().setCurrentIndex(self.model.index(row, 0), flags.Select | flags.Rows)

    def say(self, words: str) -> None:
        """A line below the list; "" for none."""
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def _make_view(self) -> QTableView:
        view = QTableView()
        view.setModel(self.model)
        view.setAccessibleName(_("Selects"))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setWordWrap(False)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(26)
        heading = view.horizontalHeader()
        heading.setHighlightSections(False)
        heading.setStretchLastSection(True)
        heading.setResizeContentsPrecision(0)  # what is in view says how wide a column is, however many rows there are
        heading.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heading.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        view.doubleClicked.connect(self._on_double_clicked)
        return view

    def _on_double_clicked(self) -> None:
        """A note is written; anything else is shown."""
        index = self.view.currentIndex()
        if self.model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.view.edit(index)
        elif index.isValid():
            self.opened.emit(self.model.selects[index.row()])

    def _on_reset(self) -> None:
        selects = self.model.selects
        self.view.setVisible(bool(selects))
        self.note.setVisible(not selects)
        self.note.setText(_TEACHING.format(key=self._commands.keys_text("results.select") or _("The menu of a result")))
        length_s = sum(select.end_ms - select.start_ms for select in selects) / 1000
        words = ngettext(
            "{count} range · {seconds} s", "{count} ranges · {seconds} s", len(selects), seconds=number(length_s, 1)
        )
        self.summary.setText(words if selects else "")

    def _button(self, text: str, command_id: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "quiet")
        button.setToolTip(self._commands.tip(command_id, self._commands.name(command_id).rstrip("…")))
        button.clicked.connect(lambda: self._commands.run(command_id))
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 6, 8, 6)
        head.addWidget(self.bins)
        head.addWidget(self.new_bin)
        head.addWidget(self.summary, 1)
        head.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addWidget(self.note, 1)
        column.addWidget(self.said)
        column.addWidget(self.exporting)
