"""Import from the web: the form above, and below it every import with how far it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_search.core.imports import ImportItem
from desktop_search.core.language import _
from desktop_search.models.import_words import imports_summary
from desktop_search.ui.dialogs.dressing import close_box, dress_dialog, list_area, rows_below, ruled_line
from desktop_search.ui.imports.import_form import ImportForm
from desktop_search.ui.imports.import_row import ImportRow
from desktop_search.ui.style.labels import say, wrapped_label

_EMPTY = _("Nothing was imported yet.")


class ImportsDialog(QDialog):
    """Stays open beside the window if wanted. It acts on nothing by itself.

    Signals:
        retry_asked(int), remove_asked(int): with the id of a row.
    """

    retry_asked = Signal(int)
    remove_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress_dialog(self, _("Import from the web"), size=(620, 680), least=(520, 480))
        self.form = ImportForm()
        self._rows: dict[int, ImportRow] = {}
        self._list = rows_below()
        self._list.addStretch(1)
        self._summary, self._problem = wrapped_label("caption", _EMPTY), wrapped_label("problem")
        self._lay_out()

    @property
    def rows(self) -> tuple[ImportRow, ...]:
        """The rows, newest first."""
        return tuple(self._rows[item_id] for item_id in sorted(self._rows, reverse=True))

    def set_items(self, items: Sequence[ImportItem]) -> None:
        """Show these rows and no others."""
        for item_id in set(self._rows) - {item.item_id for item in items}:
            row = self._rows.pop(item_id)
            row.hide()
            row.deleteLater()
        for item in sorted(items, key=lambda each: each.item_id):
            self._put(item)
        self._summarise()

    def put_item(self, item: ImportItem) -> None:
        """Show this row as it is now."""
        self._put(item)
        self._summarise()

    def show_problem(self, words: str) -> None:
        """Say what failed as a whole; "" for nothing."""
        say(self._problem, words)

    def _put(self, item: ImportItem) -> None:
        known = self._rows.get(item.item_id)
        if known is not None:
            known.show_item(item)
            return
        row = self._rows[item.item_id] = ImportRow(item)
        row.retry_asked.connect(self.retry_asked)
        row.remove_asked.connect(self.remove_asked)
        self._list.insertWidget(0, row)

    def _summarise(self) -> None:
        self._summary.setText(imports_summary(row.item for row in self._rows.values()) or _EMPTY)

    def _lay_out(self) -> None:
        area = list_area(self._list, least_height_px=110)
        close = close_box(self)
        foot = QHBoxLayout()
        foot.addWidget(self._summary, 1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        for widget in (self.form, self._problem, ruled_line()):
            column.addWidget(widget)
        column.addWidget(area, 1)
        column.addLayout(foot)
        self._problem.hide()
