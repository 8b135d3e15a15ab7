"""The list of selects: bins, ranges in their order, and what becomes of handing them over."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop_search.core.commands import Place
from desktop_search.core.language import _
from desktop_search.core.selects import Bin, Select
from desktop_search.models.selects_model import SelectsModel
from desktop_search.models.selects_words import count_words
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.commands.tips import KeyTip
from desktop_search.ui.own_drags import RESULTS_FORMAT
from desktop_search.ui.progress_note import ProgressNote
from desktop_search.ui.search.mark_editor import MarkEditor
from desktop_search.ui.selects.bin_tabs import BinTabs
from desktop_search.ui.selects.keeping import BinOnShow
from desktop_search.ui.selects.selects_view import SelectsView
from desktop_search.ui.style.icons import icon
from desktop_search.ui.style.labels import wrapped_label

_ROOMY_PX = 170


class SelectsTab(QWidget):
    """Signals:
    opened(Select): show its first frame.
    bin_chosen(int): show this bin.
    results_dropped(): results were dropped here.
    reveal_asked(Path): show what was made in its folder.
    """

    opened = Signal(object)
    bin_chosen = Signal(int)
    results_dropped = Signal()
    reveal_asked = Signal(object)

    def __init__(self, commands: CommandSet) -> None:
        super().__init__()
        self._commands = commands
        self.model = SelectsModel()
        self.view = SelectsView(self.model)
        self.view.opened.connect(self.opened)
        self.view.results_dropped.connect(self.results_dropped)
        self.setAcceptDrops(True)
        self.bins = BinTabs(commands)
        for widget in (self.view, self.bins):  # the latter, so that undo is at hand when the bin has become empty
            commands.attach(Place.SELECTS, widget)
        self.bins.bin_chosen.connect(self.bin_chosen)
        self.new_bin = self._button("add", _("New bin"), "selects.new-bin")
        self.export = self._button("send", _("Export"), "selects.export")
        self.summary = QLabel()
        self.summary.setProperty("role", "caption")
        self.summary.setContentsMargins(8, 2, 8, 4)
        self.editor = MarkEditor()
        self.editor.left.connect(self.view.setFocus)
        self.note = wrapped_label("caption")
        self.note.setContentsMargins(8, 8, 8, 8)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.said = wrapped_label("caption")
        self.said.setContentsMargins(8, 4, 8, 6)
        self.said.hide()
        self._made = Path()
        self.show_made = QPushButton(_("Show in its folder"))
        self.show_made.setProperty("role", "link")
        self.show_made.clicked.connect(lambda: self.reveal_asked.emit(self._made))
        self.show_made.hide()
        self.exporting = ProgressNote(_("Exporting selects"))
        self.relinking = ProgressNote(_("Looking for missing files"))
        for progress in (self.exporting, self.relinking):
            progress.setContentsMargins(8, 0, 8, 6)
        self._lay_out()
        self._show_count("")

    def show_bin(self, shown: BinOnShow, chosen: Collection[int] | None = None) -> None:
        """Show a bin. These rows are chosen; without any given, those that were."""
        kept = frozenset(select.select_id for select in self.chosen()) if chosen is None else frozenset(chosen)
        current = self.view.current()
        scrolled = self.view.verticalScrollBar().value()
        is_same_bin = self.bins.shown.bin_id == shown.bin_id
        self.bins.set_bins(shown.bins, shown.bin_id)
        has_others = [one.select_id for one in self.model.selects] != [one.select_id for one in shown.selects]
        if has_others:
            self.view.clearSelection()  # chosen again below: Qt would follow each cell of thousands to its new place
        self.model.set_selects(shown.selects, shown.timebases, shown.lengths_ms, shown.away)
        if has_others or chosen is not None:
            self.view.choose(kept, 0 if current is None else current.select_id)
            if is_same_bin:
                self.view.verticalScrollBar().setValue(scrolled)
        self._show_count(shown.length)

    @property
    def shown_bin(self) -> Bin:
        """The bin that is shown."""
        return self.bins.shown

    def chosen(self) -> tuple[Select, ...]:
        """The chosen ones, in their order."""
        return self.view.chosen()

    def say(self, words: str, *, is_problem: bool = False) -> None:
        """A line below the list; "" for none."""
        self.said.setProperty("role", "problem" if is_problem else "caption")
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)
        self.said.setText(words)
        self.show_made.hide()
        self.said.setVisible(bool(words))

    def say_made(self, words: str, made: Path, *, is_problem: bool) -> None:
        """The same of a file or a folder that was made, which can be shown where it is."""
        self.say(words, is_problem=is_problem)
        self._made = made
        self.show_made.show()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Results may be dropped anywhere."""
        event.setAccepted(event.source() is not None and event.mimeData().hasFormat(RESULTS_FORMAT))

    def dropEvent(self, event: QDropEvent) -> None:
        """They are taken."""
        event.acceptProposedAction()
        self.results_dropped.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the rows have it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.summary.setVisible(bool(self.model.selects) and self.height() >= _ROOMY_PX)
        self.bins.setToolTip(self.summary.text())

    def _show_count(self, length: str) -> None:
        count = len(self.model.selects)
        if not count and self.view.hasFocus():
            self.bins.setFocus()
        self.view.setVisible(bool(count))
        self.note.setVisible(not count)
        key = self._commands.keys_text("results.select") or _("The menu of a result")
        teaching = _(
            "Nothing is in this bin yet. {key} takes the chosen results, or the marked range of the player; "
            "results can be dragged here too."
        )
        self.note.setText(teaching.format(key=key))
        self.summary.setText(count_words(count, length))
        self._fit()

    def _button(self, picture: str, name: str, command_id: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(picture))
        button.setAccessibleName(name)
        KeyTip(button, self._commands, command_id, name)
        button.clicked.connect(lambda: self._commands.run(command_id))
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(4, 2, 8, 2)
        head.setSpacing(4)
        head.addWidget(self.bins, 1)
        head.addWidget(self.new_bin)
        head.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addWidget(self.note, 1)
        told = QHBoxLayout()
        told.setContentsMargins(0, 0, 8, 0)
        told.addWidget(self.said, 1)
        told.addWidget(self.show_made)
        column.addWidget(self.summary)
        column.addWidget(self.editor)
        column.addLayout(told)
        column.addWidget(self.exporting)
        column.addWidget(self.relinking)
